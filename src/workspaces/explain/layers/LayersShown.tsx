import { type CSSProperties, type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { layerAxis } from '../../../figures';
import { useExplain } from '../../../state/explain-store';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { FoldChoice } from './FoldChoice';
import { moved, spanBetween } from './layer-span';
import styles from './layers-shown.module.css';
import { showSpan, useShownPart } from './shown-layers';
import { zoomBy } from './span-gestures';

/** Pixels about an end of the window in which it is meant. */
const grip = 7;

/** What a drag along the bar does. */
type End = 'from' | 'to';
/** `off`: how far beside the end, in columns, it was taken. */
type Drag = { end: End; off: number } | { move: number } | { brush: number };

/** All layers as a bar, with the part the charts show: dragged, brushed, moved by keys, and given back. */
export function LayersShown({ width }: { width: number }) {
  const layers = useExplain((state) => state.analysis?.layers);
  const layer = useExplain((state) => state.layer);
  const span = useShownPart();
  const drag = useRef<Drag | null>(null);
  const count = layers?.length ?? 0;
  if (!layers || width === 0) return null;
  const axis = layerAxis(width, count);
  const { from, to } = span ?? { from: 0, to: count };
  const edge = (i: number) => axis.left + i * axis.step;
  /** Border between layers at the pointer, not rounded. */
  const under = (event: PointerEvent<HTMLElement>) =>
    (event.clientX - event.currentTarget.getBoundingClientRect().left) / axis.step;
  const show = (a: number, b: number) => showSpan(spanBetween(count, Math.min(a, b), Math.max(a, b)));
  const begin = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = under(event);
    const near = (end: number) => Math.abs(at - end) * axis.step <= grip;
    const handle = event.target instanceof HTMLElement ? event.target.dataset.end : undefined;
    if (handle === 'from' || (!handle && near(from))) drag.current = { end: 'from', off: at - from };
    else if (handle === 'to' || near(to)) drag.current = { end: 'to', off: at - to };
    else if (span && at > from && at < to) drag.current = { move: at - from };
    else drag.current = { brush: at };
  };
  const go = (event: PointerEvent<HTMLElement>) => {
    const at = Math.max(0, Math.min(count, under(event)));
    const { current } = drag;
    if (!current) return;
    if ('brush' in current) show(current.brush, at);
    else if ('end' in current) {
      const edge = Math.max(0, Math.min(count, under(event) - current.off));
      show(current.end === 'from' ? edge : from, current.end === 'to' ? edge : to);
    } else if (span) showSpan(moved(count, span, Math.round(at - current.move) - from));
  };
  const end = () => {
    drag.current = null;
  };
  const key = (event: KeyboardEvent, which: 'from' | 'to') => {
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };
    const by = steps[event.key];
    const outermost = (which === 'from' && event.key === 'Home') || (which === 'to' && event.key === 'End');
    if (by === undefined && !outermost) return;
    event.preventDefault();
    event.stopPropagation();
    if (outermost) show(which === 'from' ? 0 : from, which === 'to' ? count : to);
    else show(which === 'from' ? Math.min(from + by, to - 1) : from, which === 'to' ? to + by : to);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: not the fields of a form.
    <div className={styles.shown} role="group" aria-label={say('Layers shown')}>
      <span className={styles.label}>
        {span ? say('{from}–{to} of {count}', { from: from + 1, to, count }) : counted(count, 'layer')}
      </span>
      <div
        data-drawn
        className={styles.bar}
        style={
          { left: axis.left, width: axis.right - axis.left, '--column': `${axis.step}px` } as CSSProperties
        }
        title={say('Drag to show a part of the layers')}
        onPointerDown={begin}
        onPointerMove={go}
        onPointerUp={end}
        onPointerCancel={end}
      >
        {layers.map(({ map }, i) => {
          const before = layers[i - 1]?.map;
          const changes = before && (before.width !== map.width || before.height !== map.height);
          // biome-ignore lint/suspicious/noArrayIndexKey: a stage begins at its place.
          return changes ? <i key={i} style={{ left: edge(i) - axis.left }} /> : null;
        })}
        <b style={{ left: axis.x(layer) - axis.left }} />
        <span
          className={styles.window}
          style={{ left: edge(from) - axis.left, width: (to - from) * axis.step }}
        >
          {(['from', 'to'] as const).map((which) => (
            <span
              key={which}
              role="slider"
              tabIndex={0}
              data-end={which}
              aria-label={which === 'from' ? say('First layer shown') : say('Last layer shown')}
              aria-valuemin={1}
              aria-valuemax={count}
              aria-valuenow={which === 'from' ? from + 1 : to}
              aria-valuetext={layers[which === 'from' ? from : to - 1].name}
              onKeyDown={(event) => key(event, which)}
            />
          ))}
        </span>
      </div>
      <span className={styles.buttons}>
        <FoldChoice />
        <button
          type="button"
          aria-label={say('Fewer layers')}
          title={say('Wider columns (+)')}
          onClick={() => zoomBy(1 / 1.5)}
        >
          +
        </button>
        {span && (
          <>
            <button
              type="button"
              aria-label={say('More layers')}
              title={say('Narrower columns (−)')}
              onClick={() => zoomBy(1.5)}
            >
              −
            </button>
            <button type="button" title={say('All layers again (0)')} onClick={() => showSpan(null)}>
              {say('All layers')}
            </button>
          </>
        )}
      </span>
    </div>
  );
}
