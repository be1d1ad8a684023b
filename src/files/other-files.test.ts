import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { membersOf, readMember } from '../codecs/zip/blob-archive';
import { saidOf } from './foreign-kinds';
import { recognise } from './recognise';

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
/** Files as other programs wrote them (`fixtures/other-files.py`), and the kind of each. */
const kinds: Record<string, keyof typeof import('./foreign-kinds').foreignKinds> = JSON.parse(
  fixture('other-files.json').toString(),
);
const archive = new Blob([fixture('other-files.zip')]);
const members = new Map((await membersOf(archive)).map((member) => [member.name, member]));

describe('files that other programs wrote', () => {
  it.each(Object.entries(kinds))('%s is %s', async (path, kind) => {
    const member = members.get(path);
    if (!member) throw new Error(`${path} is not among the fixtures.`);
    const blob = new Blob([await readMember(archive, member)]);
    const { foreign, ...others } = await recognise([{ path, blob }]);
    expect(Object.values(others).flat()).toEqual([]);
    expect(foreign.map((file) => file.kind)).toEqual([kind]);
    expect(foreign[0].says).toContain(saidOf(path, kind).slice(path.length));
  });
});
