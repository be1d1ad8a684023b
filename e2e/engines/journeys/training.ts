import { expect } from 'vitest';
import type { Journeys } from '../setting';
import { openAnew } from './explain-steps';

/** A network that learns in seconds. */
const tiny =
  'preset=own&architecture=relu-same-norm-average_c8-c8-max_c16-none&side=16&batch=8&train=80&heldout=60&epochs=1&profiled=6&levels=16&seed=5';

export const training: Journeys = {
  async 'a network is trained for an epoch'({ visitor, address }) {
    await openAnew(visitor, `${address}#optimise?${tiny}`);
    await visitor.click('button', 'Train');
    await visitor.text(
      'status',
      undefined,
      /^Finished at step 10: [\d.]+ % of the held-out pictures named right/,
    );
    await visitor.sees('img', 'Loss');
    await visitor.click('button', 'Use in Explain');
    await visitor.text('status', undefined, /Ready: 3 layers/);
    expect(await visitor.alertText()).toBe('');
  },
};
