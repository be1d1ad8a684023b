import { beforeEach, expect, it, vi } from 'vitest';
import type { KnownNetwork } from '../../../state/explain-store';

/** What the engine was asked to decode, by the size it was asked for. */
const asked = vi.hoisted(() => [] as number[]);
vi.mock('../../../engine/engine-client', () => ({
  engine: {
    call: async (_: string, { file, inputSize }: { file: Blob; inputSize: { width: number } }) => {
      asked.push(inputSize.width);
      if (file.size === 0) throw new Error('is empty.');
      return { width: inputSize.width };
    },
  },
}));
vi.mock('./svg-picture', () => ({ rasteriseIfSvg: async () => undefined }));

const { decode, readAhead } = await import('./picture-source');

const network = (side: number) => ({ inputShape: [side, side, 3] }) as unknown as KnownNetwork;
const decoded = (file: Blob, side = 224, signal = new AbortController().signal) =>
  decode(file, 'a.png', '', signal, network(side));

beforeEach(() => void asked.splice(0));

it('a picture that was read ahead is not decoded again, and handed out once', async () => {
  const file = new Blob(['picture']);
  readAhead(file, network(224));
  readAhead(file, network(224));
  expect(await decoded(file)).toMatchObject({ width: 224, file, name: 'a.png', source: '' });
  expect(asked).toEqual([224]);
  await decoded(file);
  expect(asked).toEqual([224, 224]);
});

it('another picture, or another size of input, is decoded', async () => {
  const file = new Blob(['picture']);
  readAhead(file, network(224));
  await decoded(new Blob(['another']));
  expect(await decoded(file, 299)).toMatchObject({ width: 299 });
  expect(asked).toEqual([224, 224, 299]);
});

it('what cannot be read ahead is said when it is asked for, and what was given up is not shown', async () => {
  const empty = new Blob([]);
  readAhead(empty, network(224));
  await expect(decoded(empty)).rejects.toThrow('is empty.');
  expect(asked).toEqual([224, 224]);
  const file = new Blob(['picture']);
  readAhead(file, network(224));
  await expect(decoded(file, 224, AbortSignal.abort())).rejects.toThrow();
});
