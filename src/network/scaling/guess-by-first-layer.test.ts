import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { prepareNetwork } from '../load-network-files';

const read = (path: string) => Uint8Array.from(readFileSync(`public/networks/photos10/${path}`));

/** The network opened from its two files, which do not say how pictures are scaled. */
const opened = (weights: Uint8Array<ArrayBuffer>) =>
  prepareNetwork(
    {
      ...{ kind: 'files', id: 'net', main: 'net/model.json' },
      files: [
        { path: 'net/model.json', blob: new Blob([read('model.json')]) },
        { path: 'net/weights.bin', blob: new Blob([weights]) },
      ],
    },
    { signal: new AbortController().signal, onBytes: () => {} },
  );

it('a network whose first layer no picture of 0 to 1 could switch is guessed to read 0 to 255', async () => {
  const weights = read('weights.bin');
  expect((await opened(weights)).scaling).toMatchObject({
    name: 'unit',
    reason: 'Guessed: the file does not tell how pictures are scaled.',
  });
  // The same network for 0 to 255: what it read of -1 to 1, it computes of them by its first layer, [3, 3, 3, 16].
  const [filter, bias] = [
    new Float32Array(weights.buffer, 0, 432),
    new Float32Array(weights.buffer, 1728, 16),
  ];
  filter.forEach((weight, i) => {
    bias[i % 16] -= weight;
    filter[i] = weight / 127.5;
  });
  expect((await opened(weights)).scaling).toMatchObject({
    ...{ name: 'bytes', isGuess: true },
    reason: 'Guessed: by smaller values hardly a unit of the first layer could be switched on or off.',
  });
});
