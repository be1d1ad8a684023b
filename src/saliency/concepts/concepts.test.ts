import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../semiotics';
import { factorise } from './layer-concepts';
import { improveFactors, weightsOfParts } from './non-negative-factors';

interface Start {
  rows: number;
  columns: number;
  rank: number;
  matrix: number[];
  weights: number[];
  parts: number[];
  after: { rounds: number; weights: number[]; parts: number[]; loss: number }[];
}

/** By `fixtures/concepts.py`. */
const references: {
  starts: Start[];
  held: Pick<Start, 'rows' | 'columns' | 'rank' | 'matrix' | 'parts' | 'weights'>;
  layer: {
    side: number;
    channels: number;
    concepts: number;
    activations: number[];
    loss: number;
    size: number;
    maps: number[][];
  };
} = JSON.parse(readFileSync(path.join(import.meta.dirname, 'fixtures/concepts.json'), 'utf8'));

const farthest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
const matrix = ({ matrix: values, rows, columns }: Pick<Start, 'matrix' | 'rows' | 'columns'>) => ({
  ...{ values: Float64Array.from(values), rows, columns },
});

describe('non-negative factors', () => {
  it.each(references.starts.flatMap((start) => start.after.map((end) => ({ start, end }))))(
    'are those of scikit-learn after $end.rounds rounds from the same start, rank $start.rank',
    async ({ start, end }) => {
      const from = { weights: Float64Array.from(start.weights), parts: Float64Array.from(start.parts) };
      const found = await improveFactors(
        matrix(start),
        { ...from, rank: start.rank },
        { rounds: end.rounds, tolerance: Number.NEGATIVE_INFINITY },
      );
      expect(found.rounds).toBe(end.rounds);
      expect(Math.abs(found.loss / end.loss - 1)).toBeLessThan(1e-9);
      expect(farthest(found.weights, end.weights)).toBeLessThan(1e-6);
      expect(farthest(found.parts, end.parts)).toBeLessThan(1e-6);
    },
  );

  it('have the weights of SciPy’s non-negative least squares by parts that stand still', () => {
    const { held } = references;
    const weights = weightsOfParts(matrix(held), Float64Array.from(held.parts), held.rank);
    expect(farthest(weights, held.weights)).toBeLessThan(1e-5);
  });
});

/** A layer of known concepts: every one alone somewhere, mixed elsewhere. */
function known(side: number, channels: number, rank: number) {
  const random = seededRandom(11);
  const parts = Array.from({ length: rank }, () =>
    Array.from({ length: channels }, () => Math.max(0, random.next() - 0.3)),
  );
  const maps = Array.from({ length: rank }, (_, k) =>
    Float64Array.from({ length: side * side }, (_, place) =>
      place % 7 === k ? 1 + random.next() : place % 7 > rank ? random.next() : 0,
    ),
  );
  const values = Float32Array.from({ length: side * side * channels }, (_, i) => {
    const [place, channel] = [Math.floor(i / channels), i % channels];
    return maps.reduce((sum, map, k) => sum + map[place] * parts[k][channel], 0);
  });
  const mass = maps.map((map, k) => map.map((value) => value * parts[k].reduce((a, b) => a + b, 0)));
  return { features: { values, width: side, height: side, channels }, mass };
}

describe('the concepts of a layer', () => {
  it('are those it was made of, up to their order, also where more are asked for', async () => {
    const { features, mass } = known(12, 10, 4);
    const total = mass.flatMap((map) => Array.from(map)).reduce((a, b) => a + b, 0);
    for (const count of [4, 6]) {
      const { concepts, explained } = await factorise(features, count);
      expect(concepts).toHaveLength(4);
      expect(explained).toBeGreaterThan(1 - 1e-8);
      const ordered = mass.toSorted((a, b) => sum(b) - sum(a));
      concepts.forEach(({ map, share }, k) => {
        expect(farthest(map, ordered[k])).toBeLessThan(1e-4 * Math.max(...ordered[k]));
        expect(Math.abs(share - sum(ordered[k]) / total)).toBeLessThan(1e-4);
      });
    }
  });

  it('are found from some places of a large layer, and told of all', async () => {
    const { features, mass } = known(70, 50, 3);
    const { concepts } = await factorise(features, 3);
    const ordered = mass.toSorted((a, b) => sum(b) - sum(a));
    concepts.forEach(({ map }, k) => {
      expect(farthest(map, ordered[k])).toBeLessThan(1e-4 * Math.max(...ordered[k]));
    });
  });

  it('are pytorch-grad-cam’s as far as it goes on, and leave no more', async () => {
    const { side, channels, concepts: count, activations, loss, size, maps } = references.layer;
    const features = { values: Float32Array.from(activations), width: side, height: side, channels };
    const { concepts, explained } = await factorise(features, count, { tolerance: 1e-7, rounds: 2000 });
    expect((1 - explained) * size).toBeLessThan(loss * (1 + 1e-4));
    concepts.forEach(({ map }, k) => {
      expect(distance(map, maps[k])).toBeLessThan(0.1);
    });
  });

  it('are one where every place is the same, none where nothing is above 0, and no more than channels', async () => {
    const layer = (values: number[], channels: number) => ({
      ...{ values: Float32Array.from(values), channels, height: 1, width: values.length / channels },
    });
    const constant = await factorise(layer([2, 0, 1, 2, 0, 1, 2, 0, 1], 3), 5);
    expect(constant.concepts).toHaveLength(1);
    expect(Array.from(constant.concepts[0].map)).toEqual([3, 3, 3]);
    expect(Array.from(constant.concepts[0].vector)).toEqual([2, 0, 1]);
    expect(constant.concepts[0].share).toBe(1);
    expect(constant.explained).toBe(1);
    expect(await factorise(layer([0, -1, -2, 0, 0, 0], 2), 5)).toEqual({ concepts: [], explained: 1 });
    const narrow = await factorise(layer([1, 0, 0, 1, 1, 1, 3, 1], 2), 8);
    expect(narrow.concepts).toHaveLength(2);
    expect(narrow.explained).toBeGreaterThan(1 - 1e-9);
  });

  it('end between two rounds when the work is cancelled', async () => {
    const stop = async () => {
      throw new DOMException('', 'AbortError');
    };
    await expect(factorise(known(12, 10, 4).features, 4, { onRound: stop })).rejects.toThrow(DOMException);
  });
});

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
const distance = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  const size = (values: number[]) => Math.sqrt(sum(values.map((value) => value * value)));
  return size(Array.from(a, (value, i) => value - b[i])) / size(Array.from(b));
};
