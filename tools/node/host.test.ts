import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { extractHdf5 } from '../../src/network/hdf5/extract-hdf5';
import { extractInWorker } from '../../src/network/hdf5/hdf5-in-worker';
import { becomeHost } from './host';

const requestOf = (file: string) => {
  const { buffer, byteOffset, length } = readFileSync(path.resolve(import.meta.dirname, file));
  const bytes = buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer;
  return { bytes, offset: 0, length, attributes: ['model_config'], skip: [] };
};

beforeAll(becomeHost);

it('reads HDF5 in a thread, and gets what the library gives', async () => {
  const file = '../../src/network/keras/fixtures/half.keras3.h5';
  const contents = await extractInWorker(requestOf(file), new AbortController().signal);
  expect(contents).toEqual(await extractHdf5(requestOf(file)));
});

// A damaged file of a Keras network, on which libhdf5 never comes to an end.
it('gives up a file that leads round in circles', async () => {
  const reading = extractInWorker(requestOf('fixtures/in-circles.h5'), AbortSignal.timeout(3000));
  await expect(reading).rejects.toThrow(/timeout/);
});
