import { type Box, type BoxPart, boxParts } from '../../../network/targets/target';
import { useExplain } from '../../../state/explain-store';
import { theWinner } from '../../../state/settings';
import { say } from '../../../text/say';
import { change } from '../explain-controller';

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

/** Explains a box, of another one the same as of the last; without one, the winner. */
export const explainBox = (box: Box['box'] | null) =>
  change({
    ...{ ...theWinner, box },
    part: box === null ? theWinner.part : useExplain.getState().settings.part,
  });
