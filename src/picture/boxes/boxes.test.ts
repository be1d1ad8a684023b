import { describe, expect, it } from 'vitest';
import { boxesAsFile, boxesInFile } from './boxes';
import { cocoBoxes } from './coco-boxes';
import { insideBoxes } from './inside-boxes';
import { vocBoxes } from './voc-boxes';

const edges = (box: [number, number, number, number]) =>
  ['xmin', 'ymin', 'xmax', 'ymax'].map((edge, i) => `<${edge}>${box[i]}</${edge}>`).join('');
const object = (name: string, box: [number, number, number, number], more = '') =>
  `<object><name>${name}</name><pose>Left</pose>${more}<bndbox>${edges(box)}</bndbox></object>`;
const annotation = (inner: string) => `<annotation>\n\t<folder>VOC2007</folder>\n${inner}</annotation>`;
const sized = '<size><width>500</width><height>375</height><depth>3</depth></size>';

describe('boxes of PASCAL VOC', () => {
  it('are read with their size, their pixels counted from 1 and the last one theirs', () => {
    const part = `<part><name>head</name><bndbox>${edges([9, 9, 12, 12])}</bndbox></part>`;
    const text = `<?xml version="1.0"?><!-- by hand: <object> -->${annotation(
      sized + object('dog', [1, 1, 500, 375], part) + object('cat &amp; mouse', [48.5, 240, 195, 371]),
    )}`;
    expect(vocBoxes(text)).toEqual({
      size: { width: 500, height: 375 },
      boxes: [
        { left: 0, top: 0, right: 500, bottom: 375, label: 'dog' },
        { left: 47.5, top: 239, right: 195, bottom: 371, label: 'cat & mouse' },
      ],
    });
    expect(vocBoxes(annotation('<size><width>0</width><height>0</height></size>'))).toEqual({
      ...{ boxes: [], size: null },
    });
  });

  it.each([
    ['<html></html>', 'is no annotation of PASCAL VOC'],
    [annotation(object('dog', [1, 1, 5, 5])).slice(0, 90), 'breaks off'],
    ['<annotation><object></annotation>', 'is no XML: “annotation” ends where “object” is open'],
    [annotation(object('dog', [5, 1, 2, 5])), 'ends before it begins'],
    [annotation(object('dog', [1, 1, Number.NaN, 5])), 'right edge is no number'],
    [annotation('<object><bndbox><xmin>1</xmin></bndbox></object>'), 'top edge is no number'],
    ['<a>'.repeat(100_000), 'nested too deeply'],
  ])('that are damaged are told of: %#', (text, said) => {
    expect(() => vocBoxes(text)).toThrow(said);
  });

  it('name no entities of their own: nothing grows', () => {
    const bomb = `<!DOCTYPE a [<!ENTITY x "${'y'.repeat(50)}">]>${annotation(object('&x;', [1, 1, 2, 2]))}`;
    expect(vocBoxes(bomb).boxes[0].label).toBe('&x;');
  });
});

describe('boxes of COCO', () => {
  const categories = [{ id: 18, name: 'dog' }];
  const image = { id: 7, file_name: 'val/a.jpg', width: 640, height: 480 };
  it('are read by picture, one without any among them', () => {
    const text = JSON.stringify({
      ...{ info: {}, categories, images: [image, { id: 8, file_name: 'b.jpg' }] },
      annotations: [
        { image_id: 7, category_id: 18, bbox: [10.5, 20, 100, 50] },
        { image_id: 7, category_id: 18, bbox: [10.5, 20, 0, 50] },
        { image_id: 99, category_id: 18, bbox: [0, 0, 1, 1] },
        { image_id: 7, category_id: 18, segmentation: [] },
      ],
    });
    expect(cocoBoxes(text)).toEqual(
      new Map([
        [
          'val/a.jpg',
          {
            size: { width: 640, height: 480 },
            boxes: [{ left: 10.5, top: 20, right: 110.5, bottom: 70, label: 'dog' }],
          },
        ],
        ['b.jpg', { size: null, boxes: [] }],
      ]),
    );
  });

  it('are told from other JSON, and damage is told of', () => {
    expect(cocoBoxes('{"remember": "the milk"}')).toBeNull();
    expect(cocoBoxes('[1, 2')).toBeNull();
    expect(() => cocoBoxes('{"images": [], "annotations": [{"bbox": [')).toThrow('breaks off');
    expect(() => cocoBoxes('{"images": [{"id": 1}], "annotations": []}')).toThrow('without its file');
    const wrong = { images: [image], annotations: [{ image_id: 7, bbox: [1, 2, 'three', 4] }] };
    expect(() => cocoBoxes(JSON.stringify(wrong))).toThrow('right edge is no number');
  });
});

describe('what lies in boxes', () => {
  const box = (left: number, top: number, right: number, bottom: number) => ({
    ...{ left, top, right, bottom, label: '' },
  });
  const rows = (inside: Uint8Array, width: number) =>
    Array.from({ length: inside.length / width }, (_, y) =>
      [...inside.slice(y * width, (y + 1) * width)].join(''),
    );

  it('is cropped and scaled as the picture is', () => {
    // 12 x 8 around its centre: the part from x = 2 to x = 10, at half the size.
    const found = insideBoxes(
      { boxes: [box(0, 0, 6, 4), box(9, 7, 12, 8)], size: null },
      { width: 12, height: 8 },
      { width: 4, height: 4 },
    );
    expect(rows(found, 4)).toEqual(['1100', '1100', '0000', '0001']);
  });

  it('is no less than a pixel where a box is inside at all, and nothing where it is outside', () => {
    const found = (...boxes: ReturnType<typeof box>[]) =>
      rows(insideBoxes({ boxes, size: null }, { width: 300, height: 300 }, { width: 3, height: 3 }), 3);
    expect(found(box(110, 110, 115, 115))).toEqual(['000', '010', '000']);
    expect(found(box(-90, 0, -20, 300), box(0, 400, 300, 500))).toEqual(['000', '000', '000']);
    expect(found(box(-50, -50, 400, 400))).toEqual(['111', '111', '111']);
  });
});

it('boxes travel where a mask travels, and are told from pictures', async () => {
  const boxes = { boxes: [{ left: 0, top: 1, right: 2, bottom: 3, label: 'dog' }], size: null };
  expect(await boxesInFile(boxesAsFile(boxes))).toEqual(boxes);
  expect(await boxesInFile(new Blob([Uint8Array.of(0x89, 0x50)]))).toBeNull();
  expect(await boxesInFile(new Blob([]))).toBeNull();
});
