import type { Graph } from '../network-graph';
import { scalingNumbers, scalingsFor } from './chosen-scaling';
import { type Front, frontOf, type Stage } from './front';
import type { InputScaling } from './input-scaling';
import type { FoundScaling } from './scaling';
import { scalingByStatistics } from './statistics-scaling';

/**
 * How pictures are to be given to a network that scales them itself, from what stands in front of its first convolution or
 * dense layer; null where nothing there tells.
 *
 * The arithmetic of the front maps a value x of the picture to a * x + b, channel by channel. What x was follows from where
 * a * x + b comes to lie, since the layers behind read numbers of a few ranges only:
 *
 * 1. *The result is one of the usual scalings*: x / 255 makes "0 to 1" of bytes and of nothing else, (x - .485) / .229 makes
 *    ImageNet's of 0 to 1, x / 127.5 - 1 makes -1 to 1 of bytes. Networks of torchvision that turn ImageNet's scaling into
 *    -1 to 1 are found the same way.
 * 2. *The result fills 0 to 1, -1 to 1 or 0 to 255*, within 3 %: x / 256, (x - 127) / 128.
 * 3. *It is a standardisation*, (x - mean) / deviation. Values between l and h of mean m have a deviation of at most
 *    sqrt((h - m)(m - l)) (Bhatia and Davis, 2000): a deviation of .3 at a mean of .45 can be one of 0 to 1, one of 58 at 120
 *    only of 0 to 255. Pictures reach a quarter to nine tenths of that bound; a tenth is asked for. Where several ranges
 *    could be, the narrowest is meant.
 * 4. *It takes away a mean*: the range keeps its width, 1 or 255, and the mean lies in its middle.
 * 5. *It divides by 30 or more*, whatever else it does: of 0 to 1 nothing would be left, so x is 0 to 255.
 *
 * All channels must say the same. The whole front is asked first, then ever shorter beginnings of it, then limits between which
 * it cuts values off, and at last what a batch normalisation at its end saw in training.
 */
export function toldScaling(graph: Graph, output: string): FoundScaling | null {
  const { integers, shape } = graph.input;
  if (integers) return settledByIntegers(integers, shape[2]);
  const front = frontOf(graph, output);
  return (
    settledByArithmetic(front, shape[2]) ?? settledByBounds(front) ?? scalingByStatistics(front, shape[2])
  );
}

/** Numbers of eight bits stand for 0 to 255 whether they have a sign or not; longer ones hold the same bytes. */
function settledByIntegers([least]: readonly [number, number], channels: number): FoundScaling {
  const { factor, bgr } = scalingNumbers('bytes', channels);
  const isSigned = least === -128;
  return {
    scaling: isSigned ? { factor, offset: factor.map(() => least), bgr } : 'bytes',
    reason: `The network takes whole numbers${isSigned ? ' from -128 to 127' : ': 0 to 255'}.`,
    isGuess: false,
  };
}

function settledByArithmetic({ ends, normalisations, bounds }: Front, channels: number): FoundScaling | null {
  const places = [...ends, ...normalisations.map(({ at }) => at), ...bounds.map(({ at }) => at)];
  const found = places.flatMap((place) => {
    for (let stage: Stage | null = place; stage?.by != null; stage = stage.before) {
      const input = inputOf(stage, channels);
      if (input) return [{ ...input, by: stage.by }];
    }
    return [];
  });
  const [first] = found;
  // Branches that contradict each other tell nothing.
  if (!first || found.some(({ scaling, bgr }) => scaling !== first.scaling || bgr !== first.bgr)) return null;
  return {
    scaling: first.bgr ? { ...scalingNumbers(first.scaling, channels), bgr: true } : first.scaling,
    reason: `The network scales pictures itself, in "${first.by}": it takes ${inWords[first.scaling]}${first.bgr ? ', blue first' : ''}.`,
    isGuess: false,
  };
}

const inWords: Record<InputScaling, string> = {
  unit: 'values from 0 to 1',
  signed: 'values from -1 to 1',
  bytes: 'values from 0 to 255',
  imagenet: 'pictures less the mean of ImageNet, by its deviation',
  caffe: 'pictures less the mean of ImageNet',
  mnist: 'pictures less the mean of MNIST, by its deviation',
};

type Range = readonly [least: number, most: number];

/** Ranges of the values of pictures, the narrowest first. */
const ranges: readonly (readonly [InputScaling, Range])[] = [
  ['unit', [0, 1]],
  ['signed', [-1, 1]],
  ['bytes', [0, 255]],
];

function settledByBounds({ bounds }: Front): FoundScaling | null {
  for (const { name, at, range } of bounds) {
    if (at.by !== null || !range.every(Number.isFinite)) continue;
    const found = ranges.find(([, [least, most]]) => range[0] === least && range[1] === most);
    if (!found) continue;
    const reason = `The network cuts off, in "${name}", what lies outside of ${range[0]} to ${range[1]}.`;
    return { scaling: found[0], reason, isGuess: false };
  }
  return null;
}

/** factor * x + summand, where x is one channel of the picture, or a mean of several. */
interface Line {
  readonly factor: number;
  readonly summand: number;
  /** The channel of the picture; null for a mean of several. */
  readonly source: number | null;
}

function linesOf({ channels }: Stage): Line[] | null {
  const lines = channels.map(({ weights, offset }): Line => {
    const sources = weights.flatMap((weight, channel) => (weight === 0 ? [] : [channel]));
    const isMean = sources.every((source) => weights[source] * weights[sources[0]] > 0);
    return {
      factor: isMean ? weights.reduce((sum, weight) => sum + weight, 0) : 0,
      summand: offset,
      source: sources.length === 1 ? sources[0] : null,
    };
  });
  return lines.length > 0 && lines.every(({ factor }) => factor !== 0) ? lines : null;
}

