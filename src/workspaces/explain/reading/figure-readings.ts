import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import type { StoryFacts } from '../story/story-facts';
import { entropyInWords, signsInWords } from '../story/story-words';
import { BEYOND } from '../verdict/picture-verdict';

/** Figures that are read in a line. */
export type ReadFigure = 'layers' | 'entropy' | 'change' | 'flow';

/** How many maps there are, and how large. */
function mapsInWords({ layers }: StoryFacts): string {
  const [first, last] = [layers[0], layers[layers.length - 1]];
  const areEqual = layers.every((each) => each.width === first.width && each.height === first.height);
  const { width, height } = first;
  const of = areEqual
    ? say('of {width} × {height} values', { width, height })
    : say('from {width} × {height} to {width2} × {height2} values', {
        width,
        height,
        width2: last.width,
        height2: last.height,
      });
  const empty = layers.filter(({ evidence }) => !evidence).length;
  const none = empty === 0 ? '' : say('; {empty} of them without positive evidence', { empty });
  return say('{maps} {of}{none}.', { maps: counted(layers.length, 'map'), of, none });
}

/** The step on which order grows furthest beyond chance; null before chance is known. */
function changeInWords({ layers, steps }: StoryFacts): string | null {
  const known = (steps ?? []).flatMap((step, i) => (step ? [{ ...step, to: i + 1 }] : []));
  const judged = known.flatMap(({ null: chance, ...step }) => (chance ? [{ ...step, chance }] : []));
  if (known.length === 0 || judged.length < known.length) return null;
  const beyond = judged.filter(
    ({ change, chance }) => change < 0 && change < chance.change - BEYOND * chance.sd,
  );
  if (beyond.length === 0) return say('On no step does entropy fall clearly further than chance.');
  const most = beyond.reduce((a, b) => (b.change - b.chance.change < a.change - a.chance.change ? b : a));
  const way = say('from {name} to {name2}', { name: layers[most.to - 1].name, name2: layers[most.to].name });
  return say('Furthest beyond chance: {change} bits {way}, shuffled {change2}.', {
    change: bits(most.change),
    way,
    change2: bits(most.chance.change),
  });
}

const bits = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

/** What one figure shows of this picture, in a line; null where nothing can be said yet. */
export const figureReadings: Record<ReadFigure, (facts: StoryFacts) => string | null> = {
  layers: mapsInWords,
  entropy: entropyInWords,
  change: changeInWords,
  flow: signsInWords,
};
