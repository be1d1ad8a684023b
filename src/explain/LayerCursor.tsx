import { useRef } from 'react';
import { layerAxis } from '../figures';
import { useExplain } from '../state/explain-store';
import { useEveryPosition } from './use-every-position';

/**
 * The cursor over one plot of the instrument: a line at the position between the layers, and a dot where it meets the plot's curve. It is moved by
 * transforms alone, so that no figure is drawn again for it. Its place is inside an element with `position: relative` that begins where the plot does.
 */
export function LayerCursor({
  width,
  to,
  curve,
}: {
  /** Of the plot, in CSS pixels. */
  width: number;
  /** Where the line ends, in CSS pixels from the top of the plot; at its bottom unless given. */
  to?: number;
  /** Height of the curve at a position, in CSS pixels from the top; null where it has none. */
  curve?(position: number): number | null;
}) {
  const count = useExplain((state) => state.analysis?.layers.length ?? 0);
  const line = useRef<HTMLDivElement>(null);
  const dot = useRef<HTMLDivElement>(null);
  useEveryPosition((position) => {
    const x = layerAxis(width, count).x(position);
    if (!line.current) return;
    line.current.style.transform = `translateX(${x}px)`;
    line.current.parentElement?.toggleAttribute('data-between', !Number.isInteger(position));
    if (!dot.current) return;
    const y = curve?.(position) ?? null;
    dot.current.hidden = y === null;
    dot.current.style.transform = `translate(${x}px, ${y ?? 0}px)`;
  });
  if (count === 0) return null;
  return (
    <div className="layer-cursor" aria-hidden="true">
      <div className="line" ref={line} style={{ height: to }} />
      {curve && <div className="dot" ref={dot} />}
    </div>
  );
}
