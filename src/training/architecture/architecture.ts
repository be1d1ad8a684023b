/** A convolution of `size` x `size`, batch normalisation where the architecture asks for it, and the activation. */
export interface ConvolutionBlock {
  kind: 'convolution';
  /** Unique in the architecture, such as `conv2_1`. */
  name: string;
  /** Channels that it yields. */
  width: number;
  size: 1 | 3 | 5 | 7;
}

/**
 * Two 3 x 3 convolutions beside a shortcut, the activation behind their sum (He et al., Deep Residual Learning, 2016, figure 2). The
 * shortcut is a 1 x 1 convolution where width or size change, else the identity.
 */
export interface ResidualBlock {
  kind: 'residual';
  name: string;
  width: number;
  /** Channels between its two convolutions; left out where they are as many as it yields. */
  inner?: number;
  /** The shortcut is a convolution even where width and size stay, as in a block that lost filters. */
  projected?: true;
}

/**
 * A 3 x 3 convolution of every channel by itself, then a 1 x 1 convolution of all of them, each with normalisation and activation
 * (Howard et al., MobileNets, 2017, figure 3).
 */
export interface SeparableBlock {
  kind: 'separable';
  name: string;
  width: number;
}

export type Block = ConvolutionBlock | ResidualBlock | SeparableBlock;

/** Blocks at one spatial size. */
export interface Stage {
  blocks: Block[];
  /** How the stage ends: a 2 x 2 pooling of stride 2, its last block at stride 2, or at the size it began with. */
  shrink: 'max' | 'average' | 'stride' | 'none';
}

/** A VGG-like or residual CNN, as the editor lays it out. */
export interface Architecture {
  title: string;
  /** Rows and columns of the RGB pictures it reads. */
  side: number;
  activation: 'relu' | 'tanh';
  /** Of the convolutions. */
  padding: 'same' | 'valid';
  batchNorm: boolean;
  stages: Stage[];
  /** From the last feature map to a vector: the mean over its places, or all its numbers. */
  join: 'average' | 'flatten';
  /** Widths of dense layers before the last one; with the activation, without normalisation. */
  hidden: number[];
  /** Share of the joined vector that is set to 0 while training. */
  dropout: number;
  classes: number;
}

/** An architecture that cannot be built; a sentence that names the block. */
export class ArchitectureError extends Error {
  override name = 'ArchitectureError';
}
