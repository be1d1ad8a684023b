import type { DecisionCurve, DecisionCurvesData, RandomisedWeightsData } from '../../../figures';
import { fixedBeside } from '../../../figures/kit/number-format';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { percent } from '../../../text/value-in-words';

/** A blurred picture that keeps this share of the probability has not lost what the class rests on. */
const keptWhenBlurred = 0.5;

/** Whether the map finds what the class rests on, in words. */
export function curvesInWords(data: DecisionCurvesData): string {
  // Shuffled maps that do as well or better: a good map's curve falls fast where pixels are deleted, and rises fast where they are inserted.
  const asWell = {
    deleting: countOf(data.deletion, (area, own) => area <= own),
    inserting: countOf(data.insertion, (area, own) => area >= own),
  };
  const [whole, blurred] = [
    data.insertion.values[data.insertion.values.length - 1],
    data.insertion.values[0],
  ];
  const blunt =
    data.of === 'probability' && blurred > keptWhenBlurred * whole
      ? say(
          ' Blurred as a whole the picture still gets {blurred}: colours and large shapes alone speak for the class, and the curves tell less.',
          { blurred: percent(blurred) },
        )
      : '';
  return `${verdict(data, asWell)}${blunt}`;
}

const countOf = ({ area: own, shuffled }: DecisionCurve, asWell: (area: number, own: number) => boolean) =>
  shuffled.filter(({ area }) => asWell(area, own)).length;

function verdict(
  { layer, label, deletion }: DecisionCurvesData,
  { deleting, inserting }: { deleting: number; inserting: number },
): string {
  const shuffles = deletion.shuffled.length;
  const [deletes, inserts] = [deleting === 0, inserting === 0];
  if (deletes && inserts) {
    return say(
      'Both ways the map of {layer} finds the pixels that “{label}” rests on better than any of {shuffles} shuffled maps.',
      { layer, label, shuffles },
    );
  }
  if (!deletes && !inserts) {
    return say(
      'The map of {layer} does not stand out from {shuffles} shuffled maps in finding the pixels that “{label}” rests on: in deleting them {deleting} of these {part} as well or better, in inserting them {inserting}. Do not trust it here.',
      { layer, shuffles, label, deleting, part: deleting === 1 ? say('does') : say('do'), inserting },
    );
  }
  const [well, badly] = deletes ? ['deleting', 'inserting'] : ['inserting', 'deleting'];
  return say(
    'The map of {layer} does better than {shuffles} shuffled maps in {well} pixels, not in {badly} them: trust it with care.',
    { layer, shuffles, well, badly },
  );
}

/** From this rank correlation on two maps are much alike, and below the lesser they have little in common. */
const [alike, unlike] = [0.5, 0.25];

/** How fast the map falls apart, in words. */
export function randomisedInWords(data: RandomisedWeightsData): string {
  const { layers, selected, randomised, order } = data;
  if (order === 'independent') return aloneInWords(data);
  const { name, similarity } = layers[selected];
  const means = similarity.map((draws) => meanOf(draws));
  const end = means[means.length - 1];
  if (end === null) {
    return say(
      'With all weights randomised nothing is left of the map of {name}: it depends on what the network has learnt.',
      { name },
    );
  }
  const told = correlation(end);
  if (end >= alike) {
    return say(
      'The map of {name} hardly changes when the network is destroyed ({told} with all weights randomised): do not trust it.',
      { name, told },
    );
  }
  if (end >= unlike) {
    return say(
      'With all weights randomised the map of {name} still resembles the trained network’s ({told}): trust it with care.',
      { name, told },
    );
  }
  // From where on it never is much alike any more.
  const first = means.findLastIndex((value) => value !== null && value >= alike) + 1;
  const when =
    first === 0
      ? say('as soon as the weights of {randomised} are randomised', { randomised: randomised[0] })
      : say('once the weights from the {part} to {randomised} are randomised', {
          part: order === 'from-the-bottom' ? say('first layer up') : say('last layer down'),
          randomised: randomised[first],
        });
  return say(
    'The map of {name} falls apart {when}, and with all weights randomised little is left of it ({told}): it depends on what the network has learnt.',
    { name, when, told },
  );
}

const correlation = (value: number) =>
  say('rank correlation {value}', { value: fixedBeside(value, 2, [alike, unlike]).replace('-', '−') });

/** Which layer the map depends on most, each randomised by itself. */
function aloneInWords({ layers, selected, randomised }: RandomisedWeightsData): string {
  const { name, similarity } = layers[selected];
  const means = similarity.map((draws) => meanOf(draws) ?? 0);
  const least = means.indexOf(Math.min(...means));
  const told = say('{randomised} ({mean} with its weights alone randomised)', {
    randomised: randomised[least],
    mean: correlation(means[least]),
  });
  return means[least] >= alike
    ? say(
        'The map of {name} hardly changes whichever layer is randomised, the most with {told}: no layer by itself decides it.',
        { name, told },
      )
    : say('The map of {name} depends most on {told}; it falls apart with {layers} of {means}.', {
        name,
        told,
        layers: counted(means.filter((mean) => mean < alike).length, 'layer'),
        means: means.length,
      });
}

/** A map that is gone counts as 0; null where every draw's is. */
function meanOf(draws: readonly (number | null)[]): number | null {
  if (draws.every((draw) => draw === null)) return null;
  return draws.reduce((sum: number, draw) => sum + (draw ?? 0), 0) / draws.length;
}
