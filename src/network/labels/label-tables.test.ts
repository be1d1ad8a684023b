import { describe, expect, it } from 'vitest';
import { labelsInTable, labelsInYaml } from './label-tables';
import { parseLabels } from './labels';

describe('names of classes in a table', () => {
  it.each([
    ['one column', 'cat\ndog\n', ['cat', 'dog']],
    ['one column with a head', 'name\ncat\ndog\n', ['cat', 'dog']],
    ['position and name', '0,cat\n1,dog\n', ['cat', 'dog']],
    ['name and position', 'dog;1\ncat;0\n', ['cat', 'dog']],
    ['a head, in any order', 'class_id,class_name,colour\n1,dog,red\n0,cat,blue\n', ['cat', 'dog']],
    ['names as the label, positions as the index', 'index\tlabel\r\n0\tcat\r\n1\tdog\r\n', ['cat', 'dog']],
    [
      'names with commas',
      'index,name\n0,"tench, Tinca tinca"\n1,"the ""gold"" fish"\n',
      ['tench, Tinca tinca', 'the "gold" fish'],
    ],
    ['a data frame of pandas', ',label\n0,cat\n1,dog\n', ['cat', 'dog']],
  ])('%s', (_, text, labels) => {
    expect(labelsInTable(text)).toEqual(labels);
    expect(parseLabels(text, 'classes.csv')).toEqual(labels);
  });

  it.each([
    ['of pictures and their classes', 'image,label\na.jpg,cat\nb.jpg,dog\n'],
    ['of measurements', 'epoch,loss\n1,0.5\n2,0.25\n'],
    ['with a gap in the positions', 'index,name\n0,cat\n2,dog\n'],
    ['with lines of unequal length', 'index,name\n0,cat\n1\n'],
    ['without lines', '\n'],
  ])('none %s', (_, text) => {
    expect(labelsInTable(text)).toBeNull();
  });
});

describe('names of classes in YAML', () => {
  it.each([
    [
      'a mapping, as Ultralytics writes it',
      'path: ../data # root\ntrain: images/train\nnames:\n  0: person\n  1: "traffic light"\nnc: 2\n',
      ['person', 'traffic light'],
    ],
    ['a list', "nc: 2\nnames:\n- person\n- 'traffic light' # lights\n", ['person', 'traffic light']],
    [
      'a list in brackets',
      "train: a\nnames: ['person', 'traffic light']\nnc: 2\n",
      ['person', 'traffic light'],
    ],
    [
      'a list in brackets over lines',
      'names: [person,\n  "traffic light, red"]\n',
      ['person', 'traffic light, red'],
    ],
    ['a mapping in braces', 'names: {0: person, 1: car}\n', ['person', 'car']],
    ['nothing but a list', '---\n- person\n- car\n', ['person', 'car']],
  ])('%s', (_, text, labels) => {
    expect(labelsInYaml(text)).toEqual(labels);
    expect(parseLabels(text, 'data.yaml')).toEqual(labels);
  });

  it.each([
    ['settings', 'epochs: 3\nrate: 0.1\n'],
    ['a gap', 'names:\n  0: person\n  2: car\n'],
    ['deeper things', 'names:\n  0:\n    title: person\n'],
  ])('none where there are %s', (_, text) => {
    expect(labelsInYaml(text)).toBeNull();
  });
});
