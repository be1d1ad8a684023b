import type { BoxLayout } from './box-layout';

/** A thing that a detector finds. */
export interface Detection {
  /** Number of the box in the network's list. */
  readonly box: number;
  readonly index: number;
  /** Probability of its class, or what the network gives for it. */
  readonly score: number;
  /** Left, top, right and bottom, as shares of the picture, 0 .. 1. */
  readonly corners: readonly [number, number, number, number];
}

/** Least score of a box that is shown, how far two of one class may overlap, and how many are looked at and shown. */
const limits = { score: 0.25, overlap: 0.45, candidates: 1000, shown: 300 };

/** Coordinates below are shares of the picture: no box of a thing is as small in pixels. */
const LARGEST_SHARE = 2;

/**
 * The boxes that are sure enough and do not cover a surer one of their class, the surest first. Where none is sure enough, the
 * surest one alone.
 * @param list [boxes, numbers] row by row
 * @param inputShape height and width of what the network reads
 */
export function detectionsIn(
  list: ArrayLike<number>,
  layout: BoxLayout,
  inputShape: readonly number[],
): Detection[] {
  const whole = cornersIn(list, layout, inputShape);
  const corners = (box: number) => inside(whole(box));
  const all = Array.from({ length: layout.count }, (_, box) => ({ box, ...bestOf(list, layout, box) }))
    .filter(({ score, box }) => Number.isFinite(score) && hasArea(corners(box)))
    .sort((a, b) => b.score - a.score);
  const sure = all.filter(({ score }) => score >= limits.score);
  // YOLO lets boxes cover each other beyond the edge of the picture too; torchvision cuts them off first.
  const compared = layout.box === 'middle' ? whole : corners;
  const candidates = (sure.length > 0 ? sure.slice(0, limits.candidates) : all.slice(0, 1)).map((one) => ({
    ...one,
    corners: compared(one.box),
  }));
  return suppressed(candidates)
    .slice(0, limits.shown)
    .map((one) => ({ ...one, corners: corners(one.box) }));
}

/** The part of a box that lies in the picture. */
const inside = ([left, top, right, bottom]: Detection['corners']): Detection['corners'] => {
  const within = (share: number) => Math.min(1, Math.max(0, share));
  return [within(left), within(top), within(right), within(bottom)];
};

/** Of boxes by falling score, those that cover no surer one of their class by more than the limit: non-maximum suppression. */
export function suppressed(candidates: readonly Detection[], overlap = limits.overlap): Detection[] {
  const kept: Detection[] = [];
  for (const one of candidates) {
    const isCovered = kept.some(
      ({ index, corners }) => index === one.index && intersectionOverUnion(corners, one.corners) > overlap,
    );
    if (!isCovered) kept.push(one);
  }
  return kept;
}

/** Area that two boxes share over the area of both. */
export function intersectionOverUnion(a: Detection['corners'], b: Detection['corners']): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  const shared = Math.max(0, width) * Math.max(0, height);
  const union = areaOf(a) + areaOf(b) - shared;
  return union > 0 ? shared / union : 0;
}

export const areaOf = ([left, top, right, bottom]: Detection['corners']) =>
  Math.max(0, right - left) * Math.max(0, bottom - top);

const hasArea = (corners: Detection['corners']) => areaOf(corners) > 0;

/** The class of a box and its score. */
export function bestOf(
  list: ArrayLike<number>,
  { numbers, classes, firstClass, objectness, classAt, scored }: BoxLayout,
  box: number,
): { index: number; score: number } {
  const at = (place: number) => list[box * numbers + place];
  if (classAt !== null) return { index: Math.round(at(classAt)), score: at(firstClass) };
  let index = 0;
  for (let k = 1; k < classes; k++) if (at(firstClass + k) > at(firstClass + index)) index = k;
  const raw = at(firstClass + index);
  switch (scored.by) {
    case 'nothing':
      return { index, score: objectness === null ? raw : raw * at(objectness) };
    case 'sigmoid':
      return { index, score: 1 / (1 + Math.exp(-raw)) };
    case 'softmax': {
      const among = Array.from({ length: scored.to - scored.from }, (_, k) => at(scored.from + k));
      const highest = Math.max(...among);
      const sum = among.reduce((total, logit) => total + Math.exp(logit - highest), 0);
      return { index, score: Math.exp(raw - highest) / sum };
    }
  }
}

/** How the four numbers of a list's boxes are to be read. */
export interface BoxForm {
  /** Two corners; else the middle with width and height. */
  readonly areCorners: boolean;
  /** Shares of the picture; else pixels of what the network reads. */
  readonly areShares: boolean;
}

/** What the numbers of all boxes tell of their form. */
export function formOf(list: ArrayLike<number>, { count, numbers, box: form }: BoxLayout): BoxForm {
  let largest = 0;
  let ordered = true;
  for (let box = 0; box < count; box++) {
    const [a, b, c, d] = [0, 1, 2, 3].map((place) => list[box * numbers + place]);
    largest = Math.max(largest, Math.abs(a), Math.abs(b), Math.abs(c), Math.abs(d));
    ordered &&= c >= a && d >= b;
  }
  return {
    areCorners: form === 'corners' || (form === 'either' && ordered),
    areShares: largest <= LARGEST_SHARE,
  };
}

/** Reads boxes as corners in shares of the picture, in whatever form and unit they are written; they may reach beyond it. */
function cornersIn(
  list: ArrayLike<number>,
  layout: BoxLayout,
  [height, width]: readonly number[],
): (box: number) => Detection['corners'] {
  const { areCorners, areShares } = formOf(list, layout);
  const units = areShares ? [1, 1, 1, 1] : [width, height, width, height];
  return (box) => {
    const [a, b, c, d] = units.map((unit, place) => list[box * layout.numbers + place] / unit);
    return areCorners ? [a, b, c, d] : [a - c / 2, b - d / 2, a + c / 2, b + d / 2];
  };
}
