import { backendTitle } from '../../../backend/backend-names';
import { counted } from '../../../text/counted';
import { durationInWords } from '../../../text/duration-in-words';
import { say } from '../../../text/say';
import { paceOf } from './training-series';
import type { TrainingRun, TrainingState } from './training-store';

/** What is trained on what and where, a sentence for captions. */
export const trainedInWords = ({ architecture, source, data, backend }: TrainingRun): string =>
  say('{network} on {source}: {pictures} to train on, {heldOut} held out, {classes}; {backend}.', {
    network: say(architecture.title),
    source: say(source),
    pictures: counted(data.train, 'picture'),
    heldOut: data.heldOut.toLocaleString('en'),
    classes: counted(data.classes.length, 'class', 'classes'),
    backend: say(backendTitle(backend)),
  });

/** The line that says what is going on. */
export function trainingStatus(state: TrainingState): string {
  const { phase, run, history, progress, epochEnd, note } = state;
  if (phase === 'opening') return say('{doing} …', { doing: say(progress?.text ?? 'Opening') });
  if ((phase === 'running' || phase === 'pausing') && run) {
    const step = history.steps.at(-1)?.step ?? 0;
    const pace = paceOf(history, run, epochEnd);
    const frozen = history.epochs.at(-1)?.frozen?.length ?? 0;
    const epoch = Math.min(run.recipe.epochs, Math.floor(step / run.stepsPerEpoch) + 1);
    const sentences = [
      say('Epoch {epoch} of {epochs}, step {step} of {steps} on {backend}.', {
        epoch,
        epochs: run.recipe.epochs,
        step,
        steps: run.steps,
        backend: say(backendTitle(run.backend)),
      }),
      frozen > 0 && say('{blocks} frozen.', { blocks: counted(frozen, 'block') }),
      pace &&
        say('{images} images/s, {steps} steps/s, {time} left.', {
          images: pace.imagesPerSecond.toFixed(0),
          steps: pace.stepsPerSecond.toFixed(1),
          time: durationInWords(pace.left),
        }),
      progress && say('{sentence}.', { sentence: say(progress.text) }),
      phase === 'pausing' && say('Pausing after this step.'),
    ];
    return sentences.filter(Boolean).join(say(' '));
  }
  return say(note ?? 'Ready to train.');
}
