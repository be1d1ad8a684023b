import type { BackendPreference } from '../../../backend/backend-names';
import { trainer } from '../../../engine/engine-client';
import type { Evaluation, LayerProfile, TrainingData } from '../../../training/training-methods';
import { profileOptionsOf } from '../architecture/network-of';
import { type TrainingRun, useTraining } from './training-store';

const { setState } = useTraining;

const tell = (text: string) => (progress: { fraction: number }) =>
  setState({ progress: { text, fraction: progress.fraction } });

type Start = Parameters<typeof trainer.call<'open'>>[1]['start'];

/** The training in the worker: whether it is the one on screen, and what is asked of it beside its steps. */
export function createWorkerTraining() {
  let held = false;
  return {
    isHeld: () => held,
    /** What the worker holds is not to be gone on with: going on opens it anew. */
    forget(): void {
      held = false;
    },
    async open(backend: BackendPreference, data: TrainingData, start: Start, signal: AbortSignal) {
      const opened = await trainer.call(
        'open',
        { backend, data, start },
        { signal, onProgress: (progress) => setState({ progress }) },
      );
      held = true;
      return opened;
    },
    async close(): Promise<void> {
      if (!held) return;
      held = false;
      await trainer.call('close', {});
    },
    test: (signal?: AbortSignal): Promise<Evaluation> =>
      trainer.call(
        'evaluate',
        { pictures: null },
        { signal, onProgress: tell('Testing on held-out pictures') },
      ),
    /** The entropies of the layers as the settings measure them; null where they are not to be measured. */
    async measure({ settings }: TrainingRun, signal: AbortSignal): Promise<LayerProfile[] | null> {
      if (settings.profiled === 0) return null;
      const profile = await trainer.call('profile', profileOptionsOf(settings), {
        signal,
        onProgress: tell('Measuring the entropies of the layers'),
      });
      setState({ progress: null });
      return profile;
    },
  };
}
