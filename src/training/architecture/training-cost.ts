import type { Architecture } from './architecture';
import { isLearned, type Layer, layoutOf, sizeOf } from './parameter-layout';

export interface Cost {
  /** Numbers that are learned; the running statistics of a batch normalisation are not among them. */
  parameters: number;
  /** Of one picture's forward pass, in convolutions and dense layers; normalisation is folded into them after training. */
  multiplyAdds: number;
  /** Bytes of the outputs for one picture in float32, all of which a training step keeps for its way back. */
  activationBytes: number;
}

export interface LayerCost extends Cost {
  name: string;
  kind: Layer['kind'];
  /** Block the layer belongs to; null for poolings and what follows the last stage. */
  block: string | null;
  /** Of the output without the batch. */
  shape: number[];
}

export interface ArchitectureCost extends Cost {
  layers: LayerCost[];
}

/**
 * What an architecture costs, by layer and in all.
 * @throws ArchitectureError where it cannot be built
 */
export function costOf(architecture: Architecture): ArchitectureCost {
  const layers = layoutOf(architecture).layers.map(
    (layer): LayerCost => ({
      name: layer.name,
      kind: layer.kind,
      block: layer.block,
      shape: layer.shape,
      parameters: sum(layer.weights.filter(isLearned).map(({ shape }) => sizeOf(shape))),
      multiplyAdds: multiplyAddsOf(layer),
      activationBytes: 4 * sizeOf(layer.shape),
    }),
  );
  return { ...totalOf(layers), layers };
}

/** The cost of some layers together. */
export const totalOf = (layers: readonly Cost[]): Cost => ({
  parameters: sum(layers.map(({ parameters }) => parameters)),
  multiplyAdds: sum(layers.map(({ multiplyAdds }) => multiplyAdds)),
  activationBytes: sum(layers.map(({ activationBytes }) => activationBytes)),
});

/** The cost of one block, its normalisations and shortcut included. */
export const costOfBlock = ({ layers }: ArchitectureCost, block: string): Cost =>
  totalOf(layers.filter((layer) => layer.block === block));

/** Every number of a filter is used once at every place of the output. */
function multiplyAddsOf({ kind, weights, shape }: Layer): number {
  if (kind === 'dense') return sizeOf(weights[0].shape);
  return kind === 'convolution' || kind === 'depthwise' ? shape[0] * shape[1] * sizeOf(weights[0].shape) : 0;
}

/**
 * Bytes of the largest tensor of a training: the output of a layer for a whole batch, or all that is learned, which is one vector.
 * @param batch pictures of a step
 */
export function largestTensor(architecture: Architecture, batch: number): number {
  const { layers, parameters } = costOf(architecture);
  const pictures = 4 * 3 * architecture.side ** 2;
  const outputs = layers.map(({ activationBytes }) => activationBytes);
  return Math.max(4 * parameters, batch * Math.max(pictures, ...outputs));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
