import type { BoxLayout } from './box-layout';
import type { BoxForm } from './detections';
import { logarithmOf, numberScore, productScore, type Score, sumOf, type Term, weightedScore } from './score';
import type { BoxPart } from './target';

/** A box in its list, and how its numbers are read. */
export interface ListedBox {
  /** The node that yields the list. */
  readonly node: number;
  readonly layout: BoxLayout;
  readonly form: BoxForm;
  /** Number of the box. */
  readonly box: number;
  /** Its class. */
  readonly index: number;
  /** Height and width of what the network reads, in pixels. */
  readonly inputShape: readonly number[];
}

/**
 * What is explained of a box, as a function of the numbers that the network's head gives it.
 *
 * - `score`: of its class, as the head gives it: a probability, one times that there is a thing, or a logit.
 * - `left`, `top`, `right`, `bottom`: how far that edge reaches, in pixels from the picture's opposite border, so that every map shows what
 *   moves an edge outwards (ODAM, Zhao and Chan 2023, and DExT, Padmanabhan et al. 2022, explain every coordinate by itself).
 * - `place`: ln(width) + ln(height), in pixels: how far the four edges reach, each as a part of the box's own size.
 * - `both`: that and the score on a scale of the same kind, its logarithm; a logit stays as it is.
 *
 * The overlap (intersection over union) with the box as it was found, which D-RISE and pytorch-grad-cam take of variants of a picture, is
 * at its highest for the picture itself: its derivatives are 0 there, and no gradient would tell anything.
 */
export function boxScore(listed: ListedBox, part: BoxPart): Score {
  switch (part) {
    case 'score':
      return classScore(listed);
    case 'place':
      return placeScore(listed);
    case 'both': {
      const score = classScore(listed);
      const isLogit = listed.layout.scored.by !== 'nothing';
      return sumOf(placeScore(listed), isLogit ? score : logarithmOf(score));
    }
    default:
      return edgeScore(listed, part);
  }
}

function classScore({ node, layout, box, index }: ListedBox): Score {
  const { numbers, firstClass, objectness, classAt } = layout;
  const position = box * numbers + firstClass + (classAt === null ? index : 0);
  return objectness === null
    ? numberScore(node, position)
    : productScore(node, position, box * numbers + objectness);
}

/** Pixels across and down that one unit of the list's numbers stands for. */
function unitsOf({ form, inputShape: [height, width] }: ListedBox) {
  return form.areShares ? { x: width, y: height } : { x: 1, y: 1 };
}

/** Of the four numbers those that a length is made of; the first and third lie across, the others down. */
function lengthOf(listed: ListedBox, parts: readonly [place: number, factor: number][], constant = 0): Score {
  const { node, layout, box } = listed;
  const { x, y } = unitsOf(listed);
  const terms: Term[] = parts.map(([place, factor]) => ({
    position: box * layout.numbers + place,
    factor: factor * (place % 2 === 0 ? x : y),
  }));
  return weightedScore(node, terms, constant);
}

function placeScore(listed: ListedBox): Score {
  const across = ([from, to]: readonly [number, number]) =>
    lengthOf(
      listed,
      listed.form.areCorners
        ? [
            [to, 1],
            [from, -1],
          ]
        : [[to, 1]],
    );
  return sumOf(logarithmOf(across([0, 2])), logarithmOf(across([1, 3])));
}

function edgeScore(listed: ListedBox, edge: Exclude<BoxPart, 'score' | 'place' | 'both'>): Score {
  const [first, second] = edge === 'left' || edge === 'right' ? [0, 2] : [1, 3];
  const isFirst = edge === 'left' || edge === 'top';
  const [height, width] = listed.inputShape;
  const size = first === 0 ? width : height;
  const outwards = isFirst ? -1 : 1;
  const constant = isFirst ? size : 0;
  if (listed.form.areCorners) return lengthOf(listed, [[isFirst ? first : second, outwards]], constant);
  // The middle, and from there half the extent outwards.
  return lengthOf(
    listed,
    [
      [first, outwards],
      [second, 0.5],
    ],
    constant,
  );
}
