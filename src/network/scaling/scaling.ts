import type { InputPicture } from '../../picture/picture';
import { counted } from '../../text/counted';
import { NetworkError } from '../network-errors';
import type { Graph } from '../network-graph';
import { scalingCalled, scalingNumbers, scalingsFor } from './chosen-scaling';
import type { InputScaling, ScalingNumbers, ScalingReport } from './input-scaling';

/** A scaling with the reason for it, a sentence. */
export interface FoundScaling {
  readonly scaling: InputScaling | ScalingNumbers;
  readonly reason: string;
  /** False where the network itself settles it. */
  readonly isGuess: boolean;
}

/** A found scaling in the numbers of a network of so many channels. */
export function scalingReport({ scaling, ...how }: FoundScaling, channels: number): ScalingReport {
  return typeof scaling === 'string'
    ? { ...scalingNumbers(scaling, channels), ...how, name: scaling }
    : { ...scaling, ...how, name: scalingCalled(scaling) };
}

/**
 * Families of networks by how their published weights take pictures (`preprocess_input` of keras.applications). Those that
 * scale pictures themselves are found by their arithmetic; here are those that were built without it.
 */
const families: readonly (readonly [RegExp, InputScaling])[] = [
  [/mobilenet|inception|xception|nasnet|efficientnet_?v2|resnet_?(50|101|152)_?v2/i, 'signed'],
  [/densenet|efficientnet|convnext|regnet/i, 'imagenet'],
  [/vgg|resnet_?(50|101|152)/i, 'caffe'],
  [/(?<!fashion.?)mnist/i, 'mnist'],
];

/** How pictures are probably scaled for a network whose file does not tell. */
export function guessScaling(graph: Graph, title: string): FoundScaling {
  const words = `${title} ${graph.nodes
    .slice(0, 12)
    .map(({ name }) => name)
    .join(' ')}`;
  const offered = scalingsFor(graph.input.shape[2]);
  const family = families.find(([pattern, scaling]) => offered.includes(scaling) && pattern.test(words));
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
 * The values a network reads, row by row: colours, or their luma where the scaling is that of one channel.
 * @throws NetworkError for a network that reads other than one or three channels
 */
export function scalePicture(picture: InputPicture, scaling: ScalingNumbers): Float32Array {
  const { rgba, width, height } = picture;
  const { factor, offset, bgr } = scaling;
  const channels = factor.length;
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
      `This network reads pictures of ${counted(channels, 'channel')}; only grey (1) and colour (3) can be given to it.`,
    );
  }
}
