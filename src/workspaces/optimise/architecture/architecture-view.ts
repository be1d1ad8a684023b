import type { ArchitectureDiagramData, DiagramBlock } from '../../../figures';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { type Architecture, ArchitectureError } from '../../../training/architecture/architecture';
import { layoutOf } from '../../../training/architecture/parameter-layout';
import { type ArchitectureCost, costOf } from '../../../training/architecture/training-cost';
import { type BlockPlace, placesOf } from './change-architecture';

/** A network as the editor shows it; `problem` says in a sentence why it cannot be built. */
export interface ArchitectureView {
  readonly diagram: ArchitectureDiagramData;
  /** For each block of the diagram its place in the architecture; null for what is no block. */
  readonly places: readonly (BlockPlace | null)[];
  readonly cost: ArchitectureCost | null;
  readonly problem: string | null;
}

/** Drawing, costs and problem of an architecture; what cannot be built is drawn as far as it can be. */
export function architectureView(architecture: Architecture, selected: BlockPlace | null): ArchitectureView {
  const { sides, problem } = sidesOf(architecture);
  const blocks: DiagramBlock[] = [
    { kind: 'input', name: say('picture'), width: 3, side: architecture.side, filter: null },
  ];
  const places: (BlockPlace | null)[] = [null];
  let side = architecture.side;
  architecture.stages.forEach(({ blocks: own, shrink }, stage) => {
    own.forEach((block, at) => {
      side = sides.get(block.name) ?? side;
      const filter = block.kind === 'convolution' ? block.size : 3;
      blocks.push({ kind: block.kind, name: block.name, width: block.width, side, filter });
      places.push({ stage, block: at });
    });
    if (shrink === 'max' || shrink === 'average') {
      side = Math.max(1, Math.floor(side / 2));
      const { width } = own[own.length - 1];
      blocks.push({ kind: 'pooling', name: '', width, side, filter: null });
      places.push(null);
    }
  });
  architecture.hidden.forEach((width, i) => {
    blocks.push({ kind: 'dense', name: `dense${i + 1}`, width, side: 1, filter: null });
    places.push(null);
  });
  blocks.push({ kind: 'output', name: say('classes'), width: architecture.classes, side: 1, filter: null });
  places.push(null);
  const chosen = places.findIndex(
    (place) => place?.stage === selected?.stage && place?.block === selected?.block && place !== null,
  );
  return {
    diagram: { blocks, selected: chosen < 0 ? null : chosen },
    places,
    cost: problem === null ? costOf(architecture) : null,
    problem,
  };
}

/** Rows of every block's output by name, and why the architecture cannot be built. */
function sidesOf(architecture: Architecture): { sides: Map<string, number>; problem: string | null } {
  try {
    const { layers } = layoutOf(architecture);
    return {
      sides: new Map(layers.flatMap(({ block, shape }) => (block ? [[block, shape[0]]] : []))),
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof ArchitectureError)) throw error;
    return { sides: new Map(), problem: error.message };
  }
}

/** "1,234", "12.3 thousand", "4.56 million" */
export function countInWords(count: number): string {
  if (count >= 1e9) return say('{value} billion', { value: (count / 1e9).toPrecision(3) });
  if (count >= 1e6) return say('{value} million', { value: (count / 1e6).toPrecision(3) });
  return count.toLocaleString('en');
}

/** "1.5 MB" */
export function bytesInWords(bytes: number): string {
  const units: [number, string][] = [
    [2 ** 30, 'GB'],
    [2 ** 20, 'MB'],
    [2 ** 10, 'kB'],
  ];
  for (const [size, unit] of units) {
    if (bytes >= size) return `${(bytes / size).toPrecision(bytes / size >= 100 ? 3 : 2)} ${unit}`;
  }
  return `${bytes} B`;
}

/**
 * Bytes that a training step holds at least: the outputs of all layers of a batch, and weights, gradients and the optimiser's
 * two moments in float32.
 */
export const trainingBytes = ({ activationBytes, parameters }: ArchitectureCost, batch: number): number =>
  activationBytes * batch + 4 * 4 * parameters;

/** What a block is, read aloud: "conv2_1, 3 × 3 convolution, 32 channels of 24 × 24". */
export function blockInWords({ kind, name, width, side, filter }: DiagramBlock): string {
  const words = { name, filter, channels: counted(width, 'channel'), side };
  return kind === 'residual'
    ? say('{name}, residual block, {channels} of {side} × {side}', words)
    : say('{name}, {filter} × {filter} convolution, {channels} of {side} × {side}', words);
}

export const blockCount = (architecture: Architecture) => placesOf(architecture).length;
