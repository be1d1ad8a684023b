import type { NetworkSummary } from '../../src/network/network-summary';
import { createExplainer, type Explainer, type ExplainOrder } from './explain-picture';
import { type PictureRecord, type WriteOrder, writePicture } from './write-picture';

/** What the process is told: its order first, then one picture after the other. */
export type ToExplainWorker =
  | { type: 'start'; order: ExplainOrder; write: WriteOrder }
  | { type: 'picture'; path: string; bytes: Uint8Array<ArrayBuffer> };

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
      const drawn = await explainer.explain(new Blob([message.bytes]), message.path.split('/').at(-1) ?? '');
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
