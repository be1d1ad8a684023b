import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { change } from '../explain-controller';
import { SaveAnimation } from './SaveAnimation';

/** What becomes of the way through all layers: told on the whole screen, or saved as a film. */
export function TakeAway() {
  return (
    <>
      <TellStory />
      <SaveAnimation />
    </>
  );
}

/** The button that tells the picture's way through the network on the whole screen. */
function TellStory() {
  const ready = useExplain(({ measurement, signs }) => measurement !== null && signs !== null);
  return (
    <button
      type="button"
      className="quiet"
      title={say('Tell it on the whole screen, step by step')}
      disabled={!ready}
      onClick={() => change({ story: 1 })}
    >
      {say('Story')}
    </button>
  );
}
