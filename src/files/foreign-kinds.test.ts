import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { foreignFiles } from './files-testing';
import sentences from './fixtures/sentences.json';
import { foreignKinds } from './foreign-kinds';
import { kindOf } from './kind-of';
import { baseName } from './named-file';
import { recognise } from './recognise';

const documentation = readFileSync(new URL('../../docs/files.md', import.meta.url), 'utf8');

describe('files of other kinds', () => {
  it('stand in the list, every kind that is told apart', () => {
    expect([...new Set(foreignFiles.map(([kind]) => kind))].sort()).toEqual(Object.keys(foreignKinds).sort());
  });

  it('stand in the documentation, each with what is said', () => {
    for (const { is, advice } of Object.values(foreignKinds))
      expect(documentation).toContain(`| ${is} | ${advice} |`);
  });

  it('are told of in these words', async () => {
    const said = foreignFiles.map(async ([kind, file]) => {
      const [{ says }] = (await recognise([file])).foreign;
      return { kind, file: file.path, says };
    });
    expect(await Promise.all(said)).toEqual(sentences);
  });

  it.each(foreignFiles)('%s is told by its content: $path', async (kind, file) => {
    expect(await kindOf(file)).toMatchObject({ is: 'foreign', kind });
  });

  it.each(foreignFiles)('%s is answered by what it is and what to do: $path', async (kind, file) => {
    const { networks, pictures, archives, labels, foreign } = await recognise([file]);
    expect([networks, pictures, archives, labels]).toEqual([[], [], [], []]);
    const [{ says }] = foreign;
    expect(says).toContain(`${baseName(file.path)} is `);
    expect(says).toContain(foreignKinds[kind].is);
    expect(says).toContain(foreignKinds[kind].advice);
    // A sentence that says what it is, and one at least that says what to do.
    expect(says).toMatch(/^[^.]+(\.\S[^.]*)*\. [A-Z]/);
    expect(says.length).toBeLessThan(420);
  });
});
