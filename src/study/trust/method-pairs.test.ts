import { describe, expect, it } from 'vitest';
import type { TrustMeasure } from '../../faithfulness/trust/trust-measures';
import type { SaliencyMethod } from '../../saliency/method-names';
import { trustColumn } from '../study-columns';
import { askAtOnce, studyWith } from '../study-testing';
import { betterOf, type MethodPair, methodPairs } from './method-pairs';
import { differenceFor, differing, effectFor, type MeasuredCell, methodSquare } from './method-square';
import { squareInWords } from './method-square-words';

const methods: SaliencyMethod[] = ['grad-cam', 'layer-cam', 'eigen-cam'];
const measures: TrustMeasure[] = ['road', 'max-sensitivity'];
const layers = ['conv1', 'conv2'];
/** By measure and method, eight pictures at the last layer: LayerCAM has the highest ROAD in every one, Eigen-CAM lacks two. */
const table: Record<string, number[][]> = {
  road: [
    [0.1, 0.2, 0.15, 0.3, 0.25, 0.1, 0.2, 0.4],
    [0.5, 0.7, 0.6, 0.9, 0.8, 0.55, 0.62, 0.95],
    [0.2, 0.1, Number.NaN, 0.25, 0.4, 0.05, 0.3, Number.NaN],
  ],
  'max-sensitivity': [
    [1, 1.2, 0.9, 1.1, 1, 1.3, 0.8, 1],
    [1.1, 1, 1, 1, 1.2, 1.1, 0.9, 1.1],
    [0.2, 0.1, 0.3, 0.2, 0.1, 0.2, 0.3, 0.1],
  ],
};
const studyOf = (pictures: number[], of = methods) =>
  studyWith({
    layers,
    settings: { trust: { methods: of, measures, percentages: [50] } },
    images: pictures.map(() => ({})),
    numbers: Object.fromEntries(
      of.flatMap((method) =>
        measures.map((measure) => [
          trustColumn(method, measure),
          // The first layer has the same but for ROAD, of which it has the half.
          (image: number, layer: number) =>
            table[measure][methods.indexOf(method)][pictures[image]] *
            (layer === 0 && measure === 'road' ? 0.5 : 1),
        ]),
      ),
    ),
  });
const eight = [0, 1, 2, 3, 4, 5, 6, 7];
const study = studyOf(eight);
const known = (values: number[]) => values.filter((value) => !Number.isNaN(value));
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const find = (pairs: readonly MethodPair[], measure: string, first: string, second: string) =>
  pairs.find((pair) => pair.measure === measure && pair.first === first && pair.second === second);

describe('methods against each other', () => {
  it('differ by the mean of what they differ by on each picture, d its share of the deviation', async () => {
    const { pairs, measured } = await methodPairs(study, 1, askAtOnce);
    expect(pairs).toHaveLength(6);
    for (const { measure, first, second, difference, effect } of pairs) {
      const [a, b] = [first, second].map((method) => table[measure][methods.indexOf(method)]);
      const own = known(a.map((value, i) => value - b[i]));
      const mean = sum(own) / own.length;
      const deviation = Math.sqrt(sum(own.map((value) => (value - mean) ** 2)) / (own.length - 1));
      expect(difference.mean).toBeCloseTo(mean, 12);
      expect(difference.count).toBe(own.length);
      expect(difference.low).toBeLessThan(mean);
      expect(difference.high).toBeGreaterThan(mean);
      expect(effect?.effect).toBeCloseTo(mean / deviation, 9);
    }
    expect(measured.map(({ methods: each }) => each.map(({ layer }) => layer))).toEqual([
      [1, 1, 1],
      [1, 1, 1],
    ]);
  });

  it('beyond chance as all flips of the pictures say, one by one, every pair by every measure being one family', async () => {
    const { pairs } = await methodPairs(study, 1, askAtOnce);
    const series = pairs.map(({ measure, first, second }) => {
      const [a, b] = [first, second].map((method) => table[measure][methods.indexOf(method)]);
      return a.map((value, i) => (Number.isNaN(value - b[i]) ? 0 : value - b[i]));
    });
    const student = (values: number[]) => Math.abs(sum(values)) / Math.sqrt(sum(values.map((v) => v * v)));
    const largest = Array.from({ length: 2 ** 8 }, (_, flip) =>
      Math.max(...series.map((own) => student(own.map((value, i) => (flip & (1 << i) ? -value : value))))),
    );
    pairs.forEach(({ p }, i) => {
      const observed = student(series[i]);
      expect(p).toBe(largest.filter((value) => value >= observed - 1e-9).length / 2 ** 8);
    });
    // One way in all of eight pictures: only one of two to seven flips is as far from nothing.
    expect(find(pairs, 'max-sensitivity', 'grad-cam', 'eigen-cam')?.p).toBeLessThan(0.05);
  });

  it('are told apart as the measure has it, low or high', async () => {
    const { pairs } = await methodPairs(study, 1, askAtOnce);
    const best = (measure: string, first: string, second: string) =>
      betterOf(find(pairs, measure, first, second) as MethodPair);
    expect(best('road', 'grad-cam', 'layer-cam')).toBe('layer-cam');
    expect(best('road', 'grad-cam', 'eigen-cam')).toBeNull();
    expect(best('max-sensitivity', 'layer-cam', 'eigen-cam')).toBe('eigen-cam');
    expect(betterOf({ ...pairs[0], p: 0.001, better: null })).toBeNull();
  });

  it('or each at its best layer', async () => {
    const { pairs, measured } = await methodPairs(study, 'best', askAtOnce);
    expect(measured[0].methods.map(({ layer }) => layer)).toEqual([1, 1, 1]);
    expect(find(pairs, 'road', 'grad-cam', 'layer-cam')?.difference.count).toBe(8);
  });

  it('are none where there is one method, or no trust was asked for', async () => {
    expect((await methodPairs(studyOf(eight, ['grad-cam']), 1, askAtOnce)).pairs).toEqual([]);
    const without = studyWith({ layers, images: [{}], numbers: {} });
    expect(await methodPairs(without, 1, askAtOnce)).toEqual({ measured: [], pairs: [] });
  });
});

