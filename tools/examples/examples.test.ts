import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadNetwork, NETWORK_FOLDERS, networkFolder, read, toInput } from './network';
import { EXAMPLES } from './scenes/index';
import { decode } from './verify';

interface Entry {
  id: string;
  file: string;
  title: string;
  description: string;
  label: string;
}

const folder = fileURLToPath(new URL('../../public/examples/', import.meta.url));
const entries = JSON.parse(readFileSync(`${folder}index.json`, 'utf8')) as Entry[];
const network = networkFolder();

describe('the stored example pictures', () => {
  it('are at least eight, each of a class of its own and each with a scene that draws it', () => {
    expect(entries.length).toBeGreaterThanOrEqual(8);
    expect(new Set(entries.map((entry) => entry.label)).size).toBe(entries.length);
    expect(entries.map((entry) => entry.id)).toEqual(EXAMPLES.map((example) => example.id));
  });

  it('say what they show', () => {
    for (const { title, description } of entries) {
      expect(title).not.toBe('');
      expect(description.length).toBeGreaterThan(30);
    }
  });

  it('weigh less than a megabyte together', () => {
    const bytes = entries.reduce((sum, { file }) => sum + statSync(`${folder}${file}`).size, 0);
    expect(bytes).toBeLessThan(1e6);
  });

  it.each(entries)('$id is 448 x 448', async ({ file }) => {
    expect(existsSync(`${folder}${file}`)).toBe(true);
    expect((await decode(`${folder}${file}`)).size).toBe(448);
  });

  it.skipIf(!network)(
    network
      ? 'are read right by the bundled network'
      : `are read right by the bundled network (skipped: it is neither in ${NETWORK_FOLDERS.join(' nor in ')})`,
    async () => {
      const model = await loadNetwork(network!);
      const pictures = await Promise.all(entries.map(({ file }) => decode(`${folder}${file}`)));
      const readings = read(
        model,
        pictures.map((picture) => toInput(picture)),
      );
      expect(readings.map(([first]) => first.label)).toEqual(entries.map((entry) => entry.label));
      for (const [first] of readings) expect(first.probability).toBeGreaterThan(0.5);
    },
    60_000,
  );
});
