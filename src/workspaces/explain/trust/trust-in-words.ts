import { counted } from '../../../text/counted';
import { listed } from '../../../text/listed';
import { say } from '../../../text/say';
import type { LayerChoice } from './which-layer';

/** Mean ranks this near to each other are the same: a tenth of a place a layer. */
const near = 0.1;

/**
 * Which layer's map holds best, in one sentence with its evidence; in a second one what is still missing.
 * @param faithful whether any measure of faithfulness is among them
 */
export function layerInWords(
  choice: LayerChoice | null,
  names: readonly string[],
  faithful: boolean,
): string {
  if (!choice) return say('No measure tells the layers apart.');
  const { layer, ranks, of, next, places } = choice;
  const missing = faithful ? '' : say(' Whether its map is faithful is not measured yet.');
  const evidence = byPlace(places)
    .map(({ place, named }, i) =>
      say('{place}{part} by {name}', {
        place: placeInWords(place),
        part: i === 0 ? say(' of {layers}', { layers: counted(of, 'layer') }) : '',
        name: listed(named),
      }),
    )
    .join(say('; '));
  const rank = ranks[layer] as number;
  const nextRank = next === null ? null : ranks[next];
  const tied = nextRank !== null && nextRank - rank < near;
  // Halfway down is where chance would put it.
  if (rank > (of + 1) / 2 - 0.25 * (of - 1)) {
    const other = tied && next !== null ? say('; {name} is as good on the whole', { name: names[next] }) : '';
    return say('No layer stands out: the measures disagree. {name} is {evidence}{other}.{missing}', {
      name: names[layer],
      evidence,
      other,
      missing,
    });
  }
  const other = tied && next !== null ? say(', and {name} as well as it', { name: names[next] }) : '';
  return say('{name} holds best{other}: {evidence}.{missing}', {
    name: names[layer],
    other,
    evidence,
    missing,
  });
}

/** Measures by the place that they give, the best place first. */
function byPlace(places: LayerChoice['places']) {
  const sorted = [...new Set(places.map(({ place }) => place))].sort((a, b) => a - b);
  return sorted.map((place) => ({
    place,
    named: places.filter((one) => one.place === place).map(({ name }) => inSentence(say(name))),
  }));
}

/** "1st", "2nd", "3.5th" for places that are shared. */
export function placeInWords(place: number): string {
  if (!Number.isInteger(place)) return say('{place}th', { place });
  const [tens, ones] = [place % 100, place % 10];
  const ending = tens >= 11 && tens <= 13 ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[ones] ?? 'th');
  return say(`{place}${ending}`, { place });
}

/** A name inside a list of a sentence: abbreviations keep their capitals, and a comma of its own becomes brackets. */
const inSentence = (name: string) => {
  const [own, kind] = name.split(/, |，/);
  const first = /^[A-Z]{2}/.test(own) ? own : own.charAt(0).toLowerCase() + own.slice(1);
  return kind === undefined ? first : say('{name} ({kind})', { name: first, kind });
};
