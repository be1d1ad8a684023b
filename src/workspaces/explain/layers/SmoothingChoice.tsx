import type { SaliencyMethod } from '../../../saliency/method-names';
import {
  type MapSmoothing,
  mapSmoothingNames,
  smoothingOf,
  smoothingsFor,
} from '../../../saliency/smoothing/map-smoothing';
import { useStillSettings } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { change } from '../explain-controller';
import css from './measured-as.module.css';

/** By what maps are smoothed, where they are. */
export function SmoothingChoice() {
  const { method, smooth } = useStillSettings();
  const applied = smoothingOf(method, smooth);
  return (
    <div className={css.attentionChoice}>
      <label className={css.smoothing} title={smoothingHint(method)}>
        <span>{say('Map smoothing')}</span>
        <select value={applied} onChange={({ target }) => change({ smooth: target.value as MapSmoothing })}>
          {smoothingsFor(method)
            .filter((id) => id !== 'none')
            .map((id) => (
              <option key={id} value={id}>
                {say(mapSmoothingNames[id])}
              </option>
            ))}
        </select>
      </label>
    </div>
  );
}

const flips =
  'Flips and brightness: the mean of the maps of six variants of the picture, mirrored or not, its values times 0.9, 1 and 1.1, each map scaled to 0..1. Six times the passes.';

/** What each smoothing does, and why a method has not all of them. */
function smoothingHint(method: SaliencyMethod): string {
  return smoothingsFor(method).includes('eigen')
    ? say(
        '{flips} First component: the principal component of what the channels say, in place of their sum.',
        { flips: say(flips) },
      )
    : say('{flips} This method sums no channels, so their first component means nothing to it.', {
        flips: say(flips),
      });
}
