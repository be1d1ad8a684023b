import { describe, expect, it } from 'vitest';
import { ENTROPY_MEASURES, seededRandom } from '../../semiotics';
import { studyFromParquet, studyParquet } from '../file/parquet';
import { parseStudy, serialiseStudy } from '../file/study-file';
import { drawColumn, trustColumn } from '../study-columns';
import { askAtOnce, studyWith } from '../study-testing';
import { entropyAndTrust } from './entropy-and-trust';
import { heldOutRegression } from './held-out-regression';
import { mistakes, unfamiliar } from './mistakes';
import { correlationAcross } from './rank-correlation-band';
import { mostTelling, tellingPairs } from './telling-pairs';
import { tellsApart } from './tells-apart';
import { trustTable } from './trust-table';

const layers = ['conv1', 'conv2', 'conv3', 'conv4'];
const random = seededRandom(8);
const noise = Array.from({ length: 4000 }, () => random.next() - 0.5);
const at = (image: number, layer: number, stream: number) =>
  noise[(image * 7 + layer * 131 + stream * 977) % 4000];
const trust = {
  methods: ['grad-cam', 'layer-cam'],
  measures: ['road', 'max-sensitivity', 'complexity', 'pointing-game'],
  percentages: [30, 60],
} as const;
const pictures = 40;
/** ROAD rises with entropy over the layers; Grad-CAM is better by it; sensitivity is nobody's; a third of the answers is wrong, where entropy is high. */
const study = studyWith({
  layers,
  settings: {
    trust: { ...trust, methods: [...trust.methods], measures: [...trust.measures], percentages: [30, 60] },
  },
  images: Array.from({ length: pictures }, (_, i) => ({
    path: `fish/${String(i).padStart(2, '0')}.jpg`,
    ...{ trueClass: 0, predicted: i % 3 === 0 ? 1 : 0, probability: i % 3 === 0 ? 0.5 : 0.6 },
    ...{ trueProbability: 0.5, doubt: { entropy: 1, energy: 4 + at(i, 0, 1) }, maskShare: 0.25 },
  })),
  numbers: {
    'aura-matrix': (image, layer) => layer + 0.2 * at(image, layer, 2) + (image % 3 === 0 ? 2 : 0),
    'aura-matrix structure': (image, layer) => at(image, layer, 3),
    [trustColumn('grad-cam', 'road')]: (image, layer) => 0.1 * layer + 0.01 * at(image, layer, 4),
    [trustColumn('layer-cam', 'road')]: (image, layer) => 0.1 * layer - 0.2 + 0.01 * at(image, layer, 5),
    [trustColumn('grad-cam', 'max-sensitivity')]: (image, layer) => 1 + 0.5 * at(image, layer, 6),
    [trustColumn('layer-cam', 'max-sensitivity')]: (image, layer) => 1 + 0.5 * at(image, layer, 9),
    [trustColumn('grad-cam', 'complexity')]: (image, layer) => 10 + at(image, layer, 10),
    [trustColumn('grad-cam', 'pointing-game')]: () => Number.NaN,
    [trustColumn('layer-cam', 'pointing-game')]: () => Number.NaN,
    [trustColumn('layer-cam', 'complexity')]: (image, layer) => 10 + at(image, layer, 11),
  },
});

describe('methods by measures', () => {
  it('are ranked at a layer, and told apart on the same pictures', async () => {
    const [road, sensitivity, complexity, pointing] = await trustTable(study, 3, askAtOnce);
    const [own, other] = road.cells;
    expect(own.band?.mean).toBeCloseTo(0.3, 2);
    expect(own.band?.count).toBe(pictures);
    expect([own.rank, other.rank]).toEqual([1, 2]);
    expect(own.p).toBeNull();
    expect(other.p).toBeLessThan(0.001);
    expect(sensitivity.cells.find(({ rank }) => rank === 2)?.p).toBeGreaterThan(0.05);
    expect(complexity.cells.map(({ rank }) => rank).sort()).toEqual([1, 2]);
    // Nothing was measured: no mask.
    expect(pointing.cells.map(({ band, rank, p }) => [band, rank, p])).toEqual([
      [null, null, null],
      [null, null, null],
    ]);
  });

  it('or each at its best layer', async () => {
    const [road] = await trustTable(study, 'best', askAtOnce);
    expect(road.cells.map(({ layer }) => layer)).toEqual([3, 3]);
    expect(await trustTable(studyWith({ layers, images: [{}], numbers: {} }), 'best', askAtOnce)).toEqual([]);
  });
});

