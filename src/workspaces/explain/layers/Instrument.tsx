import { type CSSProperties, useEffect } from 'react';
import { useExplain } from '../../../state/explain-store';
import { useSize } from '../../../ui/FigureCanvas';
import { SuperizationFlow } from '../signs/SuperizationFlow';
import { SuperizationTree } from '../signs/SuperizationTree';
import { ChangeFigure } from './ChangeFigure';
import { EntropyFigure } from './EntropyFigure';
import { FilmStrip } from './FilmStrip';
import { LayersShown } from './LayersShown';
import { Notes } from './Notes';
import { keepInView } from './shown-layers';
import { useSpanGestures } from './span-gestures';
import { ValuesTable } from './ValuesTable';

/** All rows on one axis as wide as the window, however many layers there are; a part of them can be shown wider. */
export function Instrument() {
  const layer = useExplain((state) => state.layer);
  const { ref, width } = useSize<HTMLDivElement>();
  const gestures = useSpanGestures(ref, width);
  useEffect(() => keepInView(layer), [layer]);
  return (
    <div className="axis" ref={ref} style={{ '--room': `${width}px` } as CSSProperties} {...gestures}>
      <LayersShown width={width} />
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
