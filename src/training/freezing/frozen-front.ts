import type * as tf from '@tensorflow/tfjs-core';
import { buildNetwork } from '../../network/build';
import type { Network } from '../../network/network';
import type { Graph } from '../../network/network-graph';
import { type Layout, type WeightShape, weightShapesOf } from '../architecture/parameter-layout';
import type { TrainingPlan } from '../pass';
import { runWithinStep } from '../run-within-step';

/** The layers that learn no more: run as they are exported, their normalisations by running statistics, nothing kept for a way back. */
export interface FrozenFront {
  /** Names of their blocks, from the first. */
  readonly blocks: readonly string[];
  /** The layers behind them, which read what the front yields in the place of the picture. */
  readonly rest: TrainingPlan;
  /** Names of the weights that stay as they are. */
  readonly weights: ReadonlySet<string>;
  /** What the rest reads of pictures [n, side, side, 3]; owned by the caller. */
  run(x: tf.Tensor4D): tf.Tensor4D;
  dispose(): void;
}

/**
 * @param graph of the whole network with the weights it has now
 * @param blocks at least one, from the first
 */
export function frozenFront(
  layout: Layout,
  plan: TrainingPlan,
  graph: Graph,
  blocks: readonly string[],
): FrozenFront {
  const own = new Set(blocks);
  let last = plan.findLastIndex(({ layer }) => layer.block !== null && own.has(layer.block));
  let end = lastLayerOf(layout, blocks[blocks.length - 1]);
  // A pooling learns nothing, and its gradient would go nowhere.
  while (plan[last + 1].layer.kind === 'pooling') end = plan[++last].layer.name;
  const network = buildNetwork(graph);
  const node = nodeOf(network, end);
  const isFrozen = new Set(
    layout.layers.filter(({ block }) => block !== null && own.has(block)).map(({ name }) => name),
  );
  return {
    blocks,
    rest: plan.slice(last + 1).map(({ layer, inputs, activation }) => ({
      layer,
      activation,
      inputs: inputs.map((input) => input - last - 1).map((input) => Math.max(-1, input)),
    })),
    weights: new Set(
      weightShapesOf(layout)
        .filter(
          ({ name }: WeightShape) =>
            isFrozen.has(name.slice(0, name.lastIndexOf('/'))) || isFrozen.has(normOf(name)),
        )
        .map(({ name }) => name),
    ),
    run: (x) => runWithinStep(network, node, x) as tf.Tensor4D,
    dispose: () => network.dispose(),
  };
}

/** The normalisation "conv1_1_norm" has its weights under "conv1_1". */
const normOf = (weight: string) => `${weight.slice(0, weight.lastIndexOf('/'))}_norm`;

const lastLayerOf = ({ layers }: Layout, block: string): string =>
  layers.findLast((layer) => layer.block === block)?.name as string;

/** The node that computes a layer, alone or with those before it. */
function nodeOf({ nodes }: Network, layer: string): number {
  const node = nodes.findIndex(({ name, parts }) => name === layer || parts.includes(layer));
  if (node < 0) throw new Error(`The network has no node that yields ${layer}.`);
  return node;
}
