import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildNetwork } from '../build';
import { NetworkError } from '../errors';
import { mutated, randomFrom, withRightChecksums } from '../testing/mutate';
import { readKerasBytes } from './testing';

const sound = [
  'vgg.keras2.h5',
  'nested.keras2.h5',
  'efficientnet.keras3.h5',
  'nested.keras3.keras',
  'xception.keras3.keras',
].map((name) => ({ name, bytes: readFileSync(path.join(import.meta.dirname, 'fixtures', name)) }));

/**
 * Reads a damaged Keras file and builds its network on the current backend.
 * @param seed decides which file, and how it is damaged
 * @returns what the reader said; null where it read the file
 * @throws whatever is no sentence for the user
 */
export async function readMutant(seed: number): Promise<string | null> {
  const random = randomFrom(seed);
  const { name, bytes } = sound[Math.floor(random() * sound.length)];
  const damaged = mutated(bytes, random);
  const passesChecksums = name.endsWith('.keras') && random() < 0.8;
  try {
    const { graph } = await readKerasBytes(name, passesChecksums ? withRightChecksums(damaged) : damaged);
    buildNetwork(graph).dispose();
    return null;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return error.message;
  }
}
