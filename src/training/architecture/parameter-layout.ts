import { type Architecture, ArchitectureError, type Block, type ResidualBlock } from './architecture';

/** As PyTorch has them: what is added to the variance, and the share of a batch in the running statistics. */
export const batchNormalisation = { epsilon: 1e-5, momentum: 0.1 } as const;

export interface WeightShape {
  /** Layer and role, such as `conv2_1/filter`. */
  name: string;
  shape: number[];
  /**
   * `filter` [kh, kw, c_in, c_out], `depthwise` [kh, kw, c, 1] and `matrix` [in, out] decay; `bias`, `scale` and `offset` are learned without decay;
   * `mean` and `variance` are the running statistics of a batch normalisation and are not learned.
   */
  role: 'filter' | 'depthwise' | 'matrix' | 'bias' | 'scale' | 'offset' | 'mean' | 'variance';
}

interface LayerCommon {
  /** Unique in the layout. A block's convolution has the block's name. */
  name: string;
  /** Name of the block it belongs to; null for poolings and what follows the last stage. */
  block: string | null;
  /** Names of the layers it reads; `image` is the picture. */
  inputs: string[];
  /** Of the output without the batch: [h, w, c], or [n] behind the join. */
  shape: number[];
  weights: WeightShape[];
}

export type Layer = LayerCommon &
  (
    | {
        kind: 'convolution';
        size: number;
        stride: 1 | 2;
        /** In TensorFlow's sense: at stride 2 and an even size the odd row of zeros lies below and to the right. */
        padding: 'same' | 'valid';
        /** The shortcut of a residual block. */
        shortcut: boolean;
      }
    /** Every channel by itself. */
    | { kind: 'depthwise'; size: number; stride: 1 | 2; padding: 'same' | 'valid' }
    | { kind: 'normalisation' }
    | { kind: 'activation'; by: 'relu' | 'tanh' }
    /** 2 x 2 with stride 2; an odd last row or column is left out. */
    | { kind: 'pooling'; by: 'max' | 'average' }
    | { kind: 'addition' }
    | { kind: 'join'; by: 'average' | 'flatten' }
    | { kind: 'dropout'; rate: number }
    | { kind: 'dense' }
  );

export type LayerOf<Kind extends Layer['kind']> = Extract<Layer, { kind: Kind }>;

/** An architecture spelt out: every layer behind those it reads, the last one yields the logits. */
export interface Layout {
  /** [side, side, 3] */
  input: [number, number, number];
  layers: Layer[];
}

/** Name of the picture among the inputs of layers. */
export const IMAGE = 'image';
/** Name of the last layer. */
export const LOGITS = 'logits';

/** Larger feature maps than this are a slip of the keyboard. */
const LARGEST_WIDTH = 4096;

/**
 * The layers of an architecture with their shapes and weights.
 * @throws ArchitectureError naming the block that cannot be built, and why
 */
export function layoutOf(architecture: Architecture): Layout {
  const { side } = architecture;
  if (!Number.isInteger(side) || side < 8 || side > 1024) {
    throw new ArchitectureError(
      `Pictures must be between 8 and 1024 pixels a side; ${architecture.title} asks for ${side}.`,
    );
  }
  assertWhole(architecture.classes, 'The number of classes', 2);
  if (!(architecture.dropout >= 0 && architecture.dropout < 1)) {
    throw new ArchitectureError(
      `Dropout must be at least 0 and less than 1; ${architecture.title} asks for ${architecture.dropout}.`,
    );
  }
  if (architecture.stages.length === 0) throw new ArchitectureError(`${architecture.title} has no stage.`);
  const builder = new Builder(architecture);
  architecture.stages.forEach((stage, index) => {
    if (stage.blocks.length === 0) {
      throw new ArchitectureError(`Stage ${index + 1} has no block: add one, or take the stage out.`);
    }
    stage.blocks.forEach((block, place) => {
      const last = place === stage.blocks.length - 1;
      builder.block(block, last && stage.shrink === 'stride' ? 2 : 1);
    });
    if (stage.shrink === 'max' || stage.shrink === 'average') builder.pool(stage.shrink, index + 1);
  });
  builder.head();
  return { input: [side, side, 3], layers: builder.layers };
}

