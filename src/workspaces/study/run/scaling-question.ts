import { engine } from '../../../engine/engine-client';
import { createStudyPool } from '../../../engine/study/pool';
import { networkRequest } from '../../../models/networks';
import { isDoubtful, verdictOf } from '../../../models/scaling/scaling-words';
import { scalingsFor, usedScaling } from '../../../network/scaling/chosen-scaling';
import type { InputScaling } from '../../../network/scaling/input-scaling';
import type { InputPicture } from '../../../picture/picture';
import type { ImageEntry } from '../../../picture/sets/image-set';
import type { AnalyseResult } from '../../../saliency/analysis';
import { explain } from '../../../state/explain-port';
import { type ExplainState, useExplain } from '../../../state/explain-store';
import { createLatestWork } from '../../../state/latest-work';
import type { ExplainSettings } from '../../../state/settings';
import { choosePictures } from '../../../study/run/choose-pictures';
import { messageOf } from '../../../text/message-of';
import { useScalingTrial } from './scaling-trial-store';
import { runStudy } from './study-controller';
import { useStudy } from './study-store';

const { getState, setState } = useScalingTrial;

/** Images on which the scalings are tried: enough to tell a network that sees from one that does not. */
const mostTried = 8;

/** What the reader answered on this visit, by network: `guess` where the guess is kept. */
const answers = new Map<string, InputScaling | 'guess'>();

type Scaled = Pick<AnalyseResult, 'scaling' | 'scalingDoubt'>;

/** How the next study will scale its images, and what is known against it. */
export function scaledNow({
  analysis,
  manifest,
  inputScaling,
}: Pick<ExplainState, 'analysis' | 'manifest'> & Pick<ExplainSettings, 'inputScaling'>): Scaled {
  const own = manifest?.scaling ?? null;
  if (inputScaling !== 'auto') return own ? { scaling: usedScaling(own, inputScaling) } : {};
  const isOfIt = analysis?.network.id === manifest?.id && analysis?.scaling?.source !== 'chosen';
  if (analysis && isOfIt) return analysis;
  return own ? { scaling: usedScaling(own, null) } : {};
}

const scaled = (): Scaled => {
  const { analysis, manifest, settings } = useExplain.getState();
  return scaledNow({ analysis, manifest, inputScaling: settings.inputScaling });
};

/** Studies the open images; by a doubted scaling only after the reader was asked, once for each network. */
export function askOrRun(): void {
  const answer = answers.get(useExplain.getState().settings.model);
  if (!isDoubtful(verdictOf(scaled())) || answer === 'guess') run();
  else if (answer) runBy(answer);
  else setState({ asking: true });
}

/** Takes the reader's answer, remembers it for this network, and studies by it. */
export function runBy(scaling: InputScaling): void {
  const isGuess = scaled().scaling?.name === scaling;
  answers.set(useExplain.getState().settings.model, isGuess ? 'guess' : scaling);
  if (!isGuess) explain.change({ inputScaling: scaling });
  run();
}

/** The reader does not want to study yet. */
export const dismiss = (): void => setState({ asking: false });

function run(): void {
  stopTrying();
  dismiss();
  runStudy();
}

const trying = createLatestWork();

export const stopTrying = (): void => trying.end();

/** Tries the scalings on some of the open images, unless that is done or under way; each result is shown as it comes. */
export async function tryOnImages(): Promise<void> {
  const { images, choices } = useStudy.getState();
  const { manifest, settings } = useExplain.getState();
  if (!images || !manifest) return;
  const { model, output, reads, size } = settings;
  const { split, sample, seed } = choices;
  const network = JSON.stringify([model, output, reads, size]);
  const chosen = JSON.stringify([split, sample, seed]);
  const { of } = getState();
  if (of?.set !== images.set || of.network !== network || of.chosen !== chosen) {
    stopTrying();
    setState({ of: { set: images.set, network, chosen }, tried: null, problem: null });
  }
  const { tried, problem } = getState();
  const [height, width, channels] = manifest.inputShape;
  const scalings = scalingsFor(channels);
  if (trying.isUnderWay || problem || tried?.length === scalings.length) return;
  try {
    await trying.run(async (signal) => {
      const entries = spread(choosePictures(images.set.entries, { split: split || null, sample, seed }));
      const pictures = await decoded(entries, { width, height }, signal);
      const { scaling: _, ...request } = networkRequest(settings);
      const inputs = pictures.map(({ input }) => input);
      for (const scaling of scalings) {
        const [trial] = await engine.call(
          'tryScalings',
          { ...request, inputs, scalings: [scaling] },
          { signal },
        );
        if (signal.aborted) return;
        const result = trial.answers.map((answer, index) => ({
          answer,
          folder: pictures[index].entry.folder,
        }));
        setState(({ tried }) => ({
          tried: [...(tried ?? []).filter((each) => each.scaling !== scaling), { scaling, images: result }],
        }));
      }
    });
  } catch (error) {
    setState({ problem: messageOf(error) });
  }
}

/** Some of the images, from the first to the last: sets are sorted by folder. */
function spread(entries: readonly ImageEntry[]): ImageEntry[] {
  const count = Math.min(mostTried, entries.length);
  return Array.from({ length: count }, (_, i) => entries[Math.floor(((i + 0.5) * entries.length) / count)]);
}

/** @throws Error where none of them can be read */
async function decoded(
  entries: readonly ImageEntry[],
  inputSize: { width: number; height: number },
  signal: AbortSignal,
): Promise<{ entry: ImageEntry; input: InputPicture }[]> {
  const pool = createStudyPool(1);
  try {
    const read = await Promise.allSettled(
      entries.map(async (entry) => {
        const { input } = await pool.call('decode', { file: await entry.read(), inputSize }, { signal });
        return { entry, input };
      }),
    );
    signal.throwIfAborted();
    const pictures = read.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    if (pictures.length === 0) throw new Error('none of the images tried could be read.');
    return pictures;
  } finally {
    pool.end();
  }
}
