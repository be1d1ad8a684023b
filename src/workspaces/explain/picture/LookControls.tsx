import { type ColourMapId, colourMaps } from '../../../figures';
import { isInputMethod } from '../../../saliency/method-names';
import { useStillSettings } from '../../../state/explain-store';
import type { ExplainSettings } from '../../../state/settings';
import { say } from '../../../text/say';
import { change } from '../explain-controller';
import css from './picture-column.module.css';

const views: Record<ExplainSettings['view'], string> = {
  overlay: 'Overlay',
  image: 'Picture',
  map: 'Map',
  concepts: 'Concepts',
};

/** How the maps are shown; none of it changes a number. */
export function LookControls() {
  const { view, opacity, colours, scaling, smoothing, outlines, method } = useStillSettings();
  return (
    <section className={css.look} aria-label={say('Look')}>
      <fieldset>
        <legend className="visually-hidden">{say('View')}</legend>
        {Object.entries(views).map(([id, name]) => (
          <button
            key={id}
            type="button"
            aria-pressed={view === id}
            // What lies at the picture itself is no layer that could be factorised.
            disabled={id === 'concepts' && isInputMethod(method)}
            onClick={() => change({ view: id as ExplainSettings['view'] })}
          >
            {say(name)}
          </button>
        ))}
      </fieldset>
      <label>
        <span>{say('Opacity')}</span>
        <input
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={opacity}
          disabled={view !== 'overlay' && view !== 'concepts'}
          onChange={({ target }) => change({ opacity: Number(target.value) })}
        />
      </label>
      <label className={css.check}>
        <input
          type="checkbox"
          checked={outlines}
          onChange={({ target }) => change({ outlines: target.checked })}
        />
        {say('Outlines')}
      </label>
      <div className={css.choices}>
        <label title={say('Colours')}>
          <span>{say('Colours')}</span>
          <select value={colours} onChange={({ target }) => change({ colours: target.value as ColourMapId })}>
            {Object.entries(colourMaps).map(([id, name]) => (
              <option key={id} value={id}>
                {say(name)}
              </option>
            ))}
          </select>
        </label>
        <label title={say('Scale')}>
          <span>{say('Scale')}</span>
          <i aria-hidden="true">{say('scaled to')}</i>
          <select
            value={scaling}
            onChange={({ target }) => change({ scaling: target.value as ExplainSettings['scaling'] })}
          >
            <option value="layer">{say('each layer')}</option>
            <option value="global">{say('all layers')}</option>
          </select>
        </label>
        <label title={say('Smoothing')}>
          <span>{say('Smoothing')}</span>
          <select
            value={smoothing}
            onChange={({ target }) => change({ smoothing: target.value as ExplainSettings['smoothing'] })}
          >
            <option value="bilinear">{say('bilinear')}</option>
            <option value="nearest">{say('nearest')}</option>
          </select>
        </label>
      </div>
    </section>
  );
}
