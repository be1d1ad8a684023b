import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { root } from './files';

/** The status line when an analysis is complete. */
export const readyText = /Ready: (\d+) layers? in \d+\.\d\d s on (.+)$/;

export const status = (page: Page): Locator => page.getByRole('status');
export const alert = (page: Page): Locator => page.getByRole('alert');
export const layerSlider = (page: Page): Locator => page.getByRole('slider', { name: 'Layer' });
export const saliencyCanvas = (page: Page): Locator => page.getByRole('img', { name: /^Saliency of / });
export const chart = (page: Page): Locator => page.getByRole('img', { name: 'Spatial entropy by layer' });

/** What stands below the large picture: its name and size. It changes together with the analysis. */
export const caption = (page: Page): Locator =>
  page
    .getByRole('figure')
    .filter({ has: page.getByRole('img', { name: /^(Saliency|Concepts) of / }) })
    .locator('figcaption');

/**
 * Waits until the status line says what it may say for a moment only: it is looked at in every frame, not once a second as by `expect`.
 */
export async function seenInStatus(page: Page, text: RegExp): Promise<void> {
  await page.waitForFunction(
    ({ source, flags }) =>
      [...document.querySelectorAll('[role=status]')].some(({ textContent }) =>
        new RegExp(source, flags).test(textContent ?? ''),
      ),
    { source: text.source, flags: text.flags },
    { timeout: 120_000 },
  );
}

export async function ready(page: Page): Promise<void> {
  await expect(status(page)).toHaveText(readyText);
}

/** Unfolds what is rarely changed about the measuring, where it is not yet: an open page keeps it as it was left. */
export async function unfoldMeasuring(page: Page): Promise<void> {
  const sentence = page
    .getByRole('region', { name: 'Measured as' })
    .getByRole('button', { name: /^N[48], / });
  await sentence.waitFor();
  if ((await sentence.getAttribute('aria-expanded')) === 'false') await sentence.click();
}

/** Quick to measure: for what does not depend on it. */
export const quick = 'levels=16&grid=native';

/** A file of the same host, which loads no page: to leave for it costs less than `about:blank`, whose process is another one. */
const resting = '/examples/index.json';

/** Leaves the page, so that the next address starts it anew. */
export const atRest = (page: Page) => page.goto(resting);

const isAway = (page: Page): boolean =>
  page.url() === 'about:blank' || new URL(page.url()).pathname === resting;

/** Opens the page at a fragment such as `#explain?image=parachute` and waits for the analysis; an open page goes there. */
export async function openPage(page: Page, fragment = ''): Promise<void> {
  if (isAway(page)) {
    await page.goto(`/${fragment}`);
  } else {
    await goTo(page, fragment);
    await followed(page, fragment);
  }
  await ready(page);
}

const titles = new Map(
  (
    JSON.parse(readFileSync(path.join(root, 'public/examples/index.json'), 'utf8')) as {
      id: string;
      title: string;
    }[]
  ).map(({ id, title }) => [id, title]),
);

/** Waits until what the address names is what is on screen: the bundled network and the example, unless it names others. */
async function followed(page: Page, fragment: string): Promise<void> {
  const parameters = new URLSearchParams(withPicture(fragment).split('?')[1]);
  const title = titles.get(parameters.get('image') ?? '');
  if (!parameters.has('model'))
    await expect(page.getByRole('combobox', { name: 'Model', includeHidden: true })).toHaveValue('photos10');
  if (title) await expect(caption(page)).toContainText(`${title}, `);
}

/** Follows an address as the open page does when it is edited in place. Settings it leaves out take their initial values. */
export async function goTo(page: Page, fragment: string): Promise<void> {
  await page.evaluate(async (hash) => {
    if (hash === location.hash) return;
    const followed = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
    location.hash = hash;
    await followed;
  }, withPicture(fragment));
}

/** Without a picture the address would mean the last file of one's own, where one was opened; here it means the first example. */
const withPicture = (fragment: string): string => {
  const [place, parameters = ''] = fragment.split('?');
  if (!/^(#explain)?$/.test(place) || /(^|&)(image|model)=/.test(parameters)) return fragment;
  return `#explain?image=french-horn${parameters && `&${parameters}`}`;
};

/** Waits until the analysis of this picture is on screen. */
export async function shown(page: Page, name: string): Promise<void> {
  await expect(caption(page)).toContainText(`${name}, `);
  await ready(page);
}

/** Waits until every layer that holds evidence has its null model. */
export async function measured(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      const rows = await tableOfValues(page);
      return rows.length > 0 && rows.every((row) => row.Evidence === 'none' || row['Null mean'] !== '');
    }, 'every layer has its null model')
    .toBe(true);
}