interface Input {
  readonly scaling: InputScaling;
  readonly bgr: boolean;
}

/** What the picture must have been for a stage to make sense; null where that cannot be told. */
function inputOf(stage: Stage, channels: number): Input | null {
  const lines = linesOf(stage);
  if (!lines || lines.every(isUnchanged)) return null;
  const known = inputOfUsual(lines, channels);
  if (known) return known;
  for (const rule of rules) {
    const found = ranges.find(([, range]) => lines.every((line) => rule(line, range)));
    if (found) return { scaling: found[0], bgr: isBlueFirst(lines, found[1]) };
  }
  return null;
}

const isUnchanged = ({ factor, summand }: Line) => Math.abs(factor - 1) < 1e-3 && Math.abs(summand) < 1e-3;

const rules: readonly ((line: Line, range: Range) => boolean)[] = [
  fillsUsualRange,
  isStandardised,
  takesMean,
  ({ factor }, [, most]) => most === 255 && Math.abs(factor) <= 1 / 30,
];

/** The scaling of the input with which the result is one of the usual ones, in the order of colours or against it. */
function inputOfUsual(lines: readonly Line[], channels: number): Input | null {
  for (const scaling of [...ranges.map(([name]) => name), 'imagenet'] as const) {
    // What is the scaling of the input already has not been scaled.
    const results = [...scalingsFor(3), 'mnist' as const].filter((result) => result !== scaling);
    const { factor, offset } = scalingNumbers(scaling, channels);
    const made = lines.map((line, row) => {
      const channel = line.source ?? 0;
      return {
        factor: line.factor * factor[channel],
        summand: line.factor * offset[channel] + line.summand,
        // Where grey is made three channels, each stands for its colour.
        colour: channels === 1 ? row % 3 : line.source,
      };
    });
    if (channels !== 1 && made.some(({ colour }) => colour === null)) continue;
    for (const bgr of channels === 3 ? [false, true] : [false]) {
      const isUsual = results.some((result) =>
        made.every((line) => {
          const colour = line.colour ?? 0;
          return isOfColour(line, result, bgr ? 2 - colour : colour, made.length);
        }),
      );
      if (isUsual) return { scaling, bgr };
    }
  }
  return null;
}

/** Whether a line gives a colour the values that a usual scaling gives it. */
function isOfColour(
  line: Omit<Line, 'source'>,
  result: InputScaling,
  colour: number,
  lines: number,
): boolean {
  const numbers = scalingNumbers(result, lines === 1 ? 1 : 3);
  const channel = lines === 1 ? 0 : numbers.bgr ? 2 - colour : colour;
  const factor = numbers.factor[channel];
  const isClose = (a: number, b: number, unit: number) => Math.abs(a - b) <= 0.003 * unit;
  return (
    isClose(line.factor, factor, factor) &&
    isClose(line.summand, numbers.offset[channel], Math.max(255 * factor, Math.abs(numbers.offset[channel])))
  );
}

/** Ranges that first layers read, beside what standardising makes. */
const usualRanges: readonly Range[] = [
  [0, 1],
  [-1, 1],
  [0, 255],
  [-128, 127],
];

function fillsUsualRange({ factor, summand }: Line, [least, most]: Range): boolean {
  const ends = [factor * least + summand, factor * most + summand].sort((a, b) => a - b);
  // What fills its own range has not been scaled.
  const others = usualRanges.filter(([low, high]) => low !== least || high !== most);
  return others.some(([low, high]) =>
    [ends[0] - low, ends[1] - high].every((distance) => Math.abs(distance) <= 0.03 * (high - low)),
  );
}

/** Share of the largest possible deviation that the values of pictures have at least. */
const LEAST_SHARE = 0.1;
/** Room for rounding: values that are black and white only reach the bound itself. */
const BOUND = 1.02;

function isStandardised({ factor, summand }: Line, [least, most]: Range): boolean {
  if (summand === 0) return false;
  const mean = -summand / factor;
  const deviation = 1 / Math.abs(factor);
  const share = deviation / Math.sqrt((most - mean) * (mean - least));
  // Of 0 to 255, a mean and a deviation of less than ten say something else.
  const isWide = most !== 255 || Math.min(mean, deviation) >= 10;
  return share >= LEAST_SHARE && share <= BOUND && isWide;
}

function takesMean({ factor, summand }: Line, [least, most]: Range): boolean {
  const width = Math.abs(factor) * (most - least);
  const place = (-summand / factor - least) / (most - least);
  const isWidth = [1, 255].some((usual) => Math.abs(width - usual) <= 0.1 * usual);
  return summand !== 0 && isWidth && place >= 0.15 && place <= 0.85;
}

/** Means of colours in the order blue, green, red, of ImageNet and of the two VGGFace, by which a file shows its order. */
const MEANS_BLUE_FIRST = [
  [103.939, 116.779, 123.68],
  [93.594, 104.7624, 129.1863],
  [91.4953, 103.8827, 131.0912],
];

/** Whether the means that are taken away are those of colours in the order blue, green, red. */
function isBlueFirst(lines: readonly Line[], [least, most]: Range): boolean {
  if (lines.length !== 3 || lines.some(({ source }) => source === null)) return false;
  const bySource = [0, 1, 2].map((source) => lines.find((line) => line.source === source));
  return MEANS_BLUE_FIRST.some((means) =>
    bySource.every((line, channel) => {
      if (!line) return false;
      const mean = ((-line.summand / line.factor - least) / (most - least)) * 255;
      return Math.abs(mean - means[channel]) <= 2;
    }),
  );
}
