import { describe, expect, it } from 'vitest';
import { arrangedRows, imageRows } from './image-rows';
import { studyWith } from './study-testing';
import { measureColumns } from './summary/number-columns';

const none = Number.NaN;
const study = studyWith({
  images: [
    { path: 'fish/b.jpg', trueClass: 0, predicted: 0, probability: 0.9 },
    { path: 'dog/a.jpg', trueClass: 1, predicted: 0, probability: 0.5 },
    { path: 'c.jpg', trueClass: null, predicted: 1, probability: 0.7 },
  ],
  layers: ['conv1', 'conv2', 'conv3'],
  numbers: {
    'aura-matrix': (image, layer) => image + layer / 10,
    'aura-matrix null': () => 2,
    signs: (image) => [4, none, 2][image],
    'largest share': () => 0.25,
    // Image 0: falls beyond the null on both steps; image 1: as far as the null; image 2: rises while the null rises more.
    'class formation': (image, layer) => (layer ? [-1, -1, 0.5][image] : none),
    'complex formation': (_, layer) => (layer ? 0 : none),
    'class formation null': (image, layer) => (layer ? [-0.5, -1, 1][image] : none),
    'complex formation null': (_, layer) => (layer ? 0 : none),
  },
});
const rows = imageRows(study, measureColumns(study)[0], 'predicted', 2);
const all = { text: '', label: '', answer: '' } as const;
const paths = (list: typeof rows) => list.map(({ path }) => path);

describe('rows of the table', () => {
  it('hold the numbers of one layer, and on how many steps superization happens', () => {
    expect(rows[0]).toEqual({
      image: 0,
      path: 'fish/b.jpg',
      trueLabel: 'fish',
      predicted: 'fish',
      answer: 'right',
      probability: 0.9,
      said: '90.0 %',
      value: 0.2,
      null: 2,
      signs: 4,
      largestShare: 0.25,
      superizations: 2,
    });
    expect(rows.map(({ superizations }) => superizations)).toEqual([2, 0, 0]);
    expect(rows.map(({ answer }) => answer)).toEqual(['right', 'wrong', 'unknown']);
  });

  it('are sorted by any column, what is missing last', () => {
    const by = (key: Parameters<typeof arrangedRows>[2]['by'], descending = false) =>
      paths(arrangedRows(rows, all, { by: key, descending }));
    expect(by('path')).toEqual(['c.jpg', 'dog/a.jpg', 'fish/b.jpg']);
    expect(by('probability', true)).toEqual(['fish/b.jpg', 'c.jpg', 'dog/a.jpg']);
    expect(by('signs')).toEqual(['c.jpg', 'fish/b.jpg', 'dog/a.jpg']);
    expect(by('signs', true)).toEqual(['fish/b.jpg', 'c.jpg', 'dog/a.jpg']);
    expect(by('trueLabel', true)).toEqual(['fish/b.jpg', 'dog/a.jpg', 'c.jpg']);
    // Equal values stay in the order of the study.
    expect(by('largestShare', true)).toEqual(['fish/b.jpg', 'dog/a.jpg', 'c.jpg']);
  });

  it('are filtered by class, answer and text', () => {
    const kept = (filter: Partial<Parameters<typeof arrangedRows>[1]>) =>
      paths(arrangedRows(rows, { ...all, ...filter }, { by: 'path', descending: false }));
    expect(kept({ answer: 'wrong' })).toEqual(['dog/a.jpg']);
    expect(kept({ label: 'fish' })).toEqual(['fish/b.jpg']);
    expect(kept({ text: ' FISH ' })).toEqual(['dog/a.jpg', 'fish/b.jpg']);
    expect(kept({ text: 'fish', answer: 'right' })).toEqual(['fish/b.jpg']);
    expect(kept({ text: 'nothing like it' })).toEqual([]);
  });
});
