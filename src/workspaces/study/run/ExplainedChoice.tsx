import { boxParts, boxPartTitles } from '../../../network/targets/target';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { Choice, saidOptions } from '../../../ui/fields';
import { choose } from './study-controller';
import { useStudy } from './study-store';

const setAgainst = [
  { value: 'none', title: 'nothing' },
  { value: 'rest', title: 'all other classes, their mean' },
  { value: 'similar', title: 'the three most like it (Finer-CAM)' },
  { value: 'opposite', title: 'itself: what speaks against it' },
] as const;

const boxes = [
  { value: 'none', title: 'a class, by its surest box' },
  { value: 'surest', title: 'the surest box of every picture' },
] as const;

/** What of every picture is explained: its class, what that is set against, or, of a detector, a box. */
export function ExplainedChoice() {
  const { against, box, part } = useStudy((state) => state.choices);
  const findsBoxes = useExplain((state) => state.manifest?.kind === 'boxes');
  return (
    <>
      {(findsBoxes || box !== 'none') && (
        <Choice
          label={say('Explained')}
          value={box}
          options={saidOptions(boxes)}
          onChange={(chosen) => choose({ box: chosen })}
        />
      )}
      {box === 'none' ? (
        <Choice
          label={say('Set against')}
          value={against}
          options={saidOptions(setAgainst)}
          onChange={(chosen) => choose({ against: chosen })}
        />
      ) : (
        <Choice
          label={say('Of this box')}
          value={part}
          options={boxParts.map((value) => ({ value, title: say(boxPartTitles[value]) }))}
          onChange={(chosen) => choose({ part: chosen })}
        />
      )}
    </>
  );
}
