import { type Analysis, analysisIn } from '../../support/downloads';
import type { Visitor } from '../visitor';

/** The status line when an analysis is complete. */
export const readyText = /Ready: (\d+) layers? in \d+\.\d\d s on (.+)$/;

/** Quick to measure: for what does not depend on it. */
export const quick = 'levels=16&grid=native';

/** Waits until the analysis of a picture is on screen. */
export async function shown(visitor: Visitor, picture: string): Promise<void> {
  await visitor.text('figure', /Saliency|, \d+ × \d+/, `${picture}, `);
  await visitor.text('status', undefined, readyText);
}

/** Opens the page at a fragment and waits for the analysis of a picture. */
export async function openPage(visitor: Visitor, address: string, picture = 'French horn'): Promise<void> {
  await openAt(visitor, address, withFirstPicture);
  await shown(visitor, picture);
}

/**
 * Opens the page at a fragment. Where it is open already, it goes there, as by an address that is edited: a start costs an engine some seconds.
 * @param onOpenPage gives the fragment for a page that is open
 */
export async function openAt(
  visitor: Visitor,
  address: string,
  onOpenPage = (fragment: string) => fragment,
): Promise<void> {
  const [page, fragment = ''] = address.split('#');
  const isOpen = await visitor.ask<boolean>(
    `location.href.split('#')[0] === ${JSON.stringify(page)} && journey.find('combobox', 'Model') !== null`,
  );
  if (isOpen) await goTo(visitor, onOpenPage(fragment));
  else await openAnew(visitor, address);
}

/** Leaves what is open, and starts the page. */
export async function openAnew(visitor: Visitor, address: string): Promise<void> {
  await visitor.go('about:blank');
  await visitor.go(address);
}

/** On an open page, no picture means the last one of one's own. */
const withFirstPicture = (fragment: string): string => {
  if (fragment.includes('image=')) return fragment;
  const [, settings = ''] = fragment.split('?');
  return `explain?image=french-horn${settings && `&${settings}`}`;
};

async function goTo(visitor: Visitor, fragment: string): Promise<void> {
  await visitor.ask(`new Promise((resolve) => {
    const hash = ${JSON.stringify(`#${fragment}`)};
    if (location.hash === hash) return resolve(true);
    addEventListener('hashchange', () => resolve(true), { once: true });
    location.hash = hash;
  })`);
  await visitor.until<string>(
    'the bundled network is open',
    `journey.find('combobox', 'Model').value`,
    (id) => id === 'photos10',
  );
}

/** Saves the analysis once nothing of it is missing any more: null models, signs and what these weigh. */
export async function saveAnalysis(visitor: Visitor) {
  await visitor.until<string[][]>(
    'every layer has its null model',
    `[...(journey.all('table')[0]?.querySelectorAll('tr') ?? [])].map((row) => [...row.children].map(journey.textOf))`,
    ([head, ...rows]) => {
      const cell = (row: string[], column: string) => row[head.indexOf(column)];
      return (
        rows.length > 0 &&
        rows.every((row) => cell(row, 'Evidence') === 'none' || cell(row, 'Null mean') !== '')
      );
    },
  );
  await visitor.text('region', 'What carries it', /logits\.|the logit |no sign to mask/);
  return visitor.saved(() => visitor.click('button', 'Export analysis'));
}

export const analysisOf = async (visitor: Visitor): Promise<Analysis> =>
  analysisIn(await saveAnalysis(visitor));

/** The analysis as it is when its status line says so: null models and what signs weigh may be missing. */
export const readAnalysisOf = async (visitor: Visitor): Promise<Analysis> =>
  analysisIn(await visitor.saved(() => visitor.click('button', 'Export analysis')));

/** Saves a figure by the entry of its export menu. */
export const saveFigure = (visitor: Visitor, figure: string, kind: string) =>
  visitor.saved(async () => {
    await visitor.click('button', `Export ${figure}`);
    await visitor.click('menuitem', kind);
  });
