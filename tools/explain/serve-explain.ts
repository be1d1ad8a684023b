import type { NetworkSummary } from '../../src/network/network-summary';
import type { EngineProgress } from '../../src/rpc/engine-progress';
import { createExplainer, type Explainer, type ExplainOrder } from './explain-picture';
import { type PictureRecord, type WriteOrder, writePicture } from './write-picture';

/** What the process is told: its order first, then one picture after the other. */
export type ToExplainWorker =
  | { type: 'start'; order: ExplainOrder; write: WriteOrder }
  | { type: 'picture'; path: string; bytes: Uint8Array<ArrayBuffer> };

/** What it says on the way: how far it is with a picture. */
export interface PictureProgress {
  type: 'working';
  /** What is going on, in the engine's words. */
  doing: string;
  /** How much of that is done, 0..1. */
  share: number;
}

/** What it answers, once for each. */
export type FromExplainWorker =
  | { type: 'ready'; network: ReadyNetwork }
  | { type: 'unusable'; message: string }
  | { type: 'done'; record: PictureRecord }
  | { type: 'failed'; reason: string };

export interface ReadyNetwork {
  name: string;
  sha256: string;
  inputShape: number[];
  /** How pictures are scaled, and whether that is a guess; null where nothing is known. */
  scaling: { name: string | null; isGuess: boolean; reason: string } | null;
}

/** Progress is told no more often than this, in milliseconds. */
const progressEvery = 1000;

/** Tells the other process how far the engine is, once in a while: what is done sooner than that says nothing. */
function progressTeller(): (progress: EngineProgress) => void {
  let told = performance.now();
  return ({ text, fraction }) => {
    const now = performance.now();
    if (fraction === null || fraction >= 1 || now - told < progressEvery) return;
    told = now;
    process.send?.({ type: 'working', doing: text, share: fraction } satisfies PictureProgress);
  };
}

/** Answers the process that started this one. */
export function serveExplain(): void {
  let explainer: Explainer | null = null;
  let write: WriteOrder | null = null;
  const answer = async (message: ToExplainWorker): Promise<FromExplainWorker> => {
    if (message.type === 'start') {
      try {
        explainer = createExplainer(message.order);
        write = message.write;
        const { id, sha256, inputShape, scaling } = await explainer.prepare();
        return { type: 'ready', network: { name: id, sha256, inputShape, scaling: told(scaling) } };
      } catch (error) {
        return { type: 'unusable', message: messageOf(error) };
      }
    }
    if (!explainer || !write) return { type: 'unusable', message: 'There is no network yet.' };
    try {
      const name = message.path.split('/').at(-1) ?? '';
      const drawn = await explainer.explain(new Blob([message.bytes]), name, progressTeller());
      return { type: 'done', record: await writePicture(drawn, message.path, write) };
    } catch (error) {
      return { type: 'failed', reason: messageOf(error) };
    }
  };
  process.on('message', async (message: ToExplainWorker) => process.send?.(await answer(message)));
  // Whoever started it has ended.
  process.on('disconnect', () => process.exit());
}

const told = (scaling: NetworkSummary['scaling']): ReadyNetwork['scaling'] =>
  scaling ? { name: scaling.name, isGuess: scaling.isGuess, reason: scaling.reason } : null;

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
