import { engine } from '../../../engine/engine-client';
import { quickMeasures, TRUST_MEASURES, type TrustMeasure } from '../../../faithfulness/trust/trust-measures';
import { slowSaliencyMethods } from '../../../saliency/method-names';
import { useDecision } from '../../../state/decision-store';
import { useExplain } from '../../../state/explain-store';
import { createLatestWork } from '../../../state/latest-work';
import { createNextCall } from '../../../state/next-call';
import { useTrust } from '../../../state/trust-store';
import { messageOf } from '../../../text/message-of';
import { say } from '../../../text/say';
import { decisionRequest } from '../decision/decision-controller';
import { attentionRequest } from '../layers/attention-words';

const seed = 1;
/** How long nothing else has to be done before trust is measured by itself, in milliseconds. */
const settledAfter = 600;
/** The longest that measuring may take by itself, in milliseconds; what takes longer is asked for. */
const mostByItself = 2500;
/** Passes forward and back that the quick measures take: noisy pictures, another class, randomised weights, the map itself. */
const quickPasses = 11;

/** Faithfulness, in the order of what it costs. */
export const faithfulnessMeasures: readonly TrustMeasure[] = ['sensitivity-n', 'road'];
/** Everything that needs no mask. */
export const everyMeasure: readonly TrustMeasure[] = TRUST_MEASURES.flatMap(({ id, family }) =>
  family === 'localisation' ? [] : [id],
);

const work = createLatestWork();
const next = createNextCall();
const { setState, getState } = useTrust;

/** Measures what is quick once an analysis is complete, and forgets it with the analysis; call the result to end it. */
export function watchTrust(): () => void {
  const ends = [
    useExplain.subscribe((state, before) => {
      if (state.analysis !== before.analysis) {
        stopTrust();
        setState({ values: null, problem: null });
      } else if (state.progress && !before.progress) stopTrust();
      soon();
    }),
    useDecision.subscribe((state, before) => {
      // The engine answers one request after the other: what was asked for need not wait for what was not.
      if (state.running && !before.running && !getState().running?.asked) stopTrust();
      soon();
    }),
  ];
  soon();
  return () => {
    for (const end of ends) end();
    stopTrust();
    next.drop();
  };
}

function soon(): void {
  next.after(settledAfter, () => void measureByItself());
}

/** Ends what is under way; what is quick may still come by itself. */
export function stopTrust(): void {
  work.end();
  setState({ running: null });
  soon();
}

/** Whether the quick measures are quick with this network and method. */
export function isQuick(): boolean {
  const { analysis } = useExplain.getState();
  if (!analysis) return false;
  const { forward, saliency } = analysis.timings;
  return !slowSaliencyMethods.includes(analysis.method) && quickPasses * (forward + saliency) < mostByItself;
}

async function measureByItself(): Promise<void> {
  const { analysis, measurement, signs, weights, progress } = useExplain.getState();
  const settled = analysis && measurement && signs && !progress && !useDecision.getState().running;
  const weighed = signs?.layers.at(-1)?.signs.length === 0 || weights?.[weights.length - 1];
  if (!settled || !weighed || getState().values || getState().problem || work.isUnderWay || !isQuick())
    return;
  await measure(quickMeasures, false);
}

/** Measures what is asked for and is not known yet, with progress. */
export async function measureTrustBy(measures: readonly TrustMeasure[]): Promise<void> {
  const known = getState().values?.[0] ?? {};
  await measure(
    measures.filter((id) => !(id in known)),
    true,
  );
}

async function measure(measures: readonly TrustMeasure[], asked: boolean): Promise<void> {
  const { analysis } = useExplain.getState();
  const request = decisionRequest();
  if (!analysis || !request || measures.length === 0) return;
  const { settings } = useExplain.getState();
  const { method, layers } = analysis;
  const waitingFor = { text: say('Waiting for the engine'), fraction: null };
  setState({ running: { measures, asked, progress: waitingFor }, problem: null });
  try {
    await work.run(async (signal) => {
      try {
        const result = await engine.call(
          'trust',
          {
            ...request,
            ...{ methods: [method], layers: layers.map(({ name }) => name), measures: [...measures], seed },
            ...attentionRequest(settings),
          },
          {
            signal,
            onProgress(progress) {
              if (!signal.aborted) setState({ running: { measures, asked, progress } });
            },
          },
        );
        if (signal.aborted) return;
        const before = getState().values;
        setState({
          values: result.methods[0].layers.map(({ values }, i) => ({ ...before?.[i], ...values })),
        });
      } finally {
        if (!signal.aborted) setState({ running: null });
      }
    });
  } catch (error) {
    setState({ problem: messageOf(error) });
  }
}