function assertWhole(value: number, what: string, least: number): void {
  if (!Number.isInteger(value) || value < least || value > LARGEST_WIDTH) {
    throw new ArchitectureError(
      `${what} must be a whole number from ${least} to ${LARGEST_WIDTH}; it is ${value}.`,
    );
  }
}

/** Appends layers one behind the other. */
class Builder {
  readonly layers: Layer[] = [];
  private readonly names = new Set([IMAGE]);
  private name = IMAGE;
  private shape: number[];

  constructor(private readonly architecture: Architecture) {
    this.shape = [architecture.side, architecture.side, 3];
  }

  private add(layer: Layer): void {
    if (layer.name === '' || this.names.has(layer.name)) {
      throw new ArchitectureError(
        layer.name === ''
          ? 'A block has no name.'
          : `Two layers are called "${layer.name}": every block needs a name of its own.`,
      );
    }
    this.names.add(layer.name);
    this.layers.push(layer);
    this.name = layer.name;
    this.shape = layer.shape;
  }

  block(block: Block, stride: 1 | 2): void {
    assertWhole(block.width, `The width of ${block.name}`, 1);
    if (block.kind === 'convolution') {
      this.convolution(block.name, block.name, block, stride);
      this.activation(block.name, block.name);
    } else if (block.kind === 'separable') {
      const depth = `${block.name}_depth`;
      this.depthwise(depth, block.name, stride);
      this.activation(depth, block.name);
      this.convolution(block.name, block.name, { width: block.width, size: 1 }, 1);
      this.activation(block.name, block.name);
    } else {
      this.residual(block, stride);
    }
  }

  private convolution(
    name: string,
    block: string,
    { width, size, shortcut = false }: { width: number; size: number; shortcut?: boolean },
    stride: 1 | 2,
  ): void {
    const { padding } = this.architecture;
    const places = this.placesBehind(name, size, stride);
    const filter = [size, size, this.shape[2], width];
    this.add({
      kind: 'convolution',
      name,
      block,
      inputs: [this.name],
      shape: [places, places, width],
      weights: [{ name: `${name}/filter`, shape: filter, role: 'filter' }, ...this.bias(name, width)],
      size,
      stride,
      padding,
      shortcut,
    });
    this.normalisation(name, block);
  }

  private depthwise(name: string, block: string, stride: 1 | 2): void {
    const size = 3;
    const places = this.placesBehind(name, size, stride);
    const channels = this.shape[2];
    const filter = [size, size, channels, 1];
    this.add({
      kind: 'depthwise',
      name,
      block,
      inputs: [this.name],
      shape: [places, places, channels],
      weights: [{ name: `${name}/filter`, shape: filter, role: 'depthwise' }, ...this.bias(name, channels)],
      size,
      stride,
      padding: this.architecture.padding,
    });
    this.normalisation(name, block);
  }

  private placesBehind(name: string, size: number, stride: 1 | 2): number {
    const [height] = this.shape;
    const { padding } = this.architecture;
    const places = padding === 'same' ? Math.ceil(height / stride) : Math.floor((height - size) / stride) + 1;
    if (places >= 1) return places;
    throw new ArchitectureError(
      `${name} reads windows of ${size} x ${size}, but only ${height} x ${height} ${height === 1 ? 'place is' : 'places are'} left before it.`,
    );
  }

  private bias(name: string, width: number): WeightShape[] {
    return this.architecture.batchNorm ? [] : [{ name: `${name}/bias`, shape: [width], role: 'bias' }];
  }