/** Waits until the signs of the analysis on screen are found: their number is told, and their outlines are drawn. */
export async function signsFound(page: Page): Promise<void> {
  await expect(reading(page, 'Signs')).toHaveText(/^\d+ ?null/);
}

/** What the counter reads: "22null 41 ± 4" for Signs, "0.52null 0.66" for Entropy. */
export const reading = (page: Page, of: 'Signs' | 'Entropy'): Locator =>
  page
    .locator('[data-part=saliency]')
    .getByRole('definition')
    .nth(of === 'Signs' ? 0 : 1);

/** Waits until the signs of the last layer are weighed, or found to be none. */
export async function weighed(page: Page): Promise<void> {
  await expect(page.getByRole('region', { name: 'What carries it' })).toContainText(
    /logits\.|the logit |no sign to mask/,
  );
}

/** Waits until what is measured of trust by itself is there, for which the network is read once more, or is left until one asks: where the machine is slow. */
export async function trustMeasured(page: Page): Promise<void> {
  const chart = page.getByRole('img', { name: 'Trust by layer' }).filter({ hasText: 'Efficient MPRT' });
  await expect(
    chart.or(page.getByText('With this network and method it takes many passes')).first(),
  ).toBeVisible();
}

export async function openExample(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: `Example: ${title}` }).click();
  await shown(page, title);
}

/** The button that explains one of the classes shown. */
export const prediction = (page: Page, label: string): Locator =>
  page
    .getByRole('region', { name: 'Prediction' })
    .getByRole('button', { name: new RegExp(`^${label} [<\\d]`) });

export interface ShownPrediction {
  label: string;
  /** Percent; the number itself where the output names no classes. */
  share: number;
}

/** The predictions as they are read aloud: "golf ball 94.4 %", "number 3 0.2849". */
export async function predictions(page: Page): Promise<ShownPrediction[]> {
  const names = await page
    .getByRole('region', { name: 'Prediction' })
    .getByRole('listitem')
    .getByRole('button')
    .allTextContents();
  return names.map((name) => {
    const read = /^(.+?) (?:(?:< )?([\d.]+) %|([−\d.]+(?:e[−+]\d+)?))$/.exec(name.trim());
    const [, label, percent, number] = read ?? [];
    if (!label) throw new Error(`"${name}" does not read as a prediction.`);
    return { label, share: Number((percent ?? number).replaceAll('−', '-')) };
  });
}

/** One row of the table of values by column heading, in the table's own words. */
export type ValueRow = Record<string, string>;

/** The numbers behind the chart; the table is in the document whether it is unfolded or not. A window that goes may still hold one. */
export function tableOfValues(page: Page): Promise<ValueRow[]> {
  return page.locator('table:not(dialog table)').evaluate((table) => {
    const texts = (row: Element) => [...row.children].map((cell) => cell.textContent ?? '');
    const [head, ...rows] = [...table.querySelectorAll('tr')].map(texts);
    return rows.map((row) => Object.fromEntries(row.map((text, i) => [head[i], text])));
  });
}

/** Name and entropy of every layer, once they are measured; NaN where a map holds no evidence. */
export async function entropies(page: Page): Promise<{ name: string; value: number }[]> {
  let rows: ValueRow[] = [];
  await expect
    .poll(async () => {
      rows = await tableOfValues(page);
      return rows.length > 0 && rows.every((row) => row.Evidence === 'none' || row.Entropy !== '');
    }, 'every layer is measured')
    .toBe(true);
  return rows.map((row) => ({
    name: row.Layer,
    value: row.Entropy === '' ? Number.NaN : Number(row.Entropy),
  }));
}

/** What a canvas shows, to be compared with what it shows later. */
export const pixels = (canvas: Locator): Promise<string> =>
  canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());

/** Everything a reader takes from the page. */
export async function view(page: Page) {
  await measured(page);
  await signsFound(page);
  return {
    caption: await caption(page).textContent(),
    predictions: await predictions(page),
    layer: await layerSlider(page).getAttribute('aria-valuetext'),
    measure: await page.getByRole('combobox', { name: 'Entropy measure' }).inputValue(),
    target: await page.getByRole('combobox', { name: 'Class to explain' }).inputValue(),
    values: await tableOfValues(page),
    picture: await pixels(saliencyCanvas(page)),
  };
}

/**
 * Notes every text that an element shows from now on; call the result to read the notes.
 * Reading the status line this way tells whether the network ran in between.
 */
export async function record(locator: Locator): Promise<() => Promise<string[]>> {
  const notes = await locator.evaluateHandle((element) => {
    const texts: string[] = [];
    new MutationObserver(() => texts.push(element.textContent ?? '')).observe(element, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    return texts;
  });
  return () => notes.jsonValue();
}
