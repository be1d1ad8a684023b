import { describe, expect, test } from 'vitest';
import type { SignMeasurement } from '../../../engine/measure/measure-methods';
import { findSigns, linkSigns, loopArea } from '../../../semiotics';
import { followedOutlines, outlinesOf, signAtPlace } from './layer-outlines';

const grid = { width: 40, height: 24 };

/** Bumps of one deviation at these columns, added up. */
const bumps = (deviation: number, ...columns: number[]) => {
  const map = Float32Array.from({ length: grid.width * grid.height }, (_, i) => {
    const [x, y] = [i % grid.width, Math.floor(i / grid.width)];
    return columns.reduce(
      (sum, u) => sum + Math.exp(-((x - u) ** 2 + (y - 12) ** 2) / (2 * deviation ** 2)),
      0,
    );
  });
  return { map, ...findSigns(map, grid.width, grid.height) };
};
/** Two bumps, one of which the second layer does not have; then one that holds both. */
const layers = [bumps(3, 10, 30), bumps(3, 10), bumps(12, 14, 26)];
const signs: SignMeasurement = { grid, layers, linked: linkSigns(layers), milliseconds: 0 };
const right = layers[0].signs.findIndex(({ peak }) => peak[0] === 30);
const left = 1 - right;

const area = (loops: Int32Array[]) => loops.reduce((sum, loop) => sum + loopArea(loop), 0);

describe('the sign that is followed', () => {
  test('is outlined in its own layer, its family in the others', () => {
    const outlines = followedOutlines(signs, { layer: 0, sign: left });
    expect(outlines.map(({ kind }) => kind)).toEqual(['own', 'family', 'family']);
    expect(area(outlines[0].loops)).toBe(layers[0].signs[left].area);
    expect(area(outlines[2].loops)).toBe(layers[2].signs[0].area);
  });
  test('has its place shown where a layer holds nothing of it', () => {
    const outlines = followedOutlines(signs, { layer: 0, sign: right });
    expect(outlines.map(({ kind }) => kind)).toEqual(['own', 'elsewhere', 'family']);
    expect(outlines[1].loops).toEqual(outlines[0].loops);
  });
  test('as a supersign shows all its parts', () => {
    const outlines = followedOutlines(signs, { layer: 2, sign: 0 });
    expect(area(outlines[0].loops)).toBe(layers[0].signs[0].area + layers[0].signs[1].area);
  });
});

test('outlines are traced once for the same labels', () => {
  expect(outlinesOf(signs, 0)).toBe(outlinesOf(signs, 0));
});

test('a place on the picture means the sign there, or none', () => {
  expect(signAtPlace(signs, 0, 10.5 / 40, 12.5 / 24)).toEqual({ layer: 0, sign: left });
  expect(signAtPlace(signs, 0, 30.5 / 40, 12.5 / 24)).toEqual({ layer: 0, sign: right });
  expect(signAtPlace(signs, 1, 30.5 / 40, 12.5 / 24)).toBeNull();
  expect(signAtPlace(signs, 0, 0.999, 0.999)).toBeNull();
});
