import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasShared, sharedFolder } from '../../engine/engine-testing';
import imagenetClasses from './imagenet-classes.json';
import { matchClasses } from './match-classes';

const photos10: string[] = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../../public/networks/photos10/manifest.json'), 'utf8'),
).labels;

const classesOf = (folders: string[], labels: string[]) =>
  matchClasses(folders, labels).map((match) => match.class);

describe('class folders', () => {
  it('are matched by the ten WordNet ids of Imagenette, in the order of photos10', () => {
    // As github.com/fastai/imagenette lists them.
    const ids =
      'n01440764 n02102040 n02979186 n03000684 n03028079 n03394916 n03417042 n03425413 n03445777 n03888257';
    const matches = matchClasses(ids.split(' '), photos10);
    expect(matches.map((match) => match.class)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(new Set(matches.map(({ by }) => by))).toEqual(new Set(['wordnet']));
  });

  it('are matched by name, whatever its case, accents, hyphens and article', () => {
    expect(classesOf(['English-Springer', 'a_tench', 'FRENCH HORN', 'the church'], photos10)).toEqual([
      1, 0, 5, 4,
    ]);
    expect(classesOf(['tench', 'Tinca'], ['tench, Tinca tinca'])).toEqual([0, null]);
    expect(classesOf(['cafe'], ['Café'])).toEqual([0]);
    expect(classesOf(['3'], ['0', '1', '2', '3'])).toEqual([3]);
  });

  it('are left to the reader where nothing or more than one class fits', () => {
    expect(matchClasses(['dog', 'n01440764'], ['cat'])).toEqual([
      { folder: 'dog', class: null, by: null },
      { folder: 'n01440764', class: null, by: null },
    ]);
    expect(classesOf(['crane'], imagenetClasses)).toEqual([null]);
    // The bird and the machine.
    expect(classesOf(['n02012849', 'n03126707'], imagenetClasses)).toEqual([134, 517]);
  });

  it.skipIf(!hasShared)('are matched as the photographs are named (skipped without ../shared)', () => {
    const names = readdirSync(path.join(sharedFolder, 'photos')).filter((name) => /^n\d{8}_/.test(name));
    expect(names).toHaveLength(29);
    for (const name of names) {
      const [, id, label] = /^(n\d{8})_(.*)\.\w+$/.exec(name) as RegExpExecArray;
      const [found] = classesOf([id], imagenetClasses);
      expect(imagenetClasses[found ?? -1].replaceAll(' ', '_')).toBe(label);
    }
  });
});
