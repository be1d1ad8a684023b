import { counted } from '../text/counted';
import type { GraphNode } from './network-graph';
import type { Head } from './network-head';
import type { Shape } from './ops/operation';

/**
 * What the numbers at the end of a network are:
 * `classes`, a probability or a logit a class; `binary`, two classes told by one unit; `number`, one number that is no class;
 * `vector`, several such numbers; `places`, numbers at every place of a map; `picture`, a picture like the one it reads;
 * `boxes`, things with their places.
 */
export const outputKinds = ['classes', 'binary', 'number', 'vector', 'places', 'picture', 'boxes'] as const;
export type OutputKind = (typeof outputKinds)[number];

/** Whether what is explained are classes of the whole picture, which have probabilities. */
export const hasProbabilities = (kind: OutputKind): boolean => kind === 'classes' || kind === 'binary';

/** How an output is read: as its activation and its shape tell, or as the user says. */
export const outputReads = ['auto', 'classes', 'number'] as const;
export type OutputReads = (typeof outputReads)[number];

/** The end of a network, its softmax or sigmoid cut off. */
export interface OutputEnd {
  /** As the file calls it. */
  readonly name: string;
  readonly shape: Shape;
  readonly head: Head;
  /** What computes it, without what only lays numbers out anew. */
  readonly last: GraphNode | null;
  /** The last operation scales all numbers by one that is computed from the picture, as an embedding's length is. */
  readonly isScaledAsOne: boolean;
}

/** What an output is taken for. */
export interface OutputReading {
  readonly kind: OutputKind;
  /** What it is, to stand in a sentence: "a map of 21 classes at 14 × 14 places". */
  readonly what: string;
  /** The same in sentences, with what of it is explained. */
  readonly reason: string;
  /** Whether it can be read otherwise as well: as classes, or as numbers. */
  readonly readsEitherWay: boolean;
  /** What one of its numbers is called where nobody names it. */
  readonly noun: 'class' | 'number' | 'channel' | 'output';
}

/** Activations that leave a number any sign and any size, as logits have. */
const unbounded = ['linear', 'leaky-relu', 'elu', 'prelu'];

/** Names that authors give to what describes a picture, or tells where something is. */
const vectorNames =
  /embed|descriptor|latent|feature_?vector|(^|[^a-z])(b?box|bounding|coord|landmark|keypoint)/i;

/**
 * What an output is, by its shape, its head and what stands before it.
 * @param inputShape height, width and channels of the picture
 * @param names how many classes the network's file names, 0 for none
 */
export function readOutput(
  end: OutputEnd,
  inputShape: readonly [number, number, number],
  reads: OutputReads = 'auto',
  names = 0,
): OutputReading {
  if (isMap(end.shape)) return ofMap(end, inputShape, reads);
  const count = end.shape.reduce((product, size) => product * size, 1);
  return count === 1 ? ofOneUnit(end, reads, names) : ofVector(end, reads, count, names);
}

/** Whether an output has more than one place. */
export const isMap = (shape: Shape): boolean => shape.length === 3 && shape[0] * shape[1] > 1;

function ofOneUnit({ head, last }: OutputEnd, reads: OutputReads, names: number): OutputReading {
  const isSigmoid = head === 'sigmoid';
  const named = reads === 'auto' && !isSigmoid && names === 2;
  if (reads === 'classes' || named || (reads === 'auto' && isSigmoid)) {
    const unit = isSigmoid ? 'one sigmoid unit' : `one unit${named ? ' with two names' : ''}`;
    return described(`${unit}, read as two classes`, {
      kind: 'binary',
      rest: `${isSigmoid ? 'It' : 'Its sigmoid'} is the probability of the second class; for the first, the negated logit is explained.`,
      readsEitherWay: true,
      noun: 'class',
    });
  }
  const activation = isSigmoid ? 'sigmoid' : activationOf(last);
  const after = activation === 'linear' ? '' : ` after ${activation}`;
  const before = head === 'softmax' ? ' before a softmax, which over one unit is always 1' : after;
  return described(`one number${before}`, {
    kind: 'number',
    rest: 'It is no class and has no probability; the number itself is explained.',
    readsEitherWay: true,
    noun: 'output',
  });
}

function described(
  what: string,
  { rest, ...reading }: Omit<OutputReading, 'what' | 'reason'> & { rest: string },
): OutputReading {
  return { ...reading, what, reason: `The output is ${what}. ${rest}`.trimEnd() };
}

const activationOf = (last: GraphNode | null): string =>
  last && 'activation' in last.spec ? last.spec.activation.name : 'linear';

