import type { Page } from '@playwright/test';
import type { StudyProgress, StudyRun } from '../src/study/run/study-run';
import type { Study, StudySettings } from '../src/study/study-data';
import { usualSettings } from '../src/study/study-testing';
import { expect, test } from './support/cleared-page';
import { analysisIn, saveAnalysis } from './support/downloads';
import { atRest, measured, openExample, openPage } from './support/explain-page';
import { workerNamed } from './support/workers';

/** A study on the page, with what it told. */
interface OnPage {
  run: StudyRun;
  progress: StudyProgress[];
}

declare global {
  interface Window {
    running: OnPage;
    /** The examples as a set of so many pictures, of which one cannot be read. */
    pictures(count: number): Promise<{ path: string; blob: Blob }[]>;
  }
}

const settings: StudySettings = { ...usualSettings, shuffles: 2 };

async function openRunner(page: Page): Promise<void> {
  await page.goto('/headless.html');
  await page.waitForFunction(() => 'supersign' in window);
  await page.evaluate(() => {
    window.pictures = async (count) => {
      const all: { network: string; file: string }[] = await (await fetch('./examples/index.json')).json();
      const examples = all.filter(({ network }) => network === 'photos10');
      const blobs = await Promise.all(
        examples.map(async ({ file }) => (await fetch(`./examples/${file}`)).blob()),
      );
      // The first two are the first and the fifth example.
      const every = 4;
      const name = (index: number) => `tench/${String(index).padStart(3, '0')}.jpg`;
      const files = Array.from({ length: count }, (_, index) => ({
        path: name(index),
        blob: blobs[(index * every) % blobs.length],
      }));
      return [...files, { path: 'tench/torn.jpg', blob: blobs[0].slice(0, 9000) }];
    };
  });
}

/** Begins a study of so many pictures, or goes on with one that is kept. */
const begin = (page: Page, change: Partial<StudySettings>, count: number, resume?: string) =>
  page.evaluate(
    async ({ settings, count, resume }) => {
      const { createStudyRun, resumeStudy } = await window.supersign.studies();
      const told: Pick<OnPage, 'progress'> = { progress: [] };
      const callbacks = {
        onProgress: (progress: StudyProgress) => told.progress.push(progress),
      };
      const images = [{ kind: 'files' as const, files: await window.pictures(count) }];
      const run = resume
        ? resumeStudy(resume, callbacks)
        : createStudyRun(
            {
              name: 'examples',
              settings,
              backend: 'wasm',
              network: {
                kind: 'bundled',
                address: new URL('networks/photos10/manifest.json', location.href).href,
              },
              images,
              classes: { tench: 0 },
            },
            callbacks,
          );
      window.running = { run, ...told };
      return run.id;
    },
    { settings: { ...settings, ...change }, count, resume },
  );

/** The whole study, its columns as plain lists. */
const finished = (page: Page): Promise<Omit<Study, 'numbers'> & { numbers: Record<string, number[]> }> =>
  page.evaluate(async () => {
    const study = await window.running.run.done;
    const numbers = Object.entries(study.numbers).map(([name, values]) => [name, [...values]]);
    return { ...study, numbers: Object.fromEntries(numbers) };
  });

/** Waits until the results of so many pictures are kept. */
const kept = (page: Page, id: string, least: number) =>
  expect
    .poll(
      () =>
        page.evaluate(async (id) => {
          const { listStudies } = await window.supersign.studies();
          return (await listStudies()).find((study) => study.id === id)?.measured ?? 0;
        }, id),
      { timeout: 60_000, intervals: [50] },
    )
    .toBeGreaterThanOrEqual(least);

const list = (page: Page) => page.evaluate(async () => (await window.supersign.studies()).listStudies());

