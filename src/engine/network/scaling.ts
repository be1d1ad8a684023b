import type { InputPicture, InputScaling } from '../protocol';
import { NetworkError } from './errors';
import type { Graph } from './graph';

/** What a network reads: `value * factor + offset` of every 0..255 value, channels in the order R, G, B unless turned. */
export interface Scaling {
  readonly factor: readonly [number, number, number];
  readonly offset: readonly [number, number, number];
  /** Whether the channels come as B, G, R; factor and offset are in the network's order. */
  readonly bgr: boolean;
}

/** A scaling with the reason for it, a sentence. */
export interface FoundScaling {
  readonly scaling: InputScaling | Scaling;
  readonly reason: string;
  /** False where the network itself settles it. */
  readonly isGuess: boolean;
}

const uniform = (factor: number, offset: number): Scaling => ({
  factor: [factor, factor, factor],
  offset: [offset, offset, offset],
  bgr: false,
});

/** Channel means and deviations of ImageNet on the scale 0 to 1, as torchvision's networks take them. */
const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];
/** Channel means in the order B, G, R, on the scale 0 to 255, as networks trained with Caffe take them. */
const CAFFE_MEAN = [103.939, 116.779, 123.68];

const scalings: Record<InputScaling, Scaling> = {
  unit: uniform(1 / 255, 0),
  signed: uniform(1 / 127.5, -1),
  imagenet: {
    factor: DEVIATION.map((sd) => 1 / (255 * sd)) as [number, number, number],
    offset: MEAN.map((mean, i) => -mean / DEVIATION[i]) as [number, number, number],
    bgr: false,
  },
  caffe: {
    factor: [1, 1, 1],
    offset: CAFFE_MEAN.map((mean) => -mean) as [number, number, number],
    bgr: true,
  },
  bytes: uniform(1, 0),
};

export const scalingOf = (scaling: InputScaling | Scaling): Scaling =>
  typeof scaling === 'string' ? scalings[scaling] : scaling;

/** The same scaling for all channels. */
export const uniformScaling = uniform;

/** Families of networks by how their published weights take pictures (keras.applications, preprocess_input). */
const families: [RegExp, InputScaling][] = [
  [/mobilenet|inception|xception|nasnet/i, 'signed'],
  [/densenet/i, 'imagenet'],
  [/vgg|resnet_?(50|101|152)/i, 'caffe'],
];

/** How pictures are probably scaled for a network whose file does not tell. */
export function guessScaling(graph: Graph, title: string): FoundScaling {
  const first = graph.nodes.find((node) => node.inputs.includes(graph.input.name));
  if (first && (first.spec.type === 'affine' || /rescaling|normalization/i.test(first.name))) {
    return {
      scaling: 'bytes',
      reason: `The network scales pictures itself, in "${first.name}".`,
      isGuess: false,
    };
  }
  const words = `${title} ${graph.nodes
    .slice(0, 12)
    .map(({ name }) => name)
    .join(' ')}`;
  const family = families.find(([pattern]) => pattern.test(words));
  if (family) {
    const [pattern, scaling] = family;
    return {
      scaling,
      reason: `Guessed from the name: networks called "${pattern.exec(words)?.[0]}" are trained so.`,
      isGuess: true,
    };
  }
  return {
    scaling: 'unit',
    reason: 'Guessed: the file does not tell how pictures are scaled.',
    isGuess: true,
  };
}

/**
 * The values a network reads, row by row, `channels` a pixel: colours, or their luma where it reads one channel.
 * @throws NetworkError for a network that reads other than one or three channels
 */
export function scalePicture(picture: InputPicture, channels: number, scaling: Scaling): Float32Array {
  const { rgba, width, height } = picture;
  const { factor, offset, bgr } = scaling;
  const values = new Float32Array(width * height * channels);
  if (channels === 1) {
    for (let pixel = 0; pixel < width * height; pixel++) {
      const [r, g, b] = [rgba[pixel * 4], rgba[pixel * 4 + 1], rgba[pixel * 4 + 2]];
      values[pixel] = (0.299 * r + 0.587 * g + 0.114 * b) * factor[0] + offset[0];
    }
    return values;
  }
  assertReadsPictures(channels);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const value = rgba[pixel * 4 + (bgr ? 2 - channel : channel)];
      values[pixel * 3 + channel] = value * factor[channel] + offset[channel];
    }
  }
  return values;
}

export function assertReadsPictures(channels: number): void {
  if (channels !== 1 && channels !== 3) {
    throw new NetworkError(
      `This network reads pictures of ${channels} channels; only grey (1) and colour (3) can be given to it.`,
    );
  }
}
