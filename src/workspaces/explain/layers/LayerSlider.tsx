import { type CSSProperties, type PointerEvent, useRef } from 'react';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { scrub, settle } from '../playback/scrub';
import { useEveryPosition } from '../playback/use-every-position';
import css from './layer-slider.module.css';

/** Half the width of the slider's handle in CSS pixels: the handle's middle never comes nearer to the ends. */
const handle = 8;

/**
 * The slider "Layer". Its value is the selected layer, a whole number, and its keys go from layer to layer; the pointer moves it between the
 * layers, and so does playback. The handle is drawn apart from the field, which knows whole numbers only.
 */
export function LayerSlider({ className, onSelect }: { className: string; onSelect(layer: number): void }) {
  const count = useExplain((state) => state.analysis?.layers.length ?? 0);
  const layer = useExplain((state) => state.layer);
  const name = useExplain((state) => state.analysis?.layers[state.layer]?.name ?? '');
  const last = Math.max(0, count - 1);
  const track = useRef<HTMLSpanElement>(null);
  const scrubbing = useRef(false);
  useEveryPosition((position) =>
    track.current?.style.setProperty('--share', String(last > 0 ? position / last : 0)),
  );
  const positionUnder = ({ clientX, currentTarget }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const share = (clientX - left - handle) / Math.max(1, width - 2 * handle);
    return Math.max(0, Math.min(1, share)) * last;
  };
  const release = () => {
    if (!scrubbing.current) return;
    scrubbing.current = false;
    settle(Math.round);
  };
  return (
    <span
      data-drawn
      className={`${css.layerSlider} ${className}`}
      ref={track}
      style={{ '--handle': `${handle}px` } as CSSProperties}
    >
      <span className={css.track} aria-hidden="true" />
      {count > 1 &&
        count <= 64 &&
        Array.from({ length: count }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a tick is its place.
          <i key={i} aria-hidden="true" style={{ '--at': i / last } as CSSProperties} />
        ))}
      <span className={css.handle} aria-hidden="true" />
      <input
        type="range"
        aria-label={say('Layer')}
        aria-valuetext={
          count > 0
            ? say('{name}, layer {layer} of {count}', { name, layer: layer + 1, count })
            : say('no layer')
        }
        min={0}
        max={last}
        step={1}
        value={layer}
        disabled={count === 0}
        // The field's own answer to a dragged pointer is the layer alone.
        onChange={({ target }) => !scrubbing.current && onSelect(Number(target.value))}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          scrubbing.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          scrub(positionUnder(event), Math.round);
        }}
        onPointerMove={(event) => scrubbing.current && scrub(positionUnder(event), Math.round)}
        onPointerUp={release}
        onPointerCancel={release}
      />
    </span>
  );
}
