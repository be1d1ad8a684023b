import { useExplain } from '../../../state/explain-store';
import { OWN_SECOND, theWinner } from '../../../state/settings';
import { say } from '../../../text/say';
import { change } from '../explain-controller';
import { keepOwn } from './second-picture';

/** The picture that the one on screen is likened to: "what makes these two alike". */
export function LikenessChoice() {
  const alike = useExplain((state) => state.settings.alike);
  const examples = useExplain((state) => state.examples);
  const isListed = alike === '' || alike === OWN_SECOND || examples.some(({ id }) => id === alike);
  const own = (file: File | undefined) => {
    if (!file) return;
    keepOwn(file, file.name);
    // Another picture of one's own is written as the first was.
    if (alike === OWN_SECOND) change({ ...theWinner });
    change({ ...theWinner, alike: OWN_SECOND });
  };
  return (
    <>
      <label>
        <span>{say('Likeness to')}</span>
        <select
          value={alike}
          onChange={({ target: { value } }) => change({ ...theWinner, alike: value })}
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            event.stopPropagation();
            own(event.dataTransfer.files[0]);
          }}
        >
          <option value="">{say('nothing: one of the numbers')}</option>
          {alike === OWN_SECOND && <option value={OWN_SECOND}>{say('a picture of your own')}</option>}
          {!isListed && <option value={alike}>{alike}</option>}
          {examples.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{say('Second picture of your own')}</span>
        <input type="file" accept="image/*" onChange={({ target }) => own(target.files?.[0])} />
      </label>
    </>
  );
}
