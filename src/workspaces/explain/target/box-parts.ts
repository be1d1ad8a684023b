import { type Box, type BoxPart, boxParts, boxPartTitles } from '../../../network/targets/target';
import { useExplain } from '../../../state/explain-store';
import { theWinner } from '../../../state/settings';
import { say } from '../../../text/say';
import { change } from '../explain-controller';

export const boxPartChoices = (): (readonly [BoxPart, string])[] =>
  boxParts.map((part) => [part, say(boxPartTitles[part])] as const);

/** Explains a box, of another one the same as of the last; without one, the winner. */
export const explainBox = (box: Box['box'] | null) =>
  change({
    ...{ ...theWinner, box },
    part: box === null ? theWinner.part : useExplain.getState().settings.part,
  });
