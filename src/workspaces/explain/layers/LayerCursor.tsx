import { useRef } from 'react';
import { useExplain } from '../../../state/explain-store';
import { useEveryPosition } from '../playback/use-every-position';
import css from './layer-cursor.module.css';
import { useLayerAxis } from './shown-layers';

/**
 * The cursor over one row of the instrument: a line at the position between the layers, a dot where it meets the row's curve, and between two
 * layers the column that figures draw behind the selected one. Transforms alone move it, so that no figure is drawn again for it. It lies in an element with
 * `position: relative` that begins where the row does.
 */
export function LayerCursor({
  width,
  to,
  line = true,
  curve,
}: {
  /** Of the row, in CSS pixels. */
  width: number;
  /** Where the line ends, in CSS pixels from the top of the row; at its bottom unless given. */
  to?: number;
  /** Whether there is a line, or the column alone. */
  line?: boolean;
  /** Height of the curve at a position, in CSS pixels from the top; null where it has none. */
  curve?(position: number): number | null;
}) {
  const count = useExplain((state) => state.analysis?.layers.length ?? 0);
  const cursor = useRef<HTMLDivElement>(null);
  const column = useRef<HTMLDivElement>(null);
  const dot = useRef<HTMLDivElement>(null);
  const axis = useLayerAxis(width);
  useEveryPosition((position) => {
    const x = axis.x(position);
    cursor.current?.style.setProperty('transform', `translateX(${x}px)`);
    // Beyond the edges of what is shown there is no column.
    const shown = x >= axis.left && x <= axis.right;
    cursor.current?.toggleAttribute('hidden', !shown);
    column.current?.toggleAttribute('hidden', Number.isInteger(position));
    if (!dot.current) return;
    const y = shown ? (curve?.(position) ?? null) : null;
    dot.current.hidden = y === null;
    dot.current.style.transform = `translate(${x}px, ${y ?? 0}px)`;
  });
  if (count === 0) return null;
  return (
    <div data-drawn className={css.layerCursor} aria-hidden="true">
      <div className={css.at} ref={cursor} style={{ height: to }}>
        <div className={css.column} ref={column} style={{ width: axis.step }} />
        {line && <div className={css.line} />}
      </div>
      {curve && <div className={css.dot} ref={dot} />}
    </div>
  );
}
