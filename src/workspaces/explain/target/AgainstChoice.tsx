import { type Against, againstMany } from '../../../network/targets/target';
import { useExplain } from '../../../state/explain-store';
import { theWinner } from '../../../state/settings';
import { say } from '../../../text/say';
import { LongSelect } from '../../../ui/LongSelect';
import { change } from '../explain-controller';

/** What the class is set against: "why this and not that". */
export function AgainstChoice({ labels, waits }: { labels: readonly string[]; waits: boolean }) {
  const against = useExplain((state) => state.settings.against);
  const explained = useExplain((state) => state.analysis?.target.index ?? null);
  const choose = (value: string) => {
    if (value === '') change({ against: null });
    else setAgainst(againstMany.find((each) => each === value) ?? Number(value));
  };
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the list.
    <label>
      <span>{say('Set against')}</span>
      <LongSelect value={against ?? ''} labels={labels} without={explained} waits={waits} onChoose={choose}>
        <option value="">{say('nothing')}</option>
        <option value="rest">{say('all others, their mean')}</option>
        <option value="similar">{say('the three most like it (Finer-CAM)')}</option>
        <option value="opposite">{say('itself: what speaks against it')}</option>
      </LongSelect>
    </label>
  );
}

/** Sets the explained class against something; against one class it stays the one it is, whoever wins in the next picture. */
export function setAgainst(against: Against): void {
  const { settings, analysis } = useExplain.getState();
  const target = typeof against === 'number' ? (analysis?.target.index ?? settings.target) : settings.target;
  change({ ...theWinner, target, against });
}
