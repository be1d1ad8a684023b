import { say } from '../../text/say';
import { numberInWords } from '../../text/value-in-words';
import { namesClasses, type Study, type StudyImage } from '../study-data';

/** Ways to divide the pictures. */
export const groupings = {
  answer: 'right against wrong',
  confidence: 'confidence',
  class: 'class',
} as const;
export type Grouping = keyof typeof groupings;

/** Those that a study has: a box of a detector is of no class that its picture was labelled with. */
export const groupingsOf = ({ settings }: Pick<Study, 'settings'>): Grouping[] =>
  settings.box ? ['confidence'] : (Object.keys(groupings) as Grouping[]);

/** The same in words for a study: where its network names no classes, it is sure of none. */
export const groupingName = (study: Pick<Study, 'model'>, by: Grouping): string =>
  say(by === 'confidence' && !namesClasses(study) ? 'number explained' : groupings[by]);

export interface Group {
  name: string;
  /** Indices of its pictures. */
  images: number[];
}

/** Whether the network named the picture right; null where its class is not known. */
export const isRight = ({ trueClass, predicted }: StudyImage): boolean | null =>
  trueClass === null ? null : trueClass === predicted;

/** The pictures in groups, none of them empty. Pictures whose class is not known are in no group by class or answer. */
export function groupsOf(study: Study, by: Grouping): Group[] {
  const groups = by === 'answer' ? byAnswer(study) : by === 'class' ? byClass(study) : byConfidence(study);
  return groups.filter(({ images }) => images.length > 0);
}

const byAnswer = ({ images }: Study): Group[] =>
  [
    { name: 'right', wanted: true },
    { name: 'wrong', wanted: false },
  ].map(({ name, wanted }) => ({
    name,
    images: images.flatMap((image, i) => (isRight(image) === wanted ? [i] : [])),
  }));

/** In the order of the network's classes. */
function byClass({ images, labels }: Study): Group[] {
  const groups = new Map<number, number[]>();
  images.forEach(({ trueClass }, i) => {
    if (trueClass === null) return;
    const group = groups.get(trueClass);
    if (group) group.push(i);
    else groups.set(trueClass, [i]);
  });
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([index, images]) => ({ name: labels[index] ?? `class ${index}`, images }));
}

/** Four groups of equal size, by the probability of the predicted class, or by the number explained where there is none. */
function byConfidence({ images }: Study): Group[] {
  const sureness = images.map(({ probability, value }) => probability ?? value ?? Number.NaN);
  const order = images.map((_, i) => i).sort((a, b) => sureness[a] - sureness[b]);
  const written = ({ probability, value }: StudyImage) =>
    probability === null ? numberInWords(value ?? Number.NaN) : String(Math.round(probability * 100));
  return [0, 1, 2, 3].map((quarter) => {
    const group = order.slice(
      Math.round((quarter * order.length) / 4),
      Math.round(((quarter + 1) * order.length) / 4),
    );
    if (group.length === 0) return { name: '', images: group };
    const [least, most] = [images[group[0]], images[group[group.length - 1]]];
    const unit = least.probability === null ? '' : ' % sure';
    return { name: `${written(least)} to ${written(most)}${unit}`, images: group };
  });
}
