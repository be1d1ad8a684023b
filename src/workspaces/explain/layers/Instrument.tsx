import { type CSSProperties, useEffect } from 'react';
import { LEFT_GUTTER, layerAxis } from '../../../figures';
import { useExplain } from '../../../state/explain-store';
import { useSize } from '../../../ui/FigureCanvas';
import { SuperizationFlow } from '../signs/SuperizationFlow';
import { SuperizationTree } from '../signs/SuperizationTree';
import { ChangeFigure } from './ChangeFigure';
import { EntropyFigure } from './EntropyFigure';
import { FilmStrip } from './FilmStrip';
import { Notes } from './Notes';
import { ValuesTable } from './ValuesTable';

/** Narrowest column in which a thumbnail still shows something, in CSS pixels. */
const narrowestColumn = 40;

/** All rows on one axis; where that is wider than the screen, they scroll sideways together. */
export function Instrument() {
  const count = useExplain((state) => state.analysis?.layers.length ?? 0);
  const layer = useExplain((state) => state.layer);
  const { ref, width: room } = useSize<HTMLDivElement>();
  const width = Math.max(room, count * narrowestColumn + LEFT_GUTTER);
  useEffect(() => {
    const scroller = ref.current;
    if (!scroller || width <= room || count === 0) return;
    const { step, x } = layerAxis(width, count);
    const [left, right] = [x(layer) - step, x(layer) + step];
    if (left < scroller.scrollLeft) scroller.scrollLeft = left;
    if (right > scroller.scrollLeft + room) scroller.scrollLeft = right - room;
  }, [ref, layer, count, width, room]);
  return (
    <div className="axis" ref={ref} style={{ '--room': `${room}px` } as CSSProperties}>
      <FilmStrip width={width} />
      <EntropyFigure width={width} />
      <ChangeFigure width={width} />
      <SuperizationFlow width={width} />
      <SuperizationTree width={width} />
      <Notes />
      <ValuesTable />
    </div>
  );
}
