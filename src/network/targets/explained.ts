import type { Network } from '../network';
import { countInWords } from '../output-kind';
import type { ReadNode } from '../run-network';
import { boxScore } from './box-score';
import { detectionsIn, formOf } from './detections';
import { finerScore, mostAlike } from './finer-score';
import { classesOfPlaces, largestClass, placesOf, regionAt } from './regions';
import { cosineScore, numberScore, type Score, type Term, weightedScore } from './score';
import {
  type Against,
  type Box,
  type Contrast,
  type Region,
  type Similarity,
  type Target,
  TargetError,
} from './target';

/** What is explained of one picture, the winner found. */
export interface Explained {
  readonly score: Score;
  /** The score of the picture itself. */
  readonly value: number;
  /** The class, or the number that is none; null where what is explained is no one of them. */
  readonly index: number | null;
}

/**
 * What was found for one picture, kept: of another picture, or by other weights, the same numbers of the output are explained (of a box
 * those of its place in the list, of a region those of its places), whatever would be found there.
 */
export interface Kept {
  readonly kind: 'kept';
  readonly index: number | null;
  readonly score: Score;
}

/** Place of the highest of some numbers, the first of equal ones. */
export const winnerOf = (numbers: ArrayLike<number>): number => {
  let winner = 0;
  for (let i = 1; i < numbers.length; i++) if (numbers[i] > numbers[winner]) winner = i;
  return winner;
};

/** What is known of a network's ends. */
type Ends = Pick<Network, 'output' | 'reading' | 'detail' | 'nodes' | 'inputShape'>;

/** What a target is for a picture, before its value is known. */
type Found = Omit<Explained, 'value'>;

/**
 * What a target means for a picture.
 * @param read what a node yields for the picture
 * @throws TargetError where the network has no such thing to explain
 */
export async function explainedOf(network: Ends, target: Target | Kept, read: ReadNode): Promise<Explained> {
  const found = await foundBy(network, target, read);
  return { ...found, value: found.score.value(await read(found.score.node)) };
}

async function foundBy(network: Ends, target: Target | Kept, read: ReadNode): Promise<Found> {
  if (target !== null && typeof target === 'object') {
    if (target.kind === 'kept') return target;
    if (target.kind === 'region') return regionIn(network, target, read);
    if (target.kind === 'box') return boxIn(network, target, read);
  }
  return foundIn(network, target, await read(network.output));
}

function foundIn(
  network: Pick<Network, 'output' | 'reading'>,
  target: Exclude<Target, Region | Box>,
  logits: ArrayLike<number>,
): Found {
  if (target === null || typeof target === 'number') {
    const index = target ?? winnerOf(logits);
    assertThere(network, index, logits.length);
    return { index, score: numberScore(network.output, index) };
  }
  return target.kind === 'contrast'
    ? contrastOf(network, target, logits)
    : similarityOf(network, target, logits);
}

function assertThere({ reading }: Pick<Network, 'reading'>, index: number, count: number): void {
  if (index < count) return;
  throw new TargetError(
    `There is nothing with the number ${index} to explain: ${countInWords(reading.kind, count)}.`,
  );
}

function contrastOf(
  network: Pick<Network, 'output' | 'reading'>,
  { index: asked, against }: Contrast,
  logits: ArrayLike<number>,
): Found {
  const index = asked ?? winnerOf(logits);
  assertThere(network, index, logits.length);
  if (typeof against === 'number') assertThere(network, against, logits.length);
  if (against === index) {
    throw new TargetError(
      `${asked === null ? 'The highest one of this picture is' : 'What is explained is'} what it is to be set against. Choose another to explain, or another to set it against.`,
    );
  }
  if (against === 'similar') {
    assertOthers(logits.length);
    return { index, score: finerScore(network.output, index, mostAlike(logits, index)) };
  }
  return { index, score: weightedScore(network.output, termsOf(index, against, logits.length)) };
}

function termsOf(index: number, against: Exclude<Against, 'similar'>, count: number): Term[] {
  if (against === 'opposite') return [{ position: index, factor: -1 }];
  const own = { position: index, factor: 1 };
  if (against !== 'rest') return [own, { position: against, factor: -1 }];
  assertOthers(count);
  const others = Array.from({ length: count }, (_, position) => position).filter((at) => at !== index);
  return [own, ...others.map((position) => ({ position, factor: -1 / others.length }))];
}

function assertOthers(count: number): void {
  if (count > 1) return;
  throw new TargetError(
    'There is nothing to set it against: the network yields one number. Choose what speaks against it.',
  );
}

async function regionIn({ detail, nodes }: Ends, { index, place }: Region, read: ReadNode): Promise<Found> {
  if (detail?.kind !== 'places') {
    throw new TargetError(
      'This network does not tell what is where in a picture. Choose one of its classes or numbers.',
    );
  }
  const { node } = detail;
  const { shape } = nodes[node];
  const found = classesOfPlaces(await read(node), shape);
  const channels = shape[2];
  if (index !== null && index >= channels) {
    throw new TargetError(`There is nothing with the number ${index} to explain: the map has ${channels}.`);
  }
  const shown = index ?? largestClass(found);
  const places = place ? regionAt(found, place) : shown === null ? [] : placesOf(found, shown);
  if (places.length === 0) {
    throw new TargetError(
      'No place of this picture is taken for that class. Choose a region of the picture, or another class.',
    );
  }
  const chosen = index ?? found.classes[places[0]];
  const factor = 1 / places.length;
  const terms = places.map((at) => ({ position: at * channels + chosen, factor }));
  return { index: chosen, score: weightedScore(node, terms) };
}

async function boxIn({ detail, inputShape }: Ends, { box, part }: Box, read: ReadNode): Promise<Found> {
  if (detail?.kind !== 'boxes') {
    throw new TargetError('This network finds no boxes. Choose one of its classes or numbers.');
  }
  const { node, layout } = detail;
  const list = await read(node);
  const found = detectionsIn(list, layout, inputShape).find((one) => box === 'surest' || one.box === box);
  if (!found) {
    throw new TargetError(
      box === 'surest'
        ? 'The network finds no box in this picture. Choose one of its classes.'
        : `This picture has no box ${box}. Choose one of those that are found in it.`,
    );
  }
  const { index } = found;
  const listed = { node, layout, form: formOf(list, layout), box: found.box, index, inputShape };
  return { index, score: boxScore(listed, part ?? 'score') };
}

function similarityOf(
  { output }: Pick<Network, 'output'>,
  { to }: Similarity,
  logits: ArrayLike<number>,
): Found {
  if (to.length !== logits.length) {
    throw new TargetError(
      `The two pictures are described by vectors of ${logits.length} and of ${to.length} and cannot be compared. Choose the second picture again.`,
    );
  }
  return { index: null, score: cosineScore(output, to) };
}
