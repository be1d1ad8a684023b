import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { weighSigns } from '../../faithfulness/weigh-signs';
import type { Network } from '../network';
import { forward, readerOf } from '../run-network';
import { type Detection, detectionsIn } from './detections';
import { explainedOf } from './explained';
import { cosineScore } from './score';
import type { Box, Target } from './target';
import { expectExplained, fixturePicture, networkCalled, references } from './targets-testing';

beforeAll(() => startBackend('wasm'));

describe('what is explained has the gradient that PyTorch has', () => {
  it.each(['classifier', 'embedding'])('%s', async (name) => {
    const network = await networkCalled(name);
    for (const reference of references[name]) await expectExplained(network, reference);
    network.dispose();
  });
});

describe('a class over a part of the picture', () => {
  it.each(['fcn', 'deeplab', 'lraspp'])('%s', async (name) => {
    const network = await networkCalled(name);
    for (const reference of references[name]) {
      expect((await expectExplained(network, reference)).index).toBe(reference.index);
    }
    network.dispose();
  });

  it('can be masked sign by sign, at the layer that a resizing reads too', async () => {
    const network = await networkCalled('fcn');
    const x = fixturePicture();
    const labels = new Int32Array(32 * 32).fill(-1).fill(0, 100, 300);
    const found = await weighSigns(network, x, {
      layers: [{ name: 'head.head.4', labels, masses: [1] }],
      ...{ atInput: false, target: references.fcn[0].target, checkpoint: async () => {}, onProgress() {} },
    });
    expect(found.logit).toBeCloseTo(references.fcn[0].value, 5);
    expect(found.layers[0].signs[0]?.weight).not.toBeNaN();
    x.dispose();
    network.dispose();
  });

  it('may be one place, which is explained by its logit there', async () => {
    // Of 2 × 2 places with two classes the third alone is of the second class.
    const map = Float32Array.of(3, 1, 4, 1, 2, 7, 5, 0);
    const detail = { kind: 'places', node: 0 } as const;
    const nodes = [{ shape: [2, 2, 2] }] as unknown as Network['nodes'];
    const target = { kind: 'region', index: null, place: [0, 1] } as const;
    const { index, value, score } = await explainedOf({ ...network, detail, nodes }, target, async () => map);
    expect({ index, value }).toEqual({ index: 1, value: 7 });
    expect([...score.gradient(map)]).toEqual([0, 0, 0, 0, 0, 1, 0, 0]);
  });

  it('is refused where a network does not tell what is where', async () => {
    await expect(explain({ kind: 'region', index: null, place: [0, 0] }, [1, 2])).rejects.toThrow(
      'This network does not tell what is where in a picture. Choose one of its classes or numbers.',
    );
  });
});

describe('the class score of a box, its place, both, and each of its edges', () => {
  it.each(['yolo8', 'yolo5', 'ssd', 'detr', 'rtdetr', 'nanodet'])('%s', async (name) => {
    const network = await networkCalled(name, 5);
    expect(network.reading.what).toMatch(/^((64|12|80) boxes of 5 classes|10 boxes)$/);
    for (const reference of references[name]) {
      const { index } = await expectExplained(network, reference);
      expect(index).toBe(reference.index);
      const x = fixturePicture();
      const outputs = await forward(network, x, async () => {});
      const { node, layout } = network.detail as Extract<Network['detail'], { kind: 'boxes' }>;
      const found = detectionsIn(await outputs[node].data(), layout, network.inputShape);
      const { corners } = found.find(({ box }) => box === (reference.target as Box).box) as Detection;
      corners.forEach((corner, i) => {
        const inside = Math.min(1, Math.max(0, (reference.corners as number[])[i]));
        expect(corner).toBeCloseTo(inside, 4);
      });
      const surest = await explainedOf(network, { kind: 'box', box: 'surest' }, readerOf(outputs));
      expect(surest.value).toBeCloseTo(references[name][0].value, 4);
      await expect(explainedOf(network, { kind: 'box', box: 999 }, readerOf(outputs))).rejects.toThrow(
        'This picture has no box 999. Choose one of those that are found in it.',
      );
      for (const tensor of [...outputs, x]) tensor.dispose();
    }
    network.dispose();
  });
});

const network = {
  inputShape: [8, 8, 3],
  nodes: [],
  output: 0,
  reading: { kind: 'classes', what: '', reason: '', readsEitherWay: false, noun: 'class' },
} as const;

const explain = (target: Target, logits: number[]) =>
  explainedOf(network, target, async () => Float32Array.from(logits));

describe('values by hand', () => {
  it.each<[Target, number, number]>([
    [null, 1, 5],
    [2, 2, 3],
    [{ kind: 'contrast', index: null, against: 2 }, 1, 2],
    [{ kind: 'contrast', index: 2, against: 'rest' }, 2, 0],
    [{ kind: 'contrast', index: 2, against: 'opposite' }, 2, -3],
  ])('%j', async (target, index, value) => {
    expect(await explain(target, [1, 5, 3])).toMatchObject({ index, value });
  });

  it('is the cosine, with the gradient of its quotient', () => {
    const score = cosineScore(0, [3, 4]);
    expect(score.value([1, 0])).toBeCloseTo(0.6, 12);
    // Across the vector, the cosine grows by the other's unit vector; along it, not at all.
    expect([...score.gradient([1, 0])].map((part) => Number(part.toFixed(6)))).toEqual([0, 0.8]);
    expect(score.value([0, 0])).toBe(0);
    expect([...score.gradient([0, 0])]).toEqual([0, 0]);
  });
});

describe('what there is not, is said', () => {
  it.each<[Target, number[], string]>([
    [7, [1, 2], 'There is nothing with the number 7 to explain: the network has 2 classes.'],
    [
      { kind: 'contrast', index: 0, against: 9 },
      [1, 2],
      'There is nothing with the number 9 to explain: the network has 2 classes.',
    ],
    [
      { kind: 'contrast', index: null, against: 1 },
      [1, 2],
      'The highest one of this picture is what it is to be set against. Choose another to explain, or another to set it against.',
    ],
    [
      { kind: 'contrast', index: 0, against: 'rest' },
      [1],
      'There is nothing to set it against: the network yields one number. Choose what speaks against it.',
    ],
    [
      { kind: 'similarity', to: [1, 2, 3] },
      [1, 2],
      'The two pictures are described by vectors of 2 and of 3 and cannot be compared. Choose the second picture again.',
    ],
  ])('%j', async (target, logits, sentence) => {
    await expect(explain(target, logits)).rejects.toThrow(sentence);
  });
});
