import { counted } from '../../text/counted';
import type { Head } from '../network-head';
import type { Shape } from '../ops/operation';
import type { OutputReading } from '../output-kind';

/** How a detector writes its boxes: a list of boxes with so many numbers each, the box itself first. */
export interface BoxLayout {
  /** How many boxes, and numbers of each. */
  readonly count: number;
  readonly numbers: number;
  readonly classes: number;
  /** Place of the first class's number among those of a box; of the box's only score where `classAt` is given. */
  readonly firstClass: number;
  /** Place of the probability that there is a thing at all, by which classes are multiplied; null without one. */
  readonly objectness: number | null;
  /** Place of the class's number, where a box has been given one already; null where each class has a score. */
  readonly classAt: number | null;
  /** What makes probabilities of the scores: a softmax, with places `from` to `to` in it, a sigmoid, or nothing more. */
  readonly scored:
    | { readonly by: 'nothing' }
    | { readonly by: 'sigmoid' }
    | { readonly by: 'softmax'; readonly from: number; readonly to: number };
  /** Two corners, or the middle with width and height; `either` where only the numbers tell. */
  readonly box: 'corners' | 'middle' | 'either';
}

/** Whether an output is a list of things with some numbers each. */
export const isList = (shape: Shape): boolean => shape.length === 2 && shape[0] > 1 && shape[1] > 1;

/** Names under which detectors give out what they find. */
const detectorNames = /box|anchor|detect|yolo/i;

/** Boxes of one size at the three resolutions of YOLO. */
const yoloPlaces = ([height, width]: readonly number[]) =>
  [8, 16, 32].reduce((sum, step) => sum + Math.floor(height / step) * Math.floor(width / step), 0);

/** As many things as Ultralytics' detectors look for where nothing else was said. */
const USUAL_QUERIES = 300;

export interface ListOfBoxes {
  readonly name: string;
  readonly shape: Shape;
  /** How many classes the file names; 0 for none. */
  readonly names: number;
  readonly inputShape: readonly number[];
}

/**
 * One list as YOLO writes it: [boxes, 4 + classes] (v8 to v11), [boxes, 5 + classes] (v5), or, behind its own suppression,
 * [boxes, 6]: box, score, class (corners; RT-DETR its middle with width and height). Null where nothing speaks for a detector.
 */
export function layoutOfList({ name, shape, names, inputShape }: ListOfBoxes): BoxLayout | null {
  if (!isList(shape)) return null;
  const [count, numbers] = shape;
  const places = yoloPlaces(inputShape);
  const isNamed = (first: number) => names > 0 && names === numbers - first;
  // Behind them may lie what a mask, a pose or an angle is made of.
  const classesOf = (first: number) => (names > 0 ? Math.min(names, numbers - first) : numbers - first);
  const told = detectorNames.test(name) || count === places || count === 3 * places;
  const own = { count, numbers, objectness: null, classAt: null, scored: { by: 'nothing' } } as const;
  const isOfQueries = count === USUAL_QUERIES || told || names > 0;
  if (numbers === 6 && !isNamed(4) && !isNamed(5) && count <= 1000 && isOfQueries) {
    return { ...own, classes: 1, firstClass: 4, classAt: 5, box: 'either' };
  }
  // Once for every place there is no such probability: what lies behind the classes is an angle.
  const mayBe = count !== places && (isNamed(5) || numbers === 85);
  const hasObjectness = numbers > 5 && (mayBe || count === 3 * places);
  if (hasObjectness && !isNamed(4)) {
    return { ...own, classes: classesOf(5), firstClass: 5, objectness: 4, box: 'middle' };
  }
  const isPlain = numbers > 4 && (isNamed(4) || told || numbers === 84);
  return isPlain ? { ...own, classes: classesOf(4), firstClass: 4, box: 'middle' } : null;
}

/** Beyond that many, boxes are anchors at places of the picture and no queries of a transformer. */
const MOST_QUERIES = 1000;

/**
 * Boxes [n, 4] and their scores [n, k], laid side by side. A softmax has one class more, for nothing: in front as in SSD, at
 * the end as in DETR, whose logits come without it. Logits of the classes that the file names, or of many boxes, are those of
 * sigmoids, as in RetinaNet.
 */
export function layoutOfPair(boxes: Shape, scores: Shape, head: Head, names: number): BoxLayout | null {
  if (!isList(boxes) || scores.length !== 2 || boxes[1] !== 4 || scores[0] !== boxes[0]) return null;
  const [count, width] = scores;
  const own = { count, numbers: 4 + width, objectness: null, classAt: null } as const;
  const isAlone =
    head === 'sigmoid' || width < 2 || names === width || (head === 'logits' && count > MOST_QUERIES);
  if (isAlone) return { ...own, classes: width, firstClass: 4, scored: { by: 'sigmoid' }, box: 'either' };
  const scored = { by: 'softmax', from: 4, to: 4 + width } as const;
  return head === 'softmax'
    ? { ...own, classes: width - 1, firstClass: 5, scored, box: 'either' }
    : { ...own, classes: width - 1, firstClass: 4, scored, box: 'middle' };
}

/** Corners [n, 4] and logits of sigmoids [n, k] side by side, of as many places as all levels have. */
export function layoutOfLevels(levels: readonly { readonly scores: { readonly shape: Shape } }[]): BoxLayout {
  const count = levels.reduce((sum, { scores }) => sum + scores.shape[0], 0);
  const [, classes] = levels[0].scores.shape;
  return {
    ...{ count, numbers: 4 + classes, classes, firstClass: 4, objectness: null, classAt: null },
    ...{ scored: { by: 'sigmoid' }, box: 'corners' },
  };
}

/** What such an output is taken for. */
export function readingOfBoxes({ count, classes, classAt }: BoxLayout): OutputReading {
  const what = `${counted(count, 'box', 'boxes')}${classAt === null ? ` of ${counted(classes, 'class', 'classes')}` : ''}`;
  return {
    ...{ kind: 'boxes', what, readsEitherWay: false, noun: classAt === null ? 'class' : 'output' },
    reason: `The output is ${what}. Explained is the class score of a box that is chosen; without one, a class's highest score among all boxes.`,
  };
}
