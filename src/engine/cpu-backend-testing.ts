import type { RunningBackend } from '../backend/choose-backend';

/** Stands for `choose-backend` in tests of the engine: it computes on whatever backend is set, and that is never lost. */
export const startBackend = async (): Promise<RunningBackend> => ({
  report: { name: 'wasm', reason: '', adapter: null, threads: 1 },
  isLost: () => false,
  lost: new Promise(() => {}),
  answers: async () => true,
});
