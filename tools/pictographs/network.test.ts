import { expect, it } from 'vitest';
import { startBackend } from '../../src/engine/engine-testing';
import { pictograph } from '../../src/pictographs';
import { openReader } from './reader';

/** A world that neither the training nor its tests drew. */
const SEED = 4711;
const SCENES = 300;

it('the bundled network names at least 97 of a hundred fresh scenes', async () => {
  const read = await openReader(() => startBackend('wasm'));
  let right = 0;
  for (let index = 0; index < SCENES; index++) {
    const { rgba, label } = pictograph({ seed: SEED, index, side: 64 });
    const probabilities = await read(rgba, 64);
    if (probabilities.indexOf(Math.max(...probabilities)) === label) right++;
  }
  expect(right / SCENES).toBeGreaterThanOrEqual(0.97);
});