  /** Behind the convolution that was added last. */
  private normalisation(name: string, block: string): void {
    if (!this.architecture.batchNorm) return;
    const { shape } = this;
    const width = shape[2];
    const roles = ['scale', 'offset', 'mean', 'variance'] as const;
    this.add({
      kind: 'normalisation',
      name: `${name}_norm`,
      block,
      inputs: [name],
      shape,
      weights: roles.map((role) => ({ name: `${name}/${role}`, shape: [width], role })),
    });
  }

  private activation(name: string, block: string | null): void {
    const by = this.architecture.activation;
    this.add({
      kind: 'activation',
      name: `${name}_${by}`,
      block,
      inputs: [this.name],
      shape: this.shape,
      weights: [],
      by,
    });
  }

  private residual({ name, width, inner = width, projected }: ResidualBlock, stride: 1 | 2): void {
    assertWhole(inner, `The inner width of ${name}`, 1);
    if (this.architecture.padding !== 'same') {
      throw new ArchitectureError(
        `${name} adds its input to its output, so its convolutions must keep the size: set the padding to "same".`,
      );
    }
    const [input, inputShape] = [this.name, this.shape];
    this.convolution(`${name}_a`, name, { width: inner, size: 3 }, stride);
    this.activation(`${name}_a`, name);
    this.convolution(`${name}_b`, name, { width, size: 3 }, 1);
    const [branch, shape] = [this.name, this.shape];
    let shortcut = input;
    if (projected || stride !== 1 || inputShape[2] !== width) {
      [this.name, this.shape] = [input, inputShape];
      this.convolution(`${name}_shortcut`, name, { width, size: 1, shortcut: true }, stride);
      shortcut = this.name;
    }
    this.add({
      kind: 'addition',
      name: `${name}_sum`,
      block: name,
      inputs: [branch, shortcut],
      shape,
      weights: [],
    });
    this.activation(name, name);
  }

  pool(by: 'max' | 'average', stage: number): void {
    const [height, , channels] = this.shape;
    if (height < 2) {
      throw new ArchitectureError(
        `Stage ${stage} ends in a pooling, but its last block ${this.layers.at(-1)?.block} leaves a single place: take stages out, or read larger pictures.`,
      );
    }
    const places = Math.floor(height / 2);
    this.add({
      kind: 'pooling',
      name: `pool${stage}`,
      block: null,
      inputs: [this.name],
      shape: [places, places, channels],
      weights: [],
      by,
    });
  }

  head(): void {
    const { join, dropout, hidden, classes } = this.architecture;
    const [height, width, channels] = this.shape;
    const size = join === 'average' ? channels : height * width * channels;
    this.add({
      kind: 'join',
      name: 'join',
      block: null,
      inputs: [this.name],
      shape: [size],
      weights: [],
      by: join,
    });
    if (dropout > 0) {
      const rate = dropout;
      this.add({
        kind: 'dropout',
        name: 'dropout',
        block: null,
        inputs: [this.name],
        shape: [size],
        weights: [],
        rate,
      });
    }
    hidden.forEach((units, index) => {
      const name = `dense${index + 1}`;
      assertWhole(units, `The width of ${name}`, 1);
      this.dense(name, units);
      this.activation(name, null);
    });
    this.dense(LOGITS, classes);
  }

  private dense(name: string, units: number): void {
    const [inputs] = this.shape;
    this.add({
      kind: 'dense',
      name,
      block: null,
      inputs: [this.name],
      shape: [units],
      weights: [
        { name: `${name}/matrix`, shape: [inputs, units], role: 'matrix' },
        { name: `${name}/bias`, shape: [units], role: 'bias' },
      ],
    });
  }
}

/** All weights of a layout, in order. */
export const weightShapesOf = ({ layers }: Layout): WeightShape[] => layers.flatMap(({ weights }) => weights);

/** Running statistics are carried along, not learned. */
export const isLearned = ({ role }: WeightShape): boolean => role !== 'mean' && role !== 'variance';

export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, length) => product * length, 1);
