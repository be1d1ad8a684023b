import { engine } from '../../../engine/engine-client';
import type { LayerConcepts } from '../../../saliency/concepts/concepts';
import { isInputMethod } from '../../../saliency/method-names';
import { noConcepts, useConcepts } from '../../../state/concepts-store';
import { useExplain } from '../../../state/explain-store';
import { createLatestWork } from '../../../state/latest-work';
import { createNextCall } from '../../../state/next-call';
import { messageOf } from '../../../text/message-of';
import { say } from '../../../text/say';
import { decisionRequest } from '../decision/decision-controller';

/** How long a layer stays on screen before it goes first, in milliseconds. */
const settledAfter = 150;

const work = createLatestWork();
const next = createNextCall();
const { getState, setState } = useConcepts;

/** Finds the concepts of the analysis on screen, the selected layer first, and of every later one; call the result to end it. */
export function watchConcepts(): () => void {
  const end = useExplain.subscribe(follow);
  follow();
  return () => {
    end();
    stop();
  };
}

function stop(): void {
  next.drop();
  work.end();
  if (getState().progress) setState({ progress: null });
}

function follow(): void {
  const { analysis, settings, progress, layer } = useExplain.getState();
  const known = getState();
  // The engine answers one request after the other: a picture must not wait for concepts.
  if (progress) {
    stop();
    return;
  }
  if (!analysis || isInputMethod(analysis.method)) return;
  if (known.of !== analysis || known.count !== settings.concepts) {
    setState({ of: analysis, count: settings.concepts, ...noConcepts });
    void find();
  } else if (!known.done && !known.problem) {
    const isMissing = !(analysis.layers[layer].name in known.layers);
    if (!work.isUnderWay) void find();
    else if (isMissing && known.first !== layer) next.after(settledAfter, () => void find());
  }
}

/** Asks for what is not known yet: the selected layer, then all others from the last on. */
async function find(): Promise<void> {
  next.drop();
  const { analysis, layer } = useExplain.getState();
  const request = decisionRequest();
  if (!analysis || !request) return;
  const { count, layers } = getState();
  const missing = analysis.layers.map(({ name }) => name).filter((name) => !(name in layers));
  const [first, rest] = [true, false].map((selected) =>
    missing.filter((name) => (name === analysis.layers[layer].name) === selected),
  );
  setState({
    first: layer,
    progress: { text: say('Waiting for the engine'), fraction: null },
    problem: null,
  });
  try {
    await work.run(async (signal) => {
      for (const names of [first, rest].filter((some) => some.length > 0)) {
        const found = await engine.call(
          'concepts',
          { ...request, layers: names, count },
          {
            signal,
            onProgress({ text, fraction, layer: one }) {
              if (signal.aborted) return;
              setState({ progress: { text, fraction } });
              if (one) keep([one]);
            },
          },
        );
        if (signal.aborted) return;
        keep(found);
      }
      setState({ progress: null, done: true });
    });
  } catch (error) {
    setState({
      progress: null,
      problem: say('The concepts could not be found: {reason}', { reason: messageOf(error) }),
    });
  }
}

function keep(found: readonly LayerConcepts[]): void {
  const { layers } = getState();
  const news = found.filter(({ name }) => !(name in layers));
  if (news.length === 0) return;
  setState({ layers: { ...layers, ...Object.fromEntries(news.map((layer) => [layer.name, layer])) } });
}