describe('entropy and trust', () => {
  it('go together across layers where both rise, and not where neither knows of the other', async () => {
    const rows = await entropyAndTrust(study, askAtOnce);
    const rowOf = (measure: string, number: string) =>
      rows.find((row) => row.measure === measure && row.number === number);
    const road = rowOf('road', 'entropy');
    expect(road?.acrossLayers?.band.mean).toBeCloseTo(1, 5);
    expect(road?.acrossLayers?.p).toBeLessThan(0.01);
    expect(rowOf('road', 'structure')?.acrossLayers?.p).toBeGreaterThan(0.05);
    for (const within of road?.withinLayers ?? []) expect(within?.p).toBeGreaterThan(0.05);
    expect(rowOf('pointing-game', 'entropy')?.acrossLayers).toBeNull();
    expect(rowOf('pointing-game', 'entropy')?.withinLayers).toEqual(layers.map(() => null));
  });

  it('are correlated by ranks, with a band and a p', () => {
    const a = Float64Array.from({ length: 60 }, (_, i) => i);
    const cubed = a.map((value) => value ** 3);
    expect(correlationAcross(a, cubed, { seed: 1, fewest: 10 })).toMatchObject({
      ...{
        correlation: expect.closeTo(1, 9),
        low: expect.closeTo(1, 6),
        high: expect.closeTo(1, 6),
        p: expect.closeTo(0, 9),
        count: 60,
      },
    });
    const unknown = a.map((value) => (value < 52 ? Number.NaN : value));
    expect(correlationAcross(a, unknown, { seed: 1, fewest: 10 })).toBeNull();
    const free = Float64Array.from(a, (_, i) => noise[i]);
    const found = correlationAcross(a, free, { seed: 1, fewest: 10 });
    expect(found?.low).toBeLessThan(found?.correlation as number);
    expect(found?.p).toBeGreaterThan(0.05);
  });
});

describe('what tells a trained network from a randomised one', () => {
  const measures = ENTROPY_MEASURES.map(({ id }) => id);
  /** One pair tells at two layers; at a third its draws contradict each other; all else is noise. */
  const told = (draws: number) =>
    studyWith({
      layers,
      settings: {
        trust: { methods: ['grad-cam', 'layer-cam'], measures: [], percentages: [50], draws },
      },
      images: Array.from({ length: pictures }, (_, i) => ({
        path: `fish/${String(i).padStart(2, '0')}.jpg`,
      })),
      numbers: Object.fromEntries(
        (['grad-cam', 'layer-cam'] as const).flatMap((method, m) =>
          measures.flatMap((measure, k) =>
            Array.from({ length: draws + 1 }, (_, draw) => [
              drawColumn(method, measure, draw),
              (image: number, layer: number) => {
                const value = 5 + at(image, layer, 20 + draw + 5 * k + 100 * m);
                if (method !== 'grad-cam' || measure !== 'shannon' || draw === 0) return value;
                return value + [0, 1, draw === 1 ? 1 : -1, 3][layer];
              },
            ]),
          ),
        ),
      ),
    });

  it('is found among all pairs and layers, in every draw, and nothing else is', async () => {
    const pairs = await tellingPairs(told(2), askAtOnce);
    expect(pairs).toHaveLength(2 * measures.length * layers.length);
    const telling = mostTelling(pairs);
    expect(telling.map(({ method, measure, layer }) => [method, measure, layer])).toEqual([
      ['grad-cam', 'shannon', 3],
      ['grad-cam', 'shannon', 1],
    ]);
    const [strongest] = telling;
    // Differences of two even distributions of width 1 about -3: a deviation of sqrt(1/6).
    expect(strongest.effect).toBeGreaterThan(-3 / Math.sqrt(1 / 6) - 2);
    expect(strongest.effect).toBeLessThan(-3 / Math.sqrt(1 / 6) + 2);
    expect(strongest.low).toBeLessThan(strongest.effect);
    expect(strongest.high).toBeGreaterThan(strongest.effect);
    expect(strongest).toMatchObject({ count: pictures });
    // Opposite in the two draws.
    const torn = pairs.find(
      ({ method, measure, layer }) => method === 'grad-cam' && measure === 'shannon' && layer === 2,
    );
    expect(torn?.p).toBe(1);
  });

  it('is asked only where a study has randomised twins, and its columns travel in its files', async () => {
    expect(await tellingPairs(study, askAtOnce)).toEqual([]);
    const two = told(2);
    const column = drawColumn('layer-cam', 'aura-matrix', 2);
    expect((await parseStudy(await serialiseStudy(two))).numbers[column]).toEqual(two.numbers[column]);
    const table = await studyFromParquet(new Blob([studyParquet(two)]));
    expect(table.settings.trust?.draws).toBe(2);
    expect(table.numbers[column]).toEqual(two.numbers[column]);
  });
});