test('a study killed in the middle, or without its workers, goes on where it was: no picture lost, none twice', async ({
  page,
}) => {
  const count = 6;
  await openRunner(page);
  await begin(page, {}, count);
  const undisturbed = await finished(page);
  expect(undisturbed.images.map(({ path }) => path)).toEqual(
    Array.from({ length: count }, (_, index) => `tench/${String(index).padStart(3, '0')}.jpg`),
  );
  expect(undisturbed.failures).toEqual([
    { path: 'tench/torn.jpg', reason: expect.stringMatching(/^is cut off/) },
  ]);
  // Tench, and what else is in the examples.
  expect(
    undisturbed.images.filter(({ predicted, trueClass }) => predicted === trueClass).length,
  ).toBeGreaterThan(0);

  const id = await begin(page, {}, count);
  await test.step('killed with its page', async () => {
    await kept(page, id, 2);
    await openRunner(page);
    const [interrupted] = await list(page);
    expect(interrupted).toMatchObject({
      id,
      status: 'interrupted',
      of: count + 1,
      picturesKept: true,
      name: 'examples',
    });
    expect(interrupted.measured).toBeLessThan(count);

    await begin(page, {}, 0, id);
    const resumed = await finished(page);
    expect(resumed.images).toEqual(undisturbed.images);
    expect(resumed.failures).toEqual(undisturbed.failures);
    expect(resumed.numbers).toEqual(undisturbed.numbers);
    const done = await page.evaluate(() => window.running.progress.at(-1));
    expect(done).toMatchObject({ state: 'done', measured: count, failed: 1, of: count + 1, left: 0 });
    // It went on, and did not begin anew.
    const first = await page.evaluate(
      () => window.running.progress.find(({ state }) => state === 'running')?.measured,
    );
    expect(first).toBeGreaterThanOrEqual(interrupted.measured);
  });
  await test.step('opened and removed', async () => {
    const again = await page.evaluate(async (id) => {
      const { openStudy, removeStudy, listStudies } = await window.supersign.studies();
      const images = (await openStudy(id)).images.length;
      await removeStudy(id);
      return { images, left: (await listStudies()).map((study) => study.id) };
    }, id);
    expect(again.images).toBe(count);
    expect(again.left).not.toContain(id);
  });
  await test.step('without its workers', async () => {
    const other = await begin(page, {}, count);
    await kept(page, other, 2);
    for (const name of ['supersign study 1', 'supersign engine']) {
      const worker = await workerNamed(page, name);
      await worker.evaluate(() => self.close());
    }
    const study = await finished(page);
    expect(study.failures).toEqual(undisturbed.failures);
    expect(study.images).toEqual(undisturbed.images);
    expect(study.numbers).toEqual(undisturbed.numbers);
  });
});

test('a study gives the numbers that Explain gives for a picture alone, to 1e-5', async ({ page }) => {
  await openRunner(page);
  await begin(page, { shuffles: 32 }, 2);
  const study = await finished(page);
  const examples: { id: string; title: string }[] = await page.evaluate(async () =>
    (await fetch('./examples/index.json')).json(),
  );
  const layers = study.layers.length;
  let compared = 0;
  /** Where Explain has no number, a study has none either. */
  const expectSame = (number: number, other: number | null | undefined) => {
    expect(Number.isNaN(number)).toBe(other === null || other === undefined);
    if (typeof other === 'number') expect(Math.abs(number - other)).toBeLessThan(1e-5);
  };
  await atRest(page);
  for (const [index, place] of [0, 4].entries()) {
    if (index === 0) await openPage(page, `#explain?backend=wasm&image=${examples[place].id}`);
    else await openExample(page, examples[place].title);
    await measured(page);
    const analysis = analysisIn(await saveAnalysis(page));
    expect(analysis.image.sha256).toBe(study.images[index].sha256);
    expect(analysis.predictions[0].index).toBe(study.images[index].predicted);
    const [shown, studied] = [analysis.predictions[0].probability, study.images[index].probability];
    expect(Math.abs((shown ?? Number.NaN) - (studied ?? Number.NaN))).toBeLessThan(1e-5);
    expect(analysis.layers).toHaveLength(layers);
    analysis.layers.forEach(({ name, entropy, signs }, layer) => {
      expect(name).toBe(study.layers[layer].name);
      const number = (column: string) => study.numbers[column][index * 2 * layers + layer];
      expectSame(number('aura-matrix'), entropy.value);
      expectSame(number('aura-matrix null'), entropy.null?.mean);
      expectSame(number('aura-matrix null sd'), entropy.null?.sd);
      expectSame(number('aura-matrix structure'), entropy.structure);
      expect(number('signs')).toBe(signs.length);
      compared += 1;
    });
    analysis.transitions.forEach(({ classFormation, complexFormation }, step) => {
      const number = (column: string) => study.numbers[column][index * 2 * layers + step + 1];
      expectSame(number('class formation'), classFormation);
      expectSame(number('complex formation'), complexFormation);
    });
  }
  expect(compared).toBe(2 * 12);
});
