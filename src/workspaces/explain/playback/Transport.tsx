import { memo, useEffect, useId, useMemo, useState } from 'react';
import { shortenAmong } from '../../../figures';
import { useExplain } from '../../../state/explain-store';
import { placeOf } from '../../../state/place';
import { say } from '../../../text/say';
import { lazyPart } from '../../../ui/lazy-part';
import { LayerSlider } from '../layers/LayerSlider';
import { selectLayer } from '../selection';
import { InTurn } from '../turns/InTurn';
import { layerForKey, speeds } from './player';
import { StatusLine } from './StatusLine';
import css from './transport.module.css';
import { usePlayback } from './use-playback';

/** Width in pixels that a layer's name takes of the bar, and its size. */
const NAME = { width: 220, size: 13 };

const TakeAway = lazyPart(
  () => import('./TakeAway').then((module) => module.TakeAway),
  () => (
    <>
      <button type="button" className="quiet" disabled>
        {say('Story')}
      </button>
      <button type="button" disabled>
        {say('Save animation')}
      </button>
    </>
  ),
);

/** Slider, steps and playback through the layers, and the line that says what is going on. */
export function Transport() {
  const analysis = useExplain((state) => state.analysis);
  const layer = useExplain((state) => state.layer);
  const { playing, setPlaying, speed, setSpeed } = usePlayback();
  const count = analysis?.layers.length ?? 0;
  const name = analysis?.layers[layer]?.name ?? '';
  const short = useMemo(
    () => shortenAmong(analysis?.layers.map((each) => each.name) ?? [], NAME.width, NAME.size, 600),
    [analysis],
  );

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (placeOf(location.hash) !== 'explain') return;
      if (count === 0 || event.ctrlKey || event.metaKey || event.altKey || takesKeys(event)) return;
      if (event.key === ' ') {
        event.preventDefault();
        setPlaying(!playing);
        return;
      }
      const next = layerForKey(event.key, useExplain.getState().layer, count);
      if (next === null) return;
      event.preventDefault();
      setPlaying(false);
      selectLayer(next);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [playing, setPlaying, count]);

  const go = (position: number) => {
    setPlaying(false);
    selectLayer(position);
  };
  /** On a phone: whether what is seldom needed is shown. */
  const [more, setMore] = useState(false);
  const id = useId();
  return (
    <footer id={id} className={css.transport} data-more={more}>
      <button type="button" className={css.play} disabled={count === 0} onClick={() => setPlaying(!playing)}>
        <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden="true">
          <path
            d={playing ? 'M1 1h3.5v10H1zM7.5 1H11v10H7.5z' : 'M1.5 0.5 11.5 6l-10 5.5z'}
            fill="currentColor"
          />
        </svg>
        <span>{playing ? say('Pause') : say('Play')}</span>
      </button>
      <button
        type="button"
        className={css.seldom}
        aria-label={say('Previous layer')}
        disabled={layer <= 0}
        onClick={() => go(layer - 1)}
      >
        ‹
      </button>
      <LayerSlider className={css.slider} onSelect={go} />
      <button
        type="button"
        className={css.seldom}
        aria-label={say('Next layer')}
        disabled={layer >= count - 1}
        onClick={() => go(layer + 1)}
      >
        ›
      </button>
      <select
        className={css.seldom}
        aria-label={say('Speed')}
        data-find=""
        value={speed}
        onChange={({ target }) => setSpeed(speeds.find((value) => String(value) === target.value) ?? 1)}
      >
        {speeds.map((value) => (
          <option key={value} value={value}>
            {value} ×
          </option>
        ))}
      </select>
      <p className={css.where}>
        {count > 0 && (
          <>
            <strong title={name}>{short[layer]}</strong>
            {say(', layer')} {layer + 1} {say('of')} {count}
          </>
        )}
      </p>
      <button
        type="button"
        className={css.more}
        aria-label={say('More of the player')}
        aria-expanded={more}
        aria-controls={id}
        onClick={() => setMore(!more)}
      >
        ⋯
      </button>
      <Still />
    </footer>
  );
}

/** What a step does not change, and so does not render. */
const Still = memo(function Still() {
  return (
    <>
      <div className={`${css.seldom} ${css.save}`}>
        <TakeAway />
      </div>
      <InTurn name="ready" atOnce>
        <StatusLine />
      </InTurn>
    </>
  );
});

/** Fields and menus keep their own keys, buttons the space bar; a slider has no use for the space bar. */
function takesKeys({ target, key, defaultPrevented }: KeyboardEvent): boolean {
  if (defaultPrevented) return true;
  if (!(target instanceof Element)) return false;
  if (key === ' ') return target.matches('input:not([type="range"]), select, button, summary');
  return target.closest('input, select, [role="menu"]') !== null;
}
