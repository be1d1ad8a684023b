import { describe, expect, it } from 'vitest';
import { layoutOfList, layoutOfPair } from './box-layout';
import { type Detection, detectionsIn, intersectionOverUnion, suppressed } from './detections';

const input = [640, 640, 3];
const list = (shape: [number, number], names = 0, name = 'out') =>
  layoutOfList({ name, shape, names, inputShape: input });

describe('what is a list of boxes', () => {
  it.each<[string, [number, number], number, object | null]>([
    ['YOLO v8 to v11', [8400, 84], 80, { classes: 80, firstClass: 4, objectness: null }],
    ['YOLO v8 of one class, unnamed', [8400, 5], 0, { classes: 1, firstClass: 4 }],
    ['YOLO v5', [25200, 85], 80, { classes: 80, firstClass: 5, objectness: 4 }],
    ['YOLO v5, unnamed', [25200, 7], 0, { classes: 2, firstClass: 5 }],
    ['YOLO v8 with masks', [8400, 4 + 80 + 32], 80, { classes: 80, firstClass: 4, objectness: null }],
    ['YOLO v8 with angles', [8400, 4 + 15 + 1], 15, { classes: 15, firstClass: 4, objectness: null }],
    ['YOLO v5 with masks', [25200, 5 + 80 + 32], 80, { classes: 80, firstClass: 5, objectness: 4 }],
    ['RT-DETR of Ultralytics', [300, 6], 0, { classAt: 5, firstClass: 4, box: 'either' }],
    ['YOLO behind its suppression', [300, 6], 80, { classAt: 5, firstClass: 4, box: 'either' }],
    ['tokens of a transformer', [197, 768], 0, null],
    ['words', [77, 512], 0, null],
  ])('%s', (_, shape, names, expected) => {
    const layout = list(shape, names);
    if (expected === null) expect(layout).toBeNull();
    else expect(layout).toMatchObject(expected);
  });

  it.each([
    ['SSD', [8732, 21], 'softmax', 20, { classes: 20, firstClass: 5, scored: { by: 'softmax' } }],
    ['DETR', [100, 92], 'logits', 0, { classes: 91, firstClass: 4, box: 'middle' }],
    ['RT-DETR', [300, 80], 'logits', 80, { classes: 80, scored: { by: 'sigmoid' } }],
    ['RetinaNet', [20000, 91], 'logits', 0, { classes: 91, scored: { by: 'sigmoid' } }],
  ] as const)('%s', (_, scores, head, names, expected) => {
    expect(layoutOfPair([scores[0], 4], scores, head, names)).toMatchObject(expected);
  });

  it('is not two lists of different lengths', () => {
    expect(layoutOfPair([100, 4], [99, 92], 'logits', 0)).toBeNull();
  });
});

const box = (index: number, score: number, ...corners: [number, number, number, number]): Detection => ({
  ...{ box: 0, index, score, corners },
});

describe('overlapping boxes', () => {
  it('share their intersection over their union', () => {
    expect(intersectionOverUnion([0, 0, 0.2, 0.2], [0.1, 0, 0.3, 0.2])).toBeCloseTo(1 / 3, 12);
    expect(intersectionOverUnion([0, 0, 0.1, 0.1], [0.2, 0.2, 0.3, 0.3])).toBe(0);
    expect(intersectionOverUnion([0, 0, 0, 0], [0, 0, 0, 0])).toBe(0);
  });

  it('leave the surest of each class', () => {
    const sure = box(1, 0.9, 0, 0, 0.5, 0.5);
    const covered = box(1, 0.8, 0.02, 0, 0.5, 0.5);
    const other = box(2, 0.7, 0.02, 0, 0.5, 0.5);
    const apart = box(1, 0.6, 0.5, 0.5, 1, 1);
    expect(suppressed([sure, covered, other, apart])).toEqual([sure, other, apart]);
  });
});

describe('the boxes of a picture', () => {
  const layout = list([8400, 6], 2) as NonNullable<ReturnType<typeof list>>;
  const written = (boxes: number[][]) => ({
    values: boxes.flat(),
    layout: { ...layout, count: boxes.length },
  });

  it('are read in pixels and in shares, by middle and size', () => {
    const pixels = written([[320, 160, 64, 128, 0.1, 0.9]]);
    const shares = written([[0.5, 0.25, 0.1, 0.2, 0.1, 0.9]]);
    for (const { values, layout: own } of [pixels, shares]) {
      const [found] = detectionsIn(values, own, input);
      expect(found).toMatchObject({ box: 0, index: 1, score: 0.9 });
      [0.45, 0.15, 0.55, 0.35].forEach((corner, i) => {
        expect(found.corners[i]).toBeCloseTo(corner, 12);
      });
    }
  });

  it('are the surest one where none is sure, and none where no box has an area', () => {
    const unsure = written([
      [320, 160, 64, 128, 0.1, 0.02],
      [320, 400, 64, 128, 0.01, 0.12],
    ]);
    expect(detectionsIn(unsure.values, unsure.layout, input)).toMatchObject([{ box: 1, score: 0.12 }]);
    const flat = written([[320, 160, 0, 128, 0.9, 0.9]]);
    expect(detectionsIn(flat.values, flat.layout, input)).toEqual([]);
  });

  it('are at most three hundred of thousands', () => {
    const many = written(
      Array.from({ length: 4000 }, (_, i) => [
        (i % 63) * 10 + 5,
        Math.floor(i / 63) * 10 + 5,
        8,
        8,
        0.5,
        0.4,
      ]),
    );
    expect(detectionsIn(many.values, many.layout, input)).toHaveLength(300);
  });
});
