import { backendTitle } from '../../../backend/backend-names';
import { counted } from '../../../text/counted';
import { durationInWords } from '../../../text/duration-in-words';
import { paceOf } from './training-series';
import type { TrainingRun, TrainingState } from './training-store';

/** What is trained on what and where, a sentence for captions. */
export const trainedInWords = ({ architecture, source, data, backend }: TrainingRun): string =>
  `${architecture.title} on ${source}: ${counted(data.train, 'picture')} to train on, ${data.heldOut.toLocaleString('en')} held out, ${counted(data.classes.length, 'class', 'classes')}; ${backendTitle(backend)}.`;

/** The line that says what is going on. */
export function trainingStatus(state: TrainingState): string {
  const { phase, run, history, progress, epochEnd, note } = state;
  if (phase === 'opening') return `${progress?.text ?? 'Opening'} …`;
  if ((phase === 'running' || phase === 'pausing') && run) {
    const step = history.steps.at(-1)?.step ?? 0;
    const pace = paceOf(history, run, epochEnd);
    const speed = pace
      ? ` ${pace.imagesPerSecond.toFixed(0)} images/s, ${pace.stepsPerSecond.toFixed(1)} steps/s, ${durationInWords(pace.left)} left.`
      : '';
    const doing = progress ? ` ${progress.text}.` : '';
    const frozen = history.epochs.at(-1)?.frozen?.length ?? 0;
    const still = frozen > 0 ? ` ${counted(frozen, 'block')} frozen.` : '';
    const verb = phase === 'pausing' ? 'Pausing after this step.' : '';
    const epoch = Math.min(run.recipe.epochs, Math.floor(step / run.stepsPerEpoch) + 1);
    return `Epoch ${epoch} of ${run.recipe.epochs}, step ${step} of ${run.steps} on ${backendTitle(run.backend)}.${still}${speed}${doing} ${verb}`.trim();
  }
  return note ?? 'Ready to train.';
}
