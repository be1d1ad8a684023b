import type { SpawnHelper } from '../rpc/helper-relay';

/** How many of a kind have been started, for their names. */
const scenes = { started: 0 };

/** Starts a helper; on the page, for whichever worker wants it. */
export const spawnHelper: SpawnHelper = (kind) => {
  if (kind === 'thread') {
    return new Worker(new URL('../backend/fast-convolution/kernel-thread.ts', import.meta.url), {
      type: 'module',
      name: 'supersign thread',
    });
  }
  if (kind === 'hdf5') {
    return new Worker(new URL('../network/hdf5/hdf5-worker.ts', import.meta.url), {
      type: 'module',
      name: 'HDF5',
    });
  }
  scenes.started += 1;
  return new Worker(new URL('../training/scenes/scene-worker.ts', import.meta.url), {
    type: 'module',
    name: `supersign scenes ${scenes.started}`,
  });
};