describe('the square of methods', () => {
  it('has the best first, and below the diagonal the same with the other sign', async () => {
    const found = await methodPairs(study, 1, askAtOnce);
    const { methods: ordered, cells } = methodSquare(found, 'road', 'best');
    expect(ordered.map(({ method }) => method)).toEqual(['layer-cam', 'eigen-cam', 'grad-cam']);
    expect(ordered.map(({ wins, losses }) => [wins, losses])).toEqual([
      [2, 0],
      [0, 1],
      [0, 1],
    ]);
    const at = (row: number, column: number) => cells[row][column] as MeasuredCell;
    for (const [row, column] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ]) {
      expect(effectFor(at(row, column))).toBeCloseTo(-(effectFor(at(column, row)) as number), 12);
      const [own, other] = [differenceFor(at(row, column)), differenceFor(at(column, row))];
      expect([own.mean, own.low, own.high]).toEqual([-other.mean, -other.high, -other.low]);
    }
    expect(effectFor(at(0, 1))).toBeGreaterThan(0);
    expect(cells.map((row, i) => row[i])).toEqual([null, null, null]);
    // Where low is better, the row that has less is the better one.
    const low = methodSquare(found, 'max-sensitivity', 'best');
    expect(low.methods[0].method).toBe('eigen-cam');
    expect(effectFor(low.cells[0][1] as MeasuredCell)).toBeGreaterThan(0);
    expect(differenceFor(low.cells[0][1] as MeasuredCell).mean).toBeLessThan(0);
    expect(methodSquare(found, 'road', 'study').methods.map(({ method }) => method)).toEqual(methods);
  });

  it('counts over all measures, and says who comes first', async () => {
    const found = await methodPairs(study, 1, askAtOnce);
    const all = methodSquare(found, 'all', 'study');
    expect(all.methods.map(({ wins, losses }) => [wins, losses])).toEqual([
      [0, 2],
      [2, 1],
      [2, 1],
    ]);
    expect(all.cells[1][2]).toEqual({ wins: 1, losses: 1, of: 2 });
    expect(all.cells[1][0]).toEqual({ wins: 1, losses: 0, of: 2 });
    expect(differing(found.pairs, 'all')).toEqual({ differ: 4, of: 6 });
    expect(squareInWords(found, methodSquare(found, 'road', 'best'), 'road')).toBe(
      'By ROAD, 2 of 3 pairs of methods differ beyond chance. LayerCAM comes first: better in 2 comparisons, worse in 0.',
    );
    expect(squareInWords(found, all, 'all')).toContain(' LayerCAM and Eigen-CAM share the first place.');
  });

  it('leaves out a method without numbers, and says that nothing can be compared', async () => {
    const found = await methodPairs(studyOf([2, 7]), 1, askAtOnce);
    expect(methodSquare(found, 'road', 'best').methods.map(({ method }) => method)).toEqual([
      'layer-cam',
      'grad-cam',
    ]);
    const none = { measured: found.measured, pairs: [] };
    expect(squareInWords(none, methodSquare(none, 'road', 'best'), 'road')).toContain('No two methods');
  });
});
