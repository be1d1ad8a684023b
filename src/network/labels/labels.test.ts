import { describe, expect, it } from 'vitest';
import { labelsInMetadata, named, parseLabels } from './labels';

const three = ['tench', 'great white shark', 'cock'];

describe('a list of classes', () => {
  it.each([
    ['one name a line', 'tench\ngreat white shark\ncock'],
    [
      'lines of Windows, a byte order mark and an empty end',
      '\uFEFFtench\r\ngreat white shark\r\ncock\r\n\r\n',
    ],
    ['lines numbered from 0', '0 tench\n1 great white shark\n2 cock'],
    ['lines numbered from 1', '1: tench\n2: great white shark\n3: cock'],
    ['a JSON list', '["tench", "great white shark", "cock"]'],
    ['objects with names', '[{"id": 7, "name": "tench"}, {"name": "great white shark"}, {"label": "cock"}]'],
    ['an object by position, in any order', '{"2": "cock", "0": "tench", "1": "great white shark"}'],
    [
      'the class index of Keras',
      '{"0": ["n01440764", "tench"], "1": ["n01484850", "great_white_shark"], "2": ["n01514668", "cock"]}',
    ],
    ['positions by name', '{"cock": 2, "tench": 0, "great white shark": 1}'],
    [
      'an object of Teachable Machine',
      '{"tfjsVersion": "1.3", "labels": ["tench", "great white shark", "cock"]}',
    ],
    ['a dictionary of Python', `{0: 'tench', 1: "great white shark", 2: 'cock'}`],
    ['a list of Python', `['tench', 'great white shark', 'cock']`],
  ])('is read as %s', (_, text) => {
    expect(parseLabels(text, 'labels.txt')).toEqual(three);
  });

  it('keeps numbers that are names, quotes and umlauts', () => {
    expect(parseLabels('7\n3\n9', 'digits.txt')).toEqual(['7', '3', '9']);
    expect(parseLabels(`{0: 'bull\\'s eye', 1: "Käfer"}`, 'names.txt')).toEqual(["bull's eye", 'Käfer']);
  });

  it.each([
    ['nothing', ''],
    ['an empty list', '[]'],
    ['a gap', '{"0": "tench", "2": "cock"}'],
    ['an object of something else', '{"weights": {"a": 1}, "more": "b"}'],
    ['a line left empty between others', 'tench\n\ncock'],
    ['JSON cut off', '{"labels": ['],
    ['a pointer of Git LFS', 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12'],
    ['a web page', '<!DOCTYPE html>\n<title>Sign in</title>'],
  ])('is refused where it holds %s', (_, text) => {
    expect(() => parseLabels(text, 'labels.txt')).toThrow(/^labels\.txt does not read as a list of classes/);
  });

  it('must be as long as the classes are many', () => {
    const network = { kind: 'classes', labels: ['a', 'b', 'c', 'd'] } as const;
    expect(() => named(three, network, 'labels.txt')).toThrow(
      'labels.txt lists 3 names, but the network has 4 classes.',
    );
    expect(named(three, { ...network, labels: ['a', 'b', 'c'] }, 'labels.txt')).toEqual(three);
  });
});

describe('notes of a file', () => {
  it('name classes under the usual keys, as lists or as text', () => {
    expect(
      labelsInMetadata({ names: `{0: 'tench', 1: 'great white shark', 2: 'cock'}`, task: 'classify' }),
    ).toEqual(three);
    expect(labelsInMetadata({ classes: three })).toEqual(three);
    expect(labelsInMetadata({ labels: JSON.stringify(three) })).toEqual(three);
  });

  it('need not', () => {
    expect(labelsInMetadata({ author: 'nobody' })).toBeNull();
    expect(labelsInMetadata(undefined)).toBeNull();
    expect(labelsInMetadata({ names: 'no list' })).toBeNull();
  });
});
