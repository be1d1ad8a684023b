import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { seededRandom } from '../../semiotics';
import { initialWeights } from '../../training/architecture/initial-weights';
import type { NamedWeight } from '../../training/architecture/named-weight';
import { layoutOf } from '../../training/architecture/parameter-layout';
import { networkInput } from '../../training/data/augment';
import { batchLoss } from '../../training/loss';
import { planOf, trainingPass } from '../../training/pass';
import { barPictures } from '../../training/training-testing';
import { smallVgg } from '../search-testing';
import { placesAmong } from './rank-filters';
import { signsLost, structureOf } from './semiotic-measures';
import { taylorMeasures } from './taylor-measures';
import { weightMeasures } from './weight-measures';

beforeAll(() => startBackend('wasm'));

describe('the signs that a filter makes', () => {
  // Two channels on 4 x 1: the first makes the sign at the left, the second that at the right.
  const maps = [Float32Array.of(4, 0, 0, 0), Float32Array.of(0, 0, 0, 2)];
  it('are the share of their mass that goes with it', () => {
    const lost = signsLost({ maps, width: 4, height: 1 }, [1, 1]);
    expect(lost[0]).toBeCloseTo(4 / 6, 6);
    expect(lost[1]).toBeCloseTo(2 / 6, 6);
  });
  it('go by what the class makes of them', () => {
    const lost = signsLost({ maps, width: 4, height: 1 }, [1, 4]);
    expect(lost[0]).toBeCloseTo(4 / 12, 6);
    expect(lost[1]).toBeCloseTo(8 / 12, 6);
  });
  it('are none of a filter that speaks against the class, and where there is no evidence', () => {
    const against = [...maps, Float32Array.of(1, 0, 0, 0)];
    expect(signsLost({ maps: against, width: 4, height: 1 }, [1, 1, -1])[2]).toBe(0);
    expect(signsLost({ maps, width: 4, height: 1 }, [-1, -1])).toEqual([0, 0]);
  });
});

describe('the structure of a filter', () => {
  const side = 16;
  const options = { measure: 'aura', levels: 256, shuffles: 8 } as const;
  const random = seededRandom(3);
  const noise = Float32Array.from({ length: side * side }, () => random.next());
  const ramp = Float32Array.from({ length: side * side }, (_, i) => i % side);
  it('is none for noise and for a map that says nothing, and some for a map with shapes', () => {
    const flat = new Float32Array(side * side).fill(3);
    const [ofNoise, ofRamp, ofFlat] = structureOf(
      { maps: [noise, ramp, flat], width: side, height: side },
      options,
      0,
    );
    expect(Math.abs(ofNoise)).toBeLessThan(0.1);
    expect(ofRamp).toBeGreaterThan(1);
    expect(ofFlat).toBe(0);
  });
});

describe('what the weights tell', () => {
  it('is the mean absolute weight of every filter, and the scale behind it', () => {
    const weights = initialWeights(smallVgg, 1).map((weight): NamedWeight => {
      const { name, shape } = weight;
      if (name === 'a2/filter') {
        return {
          ...weight,
          values: Float32Array.from(weight.values, (_, i) => ((i % 4) + 1) * (i % 8 < 4 ? 1 : -1)),
        };
      }
      return name === 'a2/scale' ? { name, shape, values: Float32Array.of(1, -2, 0, 0.5) } : weight;
    });
    const measured = weightMeasures(smallVgg, weights).find(({ group }) => group === 'a2');
    expect(measured?.norm).toEqual([1, 2, 3, 4]);
    expect(measured?.scale).toEqual([1, 2, 0, 0.5]);
  });
  it('puts every value in its place among all, equal ones in one', () => {
    expect(placesAmong([3, 1, 1, 9])).toEqual([2.5 / 4, 1 / 4, 1 / 4, 3.5 / 4]);
  });
});

describe('the first-order change of the loss', () => {
  const data = barPictures(16, 3, 8, 3);
  // Without kinks, so that differences tell slopes.
  const smooth = { ...smallVgg, activation: 'tanh' } as const;
  const weights = initialWeights(smooth, 2);

  /** Mean loss of the first batch, with the scale and offset of one filter multiplied by a gate. */
  async function lossAt(layer: string, filter: number, gate: number): Promise<number> {
    const gated = weights.map((weight): NamedWeight => {
      if (weight.name !== `${layer}/scale` && weight.name !== `${layer}/offset`) return weight;
      const values = weight.values.slice();
      values[filter] *= gate;
      return { ...weight, values };
    });
    const tensors = new Map(gated.map(({ name, shape, values }) => [name, tf.tensor(values, shape)]));
    const { pixels, labels } = await data.read(
      'train',
      Array.from({ length: 8 }, (_, i) => i),
    );
    const x = tf.tensor4d(networkInput(pixels, 16, null, seededRandom(0)), [8, 16, 16, 3]);
    const pass = trainingPass(
      planOf(layoutOf(smooth)),
      x,
      tensors as Map<string, tf.Tensor>,
      (logits) => tf.zerosLike(logits),
      seededRandom(0),
    );
    const logits = (await pass.logits.data()) as Float32Array;
    tf.dispose([
      x,
      pass.logits,
      ...tensors.values(),
      ...pass.gradients.values(),
      ...pass.statistics.values(),
    ]);
    return batchLoss(logits, labels, 3, 0).loss;
  }

  it.each([
    ['b2', 1],
    ['c2', 5],
  ] as const)('of %s, filter %i, is the squared slope of the loss by its gate', async (layer, filter) => {
    const before = tf.memory().numTensors;
    const measured = await taylorMeasures(smooth, weights, data, { pause: async () => {} });
    const step = 0.01;
    const slope =
      ((await lossAt(layer, filter, 1 + step)) - (await lossAt(layer, filter, 1 - step))) / (2 * step);
    const value = measured.get(layer)?.[filter] as number;
    expect(Math.abs(slope)).toBeGreaterThan(1e-5);
    expect(Math.abs(Math.sqrt(value) - Math.abs(slope)) / Math.abs(slope)).toBeLessThan(0.02);
    expect(tf.memory().numTensors).toBe(before);
  });
});
