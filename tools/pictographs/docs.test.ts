import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pictograph, pictographClasses } from '../../src/pictographs';

const page = readFileSync(new URL('../../docs/pictographs.md', import.meta.url), 'utf8');

const listed = (cell: string) =>
  cell
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
    .sort();

test.each(pictographClasses.map((name, label) => [name, label] as const))(
  'the page lists the parts of a %s: those always there, and the others',
  (name, label) => {
    const row = page.match(new RegExp(`^\\| ${name} \\|([^|]*)\\|([^|]*)\\|$`, 'm'))!;
    const [always, sometimes] = [listed(row[1]), listed(row[2])];
    const counts = new Map<string, number>();
    const scenes = 120;
    for (let index = 0; index < scenes; index++) {
      for (const part of pictograph({ seed: 12, index, side: 16, label, masks: true }).parts) {
        counts.set(part.name, (counts.get(part.name) ?? 0) + 1);
      }
    }
    const of = (kept: (count: number) => boolean) =>
      [...counts]
        .filter(([, count]) => kept(count))
        .map(([part]) => part)
        .sort();
    expect(of((count) => count === scenes)).toEqual(always);
    expect(of((count) => count < scenes)).toEqual(sometimes);
  },
);
