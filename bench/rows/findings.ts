import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { seededRandom } from '../../src/semiotics';
import { serialiseStudy, studyEnding } from '../../src/study/file/study-file';
import type { Study } from '../../src/study/study-data';
import { someImages, studyWith } from '../../src/study/study-testing';
import { openPage } from '../harness/browser';
import type { Part } from '../harness/part';
import { type ProcessorTime, processorTime } from '../harness/processor-time';

/** Measures of the study. */
const measures: Study['settings']['measures'] = ['aura-matrix', 'shannon', 'aura'];
const layers = 12;

/** A study of ten thousand pictures that is opened from its file, in the built page. */
export const findingsPart: Part = {
  id: 'findings',
  async run({ browser, servers, files, quick }) {
    const images = quick ? 1000 : 10_000;
    const file = path.join(files, `noise.${studyEnding}`);
    const made = await serialiseStudy(noiseStudy(images));
    writeFileSync(file, new Uint8Array(await made.arrayBuffer()));
    const page = await openPage(browser);
    await page.addInitScript(watch);
    await page.goto(`${servers.page}/#study`);
    await page.getByRole('combobox', { name: 'Model' }).filter({ hasText: '10 classes' }).waitFor();
    const of = `of ${images.toLocaleString('en')} pictures at ${layers} layers, ${measures.length} measures`;
    const first = await timesOf(browser, page, () =>
      page.locator('input[data-picker="Open study"]').setInputFiles(file),
    );
    const other = page.getByRole('combobox', { name: 'Number', exact: true });
    const second = await timesOf(browser, page, async () => void (await other.selectOption('shannon')));
    await page.context().close();
    return {
      rows: [
        {
          what: `a study ${of}: from its first sight to its findings`,
          result: first.findings - first.shown,
          unit: 'ms',
          reach: 2000,
          note: `all its figures after ${Math.round(first.figures - first.shown)} ms; ${inWords(first.processor)}`,
        },
        {
          what: 'the same: longest task of the page, from the choice of the file on',
          result: first.longestTask,
          unit: 'ms',
          reach: 100,
          note: `${Math.round(first.processor.longestTask)} ms of processor time; ${first.tasks}`,
        },
        {
          what: 'the same: from the choice of another number to its findings',
          result: second.findings - second.begun,
          unit: 'ms',
          reach: 2000,
          note: `longest task ${Math.round(second.longestTask)} ms, ${Math.round(second.processor.longestTask)} ms of processor time; ${inWords(second.processor)}`,
        },
      ],
    };
  },
};

const inWords = ({ page, workers }: ProcessorTime) =>
  `processor time: page ${Math.round(page)} ms, workers ${Math.round(workers)} ms`;

/** Noise about lines: every fourth picture is named wrong, every twentieth has no evidence in the last layer. */
function noiseStudy(count: number): Study {
  const random = seededRandom(1);
  const noise = (height: number) => height * (random.next() + random.next() - 1);
  const value = (at: number, slope: number, height: number) => (image: number, layer: number) =>
    layer === layers - 1 && image % 20 === 0 ? Number.NaN : at + slope * layer + noise(height);
  const step = (slope: number, height: number) => (image: number, layer: number) =>
    layer === 0 ? Number.NaN : value(0, slope / layers, height)(image, layer);
  const entropies = measures.flatMap((measure) => [
    [measure, value(5, -0.1, 1)],
    [`${measure} null`, value(5, -0.02, 0.1)],
    [`${measure} null sd`, value(0.1, 0, 0.01)],
    [`${measure} structure`, value(0.1, 0.05, 0.1)],
  ]);
  return studyWith({
    images: someImages(count, (i) => ({
      path: `val/${i % 10}/${String(i).padStart(5, '0')}.jpg`,
      sha256: i.toString(16).padStart(64, '0'),
      trueClass: i % 10,
      predicted: i % 4 === 0 ? (i + 1) % 10 : i % 10,
      probability: 0.5 + noise(0.5),
    })),
    labels: Array.from({ length: 10 }, (_, i) => `class ${i}`),
    layers: Array.from({ length: layers }, (_, i) => `conv${i + 1}`),
    settings: { measures },
    numbers: {
      ...Object.fromEntries(entropies),
      signs: value(30, -2, 4),
      'signs null': value(40, -1, 4),
      supersigns: value(3, 0, 2),
      'largest share': value(0.4, 0.01, 0.2),
      'class formation': step(-0.05, 0.1),
      'complex formation': step(0.01, 0.1),
      'class formation null': step(-0.01, 0.02),
      'complex formation null': step(0.01, 0.02),
    },
  });
}

interface Watched {
  tasks: { at: number; ms: number }[];
  findings: string;
  /** Milliseconds of the page's clock: when results first stood there, findings that are others, and nothing pending. */
  shown: number;
  changed: number;
  figures: number;
}

/** In the page, before its own script. */
function watch(): void {
  const watched: Watched = { tasks: [], findings: '', shown: 0, changed: 0, figures: 0 };
  Object.assign(window, { watched });
  const findings = '[aria-labelledby="findings"]';
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      watched.tasks.push({ at: startTime, ms: duration });
    }
  }).observe({ type: 'longtask', buffered: true });
  new MutationObserver(() => {
    const now = performance.now();
    if (!watched.shown && document.querySelector(findings)) {
      watched.shown = now;
      performance.mark('begun');
    }
    const text = document.querySelector(`${findings} ul`)?.textContent ?? '';
    if (text !== watched.findings) {
      Object.assign(watched, { findings: text, changed: now });
      performance.mark('done');
    }
    const said = [...document.querySelectorAll('[aria-label="Results"] p')].map((each) => each.textContent);
    const isPending = said.some((text) => /^(Being computed|Not measured yet)/.test(text ?? ''));
    if (watched.changed && !isPending) watched.figures ||= now;
  }).observe(document, { childList: true, subtree: true, characterData: true });
}

async function timesOf(browser: Browser, page: Page, begin: () => Promise<void>) {
  const get = () => page.evaluate(() => (window as unknown as { watched: Watched }).watched);
  const before = await get();
  const begun = await page.evaluate(() => performance.now());
  const processor = await processorTime(browser, page, async () => {
    await page.evaluate(() => void performance.mark('begun'));
    await begin();
    await page.waitForFunction(
      (said) => {
        const { watched } = window as unknown as { watched: Watched };
        return watched.findings !== '' && watched.findings !== said && watched.figures > 0;
      },
      before.findings,
      { timeout: 120_000 },
    );
  });
  const { shown, changed, figures, tasks } = await get();
  const own = tasks.filter(({ at, ms }) => at + ms > begun).sort((a, b) => b.ms - a.ms);
  return {
    ...{ begun, shown, findings: changed, figures, processor },
    longestTask: own[0]?.ms ?? 0,
    tasks: `${own.length} over 50 ms: ${own
      .slice(0, 8)
      .map(({ ms, at }) => `${Math.round(ms)} (at ${Math.round(at - begun)})`)
      .join(', ')}`,
  };
}
