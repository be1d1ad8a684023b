/**
 * What studies say of the questions of docs/trust.md, as text.
 *
 *   npx tsx tools/trust/answers.ts STUDY [--unfamiliar OTHER] [--figure FILE.svg]
 *   npx tsx tools/trust/answers.ts STUDY --by-layer "trust grad-cam road" --figure FILE.svg
 *
 * --figure draws which pair tells trained from randomised weights, as the page exports it; with --by-layer a number of the study by
 * layer instead, and nothing else. STUDY and OTHER are studies with trust, as `npx supersign study --trust ... --out FILE` writes them (.json.gz or .parquet).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { JSDOM } from 'jsdom';
import type { FigureExport } from '../../src/export';
import { figureThemes } from '../../src/figures/kit/figure-theme';
import { ENTROPY_MEASURES } from '../../src/semiotics';
import { statisticsAnswers } from '../../src/study/statistics/answers';
import type { AskStatistics } from '../../src/study/statistics/statistics-methods';
import { profileOf } from '../../src/study/summary/layer-profile';
import { entropyAndTrust } from '../../src/study/trust/entropy-and-trust';
import { mistakes, type Telling, unfamiliar } from '../../src/study/trust/mistakes';
import { mostTelling, tellingPairs } from '../../src/study/trust/telling-pairs';
import { effectInNumbers, pairName, tellingInWords } from '../../src/study/trust/telling-words';
import { trustTable } from '../../src/study/trust/trust-table';
import { columnOf } from '../../src/workspaces/study/results/figure-data';
import { exportProfile } from '../../src/workspaces/study/results/profile-figures';
import { exportTelling } from '../../src/workspaces/study/trust/telling-figure';
import { readResults } from '../study/results';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { unfamiliar: { type: 'string' }, figure: { type: 'string' }, 'by-layer': { type: 'string' } },
});
if (positionals.length !== 1) {
  console.error('Say which study: npx tsx tools/trust/answers.ts STUDY [--unfamiliar OTHER]');
  process.exit(2);
}
const ask: AskStatistics = async (name, request) =>
  (statisticsAnswers[name] as (given: unknown) => never)(request);
const n = (value: number) => value.toFixed(2);
const study = await readResults(positionals[0]);

/** Writes a figure as the page exports it, its letters with it. */
function writeFigure(file: string, { svg }: FigureExport): void {
  const { document } = new JSDOM('').window;
  // Some figures of a study take the page's own document.
  Object.assign(globalThis, { document });
  const drawn = svg?.(document, figureThemes.light);
  if (!drawn) throw new Error('This figure is no SVG.');
  const inter = createRequire(import.meta.url).resolve(
    '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  );
  const font = readFileSync(inter, 'base64');
  const face = `@font-face{font-family:'Inter Variable';font-weight:100 900;src:url(data:font/woff2;base64,${font})}`;
  writeFileSync(file, drawn.outerHTML.replace('<title>', `<style>${face}</style><title>`));
}

if (values['by-layer'] && values.figure) {
  Object.assign(globalThis, { document: new JSDOM('').window.document });
  const column = columnOf(study, values['by-layer']);
  const profile = await profileOf(study, column, 'predicted', ask);
  writeFigure(values.figure, await exportProfile({ study, column, target: 'predicted', profile }));
  process.exit(0);
}

const right = study.images.filter(({ predicted, trueClass }) => predicted === trueClass).length;
console.log(`${study.model.name}: ${study.images.length} pictures, ${right} right`);

for (const at of [study.layers.length - 1, 'best'] as const) {
  console.log(at === 'best' ? 'Best layer' : `Layer ${study.layers[at].name}`);
  for (const { name, cells } of await trustTable(study, at, ask)) {
    for (const { method, band, layer } of cells) {
      if (!band || layer === null) continue;
      const place = study.layers[layer].name;
      console.log(
        `  ${name}, ${method}: ${n(band.mean)} [${n(band.low)}, ${n(band.high)}], n ${band.count}, ${place}`,
      );
    }
  }
}
console.log('Entropy and trust');
for (const { name, number, acrossLayers, withinLayers } of await entropyAndTrust(study, ask)) {
  const across = acrossLayers
    ? `${n(acrossLayers.band.mean)} [${n(acrossLayers.band.low)}, ${n(acrossLayers.band.high)}], p ${acrossLayers.p.toPrecision(2)}`
    : 'none';
  const within = withinLayers.map((found) =>
    found ? `${n(found.correlation)}${found.p < 0.05 ? '*' : ''}` : '–',
  );
  console.log(`  ${name} with ${number}: across layers ${across}; within ${within.join(' ')}`);
}
const print = (title: string, found: readonly Telling[]) => {
  console.log(title);
  for (const { name, found: area } of found) {
    if (area)
      console.log(
        `  ${name}: ${n(area.area)} [${n(area.low)}, ${n(area.high)}], ${area.first} against ${area.second}`,
      );
  }
};
const pairs = await tellingPairs(study, ask);
if (pairs.length > 0) {
  console.log(`Trained against randomised weights\n  ${tellingInWords(pairs, study)}`);
  for (const pair of mostTelling(pairs).slice(0, 12)) {
    console.log(
      `  ${pairName(pair, study)}: ${effectInNumbers(pair)}, p ${pair.p.toPrecision(2)}, n ${pair.count}`,
    );
  }
  for (const method of study.settings.trust?.methods ?? []) {
    const own = pairs.filter((pair) => pair.method === method);
    const [best] = mostTelling(own);
    console.log(
      `  ${method}: ${mostTelling(own).length} of ${own.length} tell${best ? `, ${pairName(best, study)} ${effectInNumbers(best)}` : ''}`,
    );
  }
  for (const { id, name } of ENTROPY_MEASURES) {
    const own = pairs.filter(({ measure }) => measure === id);
    console.log(`  ${name}: ${mostTelling(own).length} of ${own.length} tell`);
  }
}
if (values.figure && pairs.length > 0) writeFigure(values.figure, await exportTelling(pairs, study));
print('Mistakes', mistakes(study));
if (values.unfamiliar) print('Unfamiliar', unfamiliar(study, await readResults(values.unfamiliar)));