describe('what tells pictures apart', () => {
  it('is an area with a band', () => {
    const marks = Array.from({ length: 40 }, (_, i) => i < 20);
    const perfect = tellsApart(
      marks.map((own) => (own ? 2 : 1)),
      marks,
      1,
    );
    expect(perfect).toEqual({ area: 1, low: 1, high: 1, first: 20, second: 20 });
    const blind = tellsApart(noise.slice(0, 40), marks, 1);
    expect(blind?.low).toBeLessThan(0.5);
    expect(blind?.high).toBeGreaterThan(0.5);
    expect(tellsApart([1, 2, 3], [true, false, false], 1)).toBeNull();
  });

  it('is said by a regression of pictures it was not fitted on', () => {
    const marks = Array.from({ length: 200 }, (_, i) => i % 4 === 0);
    const signal = marks.map((own, i) => (own ? 1 : 0) + noise[i]);
    const rubbish = Array.from({ length: 12 }, (_, k) =>
      marks.map((_, i) => noise[(i + k * 211 + 400) % 4000]),
    );
    const areaOf = (predictors: number[][]) =>
      tellsApart(heldOutRegression(predictors, marks), marks, 1)?.area ?? 0;
    expect(areaOf([signal])).toBeGreaterThan(0.9);
    expect(areaOf([signal, ...rubbish])).toBeGreaterThan(0.85);
    // Twelve numbers without meaning fit what they are fitted on, and tell nothing of what they are not.
    expect(areaOf(rubbish)).toBeLessThan(0.62);
    // Shifted, scaled or missing here and there, a predictor says the same.
    const other = signal.map((value) => 1e6 - 300 * value);
    expect(areaOf([other])).toBeCloseTo(areaOf([signal]), 6);
  });

  it('of mistakes is entropy where entropy was made to', async () => {
    const found = new Map(
      (await mistakes(study, askAtOnce)).map(({ name, found: area }) => [name, area?.area]),
    );
    expect(found.get('Entropy at conv4')).toBe(1);
    expect(found.get('Softmax maximum, lower')).toBe(1);
    expect(found.get('Softmax entropy')).toBe(0.5);
    expect(found.get('Entropies of all layers, regression')).toBe(1);
    expect(await mistakes(studyWith({ layers, images: [{}, {}], numbers: {} }), askAtOnce)).toEqual([]);
    const same = await unfamiliar(study, study, askAtOnce);
    expect(same.find(({ name }) => name === 'Entropy at conv1')?.found?.area).toBe(0.5);
  });
});

it('a study with trust opens again from its files, columns and doubts and all', async () => {
  const opened = await parseStudy(await serialiseStudy(study));
  expect(opened.settings.trust).toEqual(study.settings.trust);
  expect(opened.images[3]).toEqual(study.images[3]);
  const column = trustColumn('layer-cam', 'road');
  expect(opened.numbers[column]).toEqual(study.numbers[column]);
  const table = await studyFromParquet(new Blob([studyParquet(study)]));
  expect(table.numbers[column]).toEqual(study.numbers[column]);
  expect(table.images[3]).toEqual(study.images[3]);
});
