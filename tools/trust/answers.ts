/**
 * What studies say of the questions of docs/trust.md, as text.
 *
 *   npx tsx tools/trust/answers.ts STUDY... [--unfamiliar OTHER] [--figure FILE.svg]
 *   npx tsx tools/trust/answers.ts STUDY... --by-layer "trust grad-cam road" --figure FILE.svg
 *   npx tsx tools/trust/answers.ts STUDY... --against all --figure FILE.svg
 *
 * --figure draws which pair tells trained from randomised weights, as the page exports it; with --by-layer a number of the study by
 * layer instead, with --against methods against each other by a measure or all of them, at the last layer or with --best each at its best, and nothing else.
 * --answered CLASS asks what tells mistakes among the pictures that were answered with this class alone. STUDY and OTHER are studies with trust, as `npx supersign study --trust ... --out FILE` writes them (.json.gz or .parquet). Several
 * are parts of one, of the same settings and other pictures.
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
import type { Study } from '../../src/study/study-data';
import { profileOf } from '../../src/study/summary/layer-profile';
import { entropyAndTrust } from '../../src/study/trust/entropy-and-trust';
import { methodPairs } from '../../src/study/trust/method-pairs';
import { methodSquare, type SquareMeasure } from '../../src/study/trust/method-square';
import { squareInWords } from '../../src/study/trust/method-square-words';
import { mistakes, type Telling, unfamiliar } from '../../src/study/trust/mistakes';
import { mostTelling, tellingPairs } from '../../src/study/trust/telling-pairs';
import { effectInNumbers, pairName, tellingInWords } from '../../src/study/trust/telling-words';
import { trustTable } from '../../src/study/trust/trust-table';
import { columnOf } from '../../src/workspaces/study/results/figure-data';
import { exportProfile } from '../../src/workspaces/study/results/profile-figures';
import { exportAgainst } from '../../src/workspaces/study/trust/methods-against-figure';
import { exportTelling } from '../../src/workspaces/study/trust/telling-figure';
import { readResults } from '../study/results';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    unfamiliar: { type: 'string' },
    figure: { type: 'string' },
    'by-layer': { type: 'string' },
    against: { type: 'string' },
    best: { type: 'boolean', default: false },
    answered: { type: 'string' },
  },
});
if (positionals.length === 0) {
  console.error('Say which study: npx tsx tools/trust/answers.ts STUDY [--unfamiliar OTHER]');
  process.exit(2);
}
const ask: AskStatistics = async (name, request) =>
  (statisticsAnswers[name] as (given: unknown) => never)(request);
const n = (value: number) => value.toFixed(2);
const study = together(await Promise.all(positionals.map(readResults)));

/** Parts of a study as one. */
function together(parts: readonly Study[]): Study {
  const [first, ...others] = parts;
  const asked = (one: Study) => JSON.stringify([one.settings, one.model.sha256, one.layers, one.labels]);
  const unlike = others.findIndex((one) => asked(one) !== asked(first));
  if (unlike >= 0) throw new Error(`${positionals[unlike + 1]} is no part of the study ${positionals[0]}.`);
  const paths = new Set(parts.flatMap(({ images }) => images.map(({ path }) => path)));
  const images = parts.flatMap((one) => one.images);
  if (paths.size < images.length) throw new Error('These studies have pictures in common.');
  return {
    ...first,
    images,
    numbers: Object.fromEntries(
      Object.keys(first.numbers).map((column) => [
        column,
        Float64Array.from(parts.flatMap(({ numbers }) => [...numbers[column]])),
      ]),
    ),
    failures: parts.flatMap(({ failures }) => failures),
    of: parts.reduce((sum, { of }) => sum + of, 0),
  };
}

/** The pictures of a study that were answered so. */
function only(of: Study, wanted: (predicted: number) => boolean): Study {
  const kept = of.images.flatMap(({ predicted }, i) => (wanted(predicted) ? [i] : []));
  const rows = (values: Float64Array) => {
    const length = values.length / of.images.length;
    return Float64Array.from(kept.flatMap((i) => [...values.subarray(i * length, (i + 1) * length)]));
  };
  return {
    ...of,
    images: kept.map((i) => of.images[i]),
    numbers: Object.fromEntries(Object.entries(of.numbers).map(([column, values]) => [column, rows(values)])),
  };
}

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

if (values.against && values.figure) {
  const at = values.best ? 'best' : study.layers.length - 1;
  const measure = values.against as SquareMeasure;
  const found = await methodPairs(study, at, ask);
  writeFigure(values.figure, await exportAgainst(found, { at, measure, order: 'best' }, study));
  process.exit(0);
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
const methods = study.settings.trust?.methods.length ?? 0;

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
for (const at of methods > 1 ? ([study.layers.length - 1, 'best'] as const) : []) {
  console.log(`Methods against each other, ${at === 'best' ? 'best layer' : study.layers[at].name}`);
  const found = await methodPairs(study, at, ask);
  for (const measure of [...found.measured.map((one) => one.measure), 'all'] as const) {
    const square = methodSquare(found, measure, 'best');
    if (square.methods.length === 0) continue;
    const told = square.methods.map(({ method, wins, losses }) => `${method} ${wins}:${losses}`);
    console.log(`  ${squareInWords(found, square, measure)} ${told.join(', ')}`);
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
if (values.answered !== undefined) {
  const named = study.labels.indexOf(values.answered);
  const own = (predicted: number) => predicted === named;
  print(`Mistakes among those answered “${values.answered}”`, await mistakes(only(study, own), ask));
  process.exit(0);
}
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
print('Mistakes', await mistakes(study, ask));
if (values.unfamiliar)
  print('Unfamiliar', await unfamiliar(study, await readResults(values.unfamiliar), ask));