function ofVector(end: OutputEnd, reads: OutputReads, count: number, names: number): OutputReading {
  const { head } = end;
  const readsEitherWay = head === 'logits';
  const doubt = names === count ? null : reasonAgainstClasses(end);
  const why = reads === 'number' ? '' : doubt;
  if (reads === 'classes' || !readsEitherWay || why === null) {
    const told: Record<Head, [what: string, rest: string]> = {
      sigmoid: [
        counted(count, 'probability', 'probabilities'),
        'Each stands for itself: any number of them may be high at once.',
      ],
      softmax: [`the probabilities of ${counted(count, 'class', 'classes')}`, ''],
      logits: [counted(count, 'logit'), 'The probabilities are their softmax.'],
    };
    const [what, rest] = told[head];
    return described(what, { kind: 'classes', rest, readsEitherWay, noun: 'class' });
  }
  return described(`${counted(count, 'number')}${why && ` ${why}`}`, {
    kind: 'vector',
    rest: 'They are no classes and have no probabilities; one of the numbers is explained.',
    readsEitherWay,
    noun: 'number',
  });
}

/** What speaks against taking numbers without a head for logits; null where nothing does. */
function reasonAgainstClasses({ head, name, last, isScaledAsOne }: OutputEnd): string | null {
  if (head !== 'logits') return null;
  if (isScaledAsOne || last?.spec.type === 'layer-normalisation')
    return 'scaled to one length, as embeddings are';
  const names = [name, last?.name ?? ''].filter((each) => !each.includes('/'));
  const named = names.find((each) => vectorNames.test(each));
  if (named !== undefined) return `called “${named}”`;
  const activation = activationOf(last);
  return unbounded.includes(activation) ? null : `after ${activation}`;
}

function ofMap(
  { shape, head }: OutputEnd,
  [rows, columns, depth]: readonly [number, number, number],
  reads: OutputReads,
): OutputReading {
  const [height, width, channels] = shape;
  const noun = head === 'logits' ? ('channel' as const) : ('class' as const);
  const many = noun === 'class' ? counted(channels, 'class', 'classes') : counted(channels, 'channel');
  const before = head === 'logits' ? '' : `, before the ${head}`;
  const places = `${width} × ${height} places`;
  const readsEitherWay = true;
  if (reads === 'classes') {
    const isUnit = channels === 1;
    return described(
      `a map of ${isUnit ? 'one number' : many} at ${places}, read as classes of the whole picture`,
      {
        kind: isUnit ? 'binary' : 'classes',
        rest: `The logit is the mean over all places${before}${isUnit ? '; its sigmoid is the probability of the second class' : ''}.`,
        readsEitherWay,
        noun: 'class',
      },
    );
  }
  const own = channels === 1 ? 'its mean' : `one ${noun}'s mean`;
  const factor = height / rows;
  const isLikeInput = Number.isInteger(factor) && width === factor * columns && channels === depth;
  if (isLikeInput && head !== 'softmax') {
    return described(`a picture${channels === 1 ? ' or a mask' : ''} of ${width} × ${height} pixels`, {
      kind: 'picture',
      rest: `It is no class; explained is ${channels === 1 ? 'its mean' : 'the mean of one channel'} over all pixels${before}.`,
      readsEitherWay,
      noun: channels === 1 ? 'output' : 'channel',
    });
  }
  return described(`a map of ${channels === 1 ? 'one number' : many} at ${places}`, {
    kind: 'places',
    rest: `It is no class of the whole picture; explained is ${own} over all places${before}.`,
    readsEitherWay,
    noun: channels === 1 ? 'output' : noun,
  });
}

/** Names where neither the file nor the user gives any. */
export const usualNames = (noun: OutputReading['noun'], count: number): string[] =>
  noun === 'output' ? ['output'] : Array.from({ length: count }, (_, index) => `${noun} ${index}`);

/**
 * The names of what can be explained; null where there are more or fewer of them. One name for a unit that tells two classes
 * names the second, and the first is what is not it.
 */
export function fittingNames(
  names: readonly string[],
  { kind, labels }: { kind: OutputKind; labels: readonly string[] },
): string[] | null {
  if (names.length === labels.length) return [...names];
  return kind === 'binary' && names.length === 1 ? [`not ${names[0]}`, names[0]] : null;
}

/** "the network tells two classes", "the network has 21 classes", "the network yields one number". */
export function countInWords(kind: OutputKind, count: number): string {
  switch (kind) {
    case 'binary':
      return 'the network tells two classes by one unit';
    case 'classes':
      return `the network has ${counted(count, 'class', 'classes')}`;
    case 'number':
      return 'the network yields one number and no classes';
    case 'vector':
      return `the network yields ${counted(count, 'number')} and no classes`;
    case 'places':
      return `the network yields ${counted(count, 'number')} at every place`;
    case 'boxes':
      return `the network finds boxes of ${counted(count, 'class', 'classes')}`;
    case 'picture':
      return `the network yields a picture of ${counted(count, 'channel')}`;
  }
}
