import { useMemo } from 'react';
import { useExplain } from '../../../state/explain-store';
import { askWhatToCompare } from '../../../state/versus-choice';
import { say } from '../../../text/say';
import { Finder } from '../palette/Finder';
import { compareWith } from './compare-with';
import { keepOwnPicture } from './own-picture';
import css from './versus.module.css';
import { versusCandidates } from './versus-candidates';
import { compareAgain } from './versus-controller';

const close = () => askWhatToCompare(false);

/** Asks what is to stand beside the analysis on screen. */
export function VersusDialog() {
  const state = useExplain();
  const candidates = useMemo(() => versusCandidates(state), [state]);
  const own = (file: File | undefined) => {
    if (!file) return;
    const image = keepOwnPicture(file);
    const again = state.settings.versus === `image:${image}`;
    close();
    // Another picture of one's own is written as the first was.
    if (again) void compareAgain();
    else compareWith({ kind: 'image', image });
  };
  return (
    <Finder
      title={say('Compare with')}
      label={say('Class, method, network or picture to compare with')}
      placeholder={say('church, LayerCAM, pictographs, golf ball …')}
      commands={candidates}
      onClose={close}
    >
      <label className={css.own}>
        <span>{say('Or a picture of your own')}</span>
        <input type="file" accept="image/*" onChange={({ target }) => own(target.files?.[0])} />
      </label>
    </Finder>
  );
}
