import { type BoxPart, boxParts } from '../../../network/targets/target';
import { say } from '../../../text/say';

/** What of a box can be explained, as it is chosen. */
const titles: Record<BoxPart, string> = {
  score: 'the score of its class',
  place: 'its place: how far it reaches',
  both: 'both: score and place',
  left: 'its left edge',
  top: 'its upper edge',
  right: 'its right edge',
  bottom: 'its lower edge',
};

export const boxPartChoices = (): (readonly [BoxPart, string])[] =>
  boxParts.map((part) => [part, say(titles[part])] as const);
