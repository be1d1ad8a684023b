import { describe, expect, it } from 'vitest';
import type { Task } from '../../rpc/serve';
import { ENTROPY_MEASURES, seededRandom, superization } from '../../semiotics';
import type { MapData } from '../../semiotics/map-data';
import { measure } from '../measure/measure-maps';
import { nullSignCounts, signs } from '../measure/measure-signs';
import { measurePicture } from './measure-picture';
import { columnsOf } from './measured-columns';
import type { StudyMeasureRequest } from './study-methods';

const random = seededRandom(7);
const mapOf = (width: number, height: number, value: () => number): MapData => ({
  values: Float32Array.from({ length: width * height }, value),
  width,
  height,
});
/** Noise, a field of hills, a map without evidence, and a small one. */
const maps: MapData[] = [
  mapOf(28, 28, () => random.next()),
  {
    width: 14,
    height: 14,
    values: Float32Array.from({ length: 196 }, (_, i) =>
      Math.max(0, Math.sin((i % 14) / 2) * Math.cos(Math.floor(i / 14) / 3)),
    ),
  },
  mapOf(14, 14, () => 0),
  mapOf(7, 7, () => Math.max(0, random.next() - 0.3)),
];
const signGrid = { width: 28, height: 28 };
const measures = ENTROPY_MEASURES.map(({ id }) => id);
const request: StudyMeasureRequest = {
  maps,
  measures,
  levels: 32,
  neighbourhood: 4,
  torus: false,
  grid: signGrid,
  signGrid,
  tau: 0.1,
  theta: 0.2,
  shuffles: 6,
  seed: 1,
};
const unhurried = async () => {};
const task = { report: () => {}, checkpoint: unhurried } as unknown as Task<never>;

describe.each([
  ['the input grid', request],
  ['each layer’s own grid', { ...request, grid: null }],
  ['eight neighbours on a torus', { ...request, neighbourhood: 8 as const, torus: true, levels: 16 }],
])('the numbers of a picture on %s', (_, asked) => {
  it('are those that Explain measures, null models included', async () => {
    const columns = await measurePicture(asked, unhurried);
    expect(Object.keys(columns)).toEqual(columnsOf(measures));
    const { shuffles, seed, grid, levels, neighbourhood, torus } = asked;
    for (const id of measures) {
      const entropy = { measure: id, levels, neighbourhood, torus };
      const { layers } = await measure({ maps, grid, entropy, shuffles, seed }, task);
      layers.forEach((layer, index) => {
        if (index === 2) return;
        expect(columns[id][index]).toBe(layer.value);
        expect(columns[`${id} null`][index]).toBe(layer.null?.mean);
        expect(columns[`${id} null sd`][index]).toBe(layer.null?.sd);
        expect(columns[`${id} structure`][index]).toBe(layer.structure ?? Number.NaN);
        if (index === 0 || index === 3) return;
        const before = layers[index - 1];
        const aura = (split: { marginal: number; conditional: number }) => ({
          ...split,
          joint: split.marginal + split.conditional,
        });
        const step = superization(
          { value: aura(before), null: aura(before.nullAura as NonNullable<typeof before.nullAura>) },
          { value: aura(layer), null: aura(layer.nullAura as NonNullable<typeof layer.nullAura>) },
        );
        expect(columns['class formation'][index]).toBe(step.classFormation);
        expect(columns['complex formation'][index]).toBe(step.complexFormation);
        expect(columns['class formation null'][index]).toBe(step.null.classFormation);
        expect(columns['complex formation null'][index]).toBe(step.null.complexFormation);
      });
    }
    // No layer comes before the first; the third holds no evidence.
    for (const name of ['class formation', 'complex formation null']) {
      expect([...columns[name]].map(Number.isNaN)).toEqual([true, false, true, true]);
    }
    for (const name of measures.flatMap((id) => [id, `${id} null`, `${id} null sd`, `${id} structure`])) {
      expect(columns[name][2], name).toBeNaN();
    }
  });

  it('count the signs that Explain finds, and those of its null model', async () => {
    const columns = await measurePicture(asked, unhurried);
    const { tau, theta, shuffles, seed } = asked;
    const found = signs({ maps, grid: signGrid, tau, theta });
    const nulls = await nullSignCounts({ maps, grid: signGrid, tau, theta, shuffles, seed }, task);
    found.layers.forEach((layer, index) => {
      expect(columns.signs[index]).toBe(layer.signs.length);
      expect(columns['signs null'][index]).toBeCloseTo(nulls[index]?.mean ?? Number.NaN, 12);
      const supersigns = found.linked.layers[index].filter(({ order }) => order >= 2);
      expect(columns.supersigns[index]).toBe(supersigns.length);
      const shares = layer.signs.map(({ share }) => share).sort((a, b) => b - a);
      expect(columns['largest share'][index]).toBe(shares[0] ?? Number.NaN);
    });
    expect(columns.signs[2]).toBe(0);
    expect(columns.signs[0]).toBeGreaterThan(1);
  });
});
