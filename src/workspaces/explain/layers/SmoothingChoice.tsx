import {
  type MapSmoothing,
  mapSmoothingNames,
  smoothingHint,
  smoothingOf,
  smoothingsFor,
} from '../../../saliency/smoothing/map-smoothing';
import { useStillSettings } from '../../../state/explain-store';
import { change } from '../explain-controller';
import css from './measured-as.module.css';

/** By what maps are smoothed, where they are. */
export function SmoothingChoice() {
  const { method, smooth } = useStillSettings();
  const applied = smoothingOf(method, smooth);
  if (applied === 'none') return null;
  return (
    <div className={css.attentionChoice}>
      <label className={css.smoothing} title={smoothingHint(method)}>
        <span>Map smoothing</span>
        <select value={applied} onChange={({ target }) => change({ smooth: target.value as MapSmoothing })}>
          {smoothingsFor(method)
            .filter((id) => id !== 'none')
            .map((id) => (
              <option key={id} value={id}>
                {mapSmoothingNames[id]}
              </option>
            ))}
        </select>
      </label>
    </div>
  );
}
