import { existsSync, statSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { startBackend } from '../../src/engine/engine-testing';
import { pictographClasses } from '../../src/pictographs';
import { openReader } from '../pictographs/reader';
import { examplesFolder, readIndex } from './index-file';
import { loadNetwork, NETWORK_FOLDERS, networkFolder, read, toInput } from './network';
import { EXAMPLES } from './scenes';
import { decode } from './verify';

const folder = examplesFolder;
const all = readIndex();
const entries = all.filter((entry) => entry.network === 'photos10');
const drawn = all.filter((entry) => entry.network === 'pictographs');
const classes: readonly string[] = pictographClasses;
const network = networkFolder();

describe('the stored example pictures', () => {
  it('are at least eight, each of a class of its own and each with a scene that draws it', () => {
    expect(entries.length).toBeGreaterThanOrEqual(8);
    expect(new Set(entries.map((entry) => entry.label)).size).toBe(entries.length);
    expect(entries.map((entry) => entry.id)).toEqual(EXAMPLES.map((example) => example.id));
  });

  it('say what they show', () => {
    for (const { title, description } of all) {
      expect(title).not.toBe('');
      expect(description.length).toBeGreaterThan(30);
    }
  });

  it('weigh less than a megabyte together', () => {
    const bytes = all.reduce((sum, { file }) => sum + statSync(`${folder}${file}`).size, 0);
    expect(bytes).toBeLessThan(1e6);
  });

  it.each(all)('$id is 448 x 448', async ({ file }) => {
    expect(existsSync(`${folder}${file}`)).toBe(true);
    expect((await decode(`${folder}${file}`)).size).toBe(448);
  });

  it.skipIf(!network)(
    network
      ? 'are read right by the bundled network'
      : `are read right by the bundled network (skipped: it is neither in ${NETWORK_FOLDERS.join(' nor in ')})`,
    async () => {
      const model = await loadNetwork(network!);
      await startBackend('wasm');
      const pictures = await Promise.all(entries.map(({ file }) => decode(`${folder}${file}`)));
      const readings = read(
        model,
        pictures.map((picture) => toInput(picture)),
      );
      expect(readings.map(([first]) => first.label)).toEqual(entries.map((entry) => entry.label));
      for (const [first] of readings) expect(first.probability).toBeGreaterThan(0.5);
    },
  );

  it('are one scene of every class for the network of pictographs, read right by it', async () => {
    expect(drawn.map((entry) => entry.label)).toEqual([...pictographClasses]);
    const read = await openReader(() => startBackend('wasm'));
    for (const { file, label } of drawn) {
      const { data, info } = await sharp(`${folder}${file}`)
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const probabilities = await read(new Uint8ClampedArray(data), info.width);
      expect(probabilities[classes.indexOf(label)], file).toBeGreaterThan(0.5);
    }
  });
});
