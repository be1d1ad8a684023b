import { type CSSProperties, useEffect, useLayoutEffect } from 'react';
import { useExplain } from '../../../state/explain-store';
import { useSize } from '../../../ui/FigureCanvas';
import { lazyPart } from '../../../ui/lazy-part';
import { SuperizationFlow } from '../signs/SuperizationFlow';
import { InTurn } from '../turns/InTurn';
import { ChangeFigure } from './ChangeFigure';
import { EntropyFigure } from './EntropyFigure';
import { FilmStrip } from './FilmStrip';
import { canFold } from './folded-columns';
import css from './instrument.module.css';
import { chartsAre, keepInView, useShownPart } from './shown-layers';
import { useSpanGestures } from './span-gestures';

/** With more layers than this the bar of all layers is there from the beginning. */
const many = 24;

// What is not always there, or stands below the window at first, need not be there at the start.
const LayersShown = lazyPart(
  () => import('./LayersShown').then((module) => module.LayersShown),
  () => <div className={css.allLayers} />,
);
const Notes = lazyPart(() => import('./Notes').then((module) => module.Notes));
const ValuesTable = lazyPart(() => import('./ValuesTable').then((module) => module.ValuesTable));
const WithinFigure = lazyPart(() => import('../within/WithinFigure').then((module) => module.WithinFigure));
const Versus = lazyPart(() => import('../versus/Versus').then((module) => module.Versus));
const SuperizationTree = lazyPart(() =>
  import('../signs/SuperizationTree').then((module) => module.SuperizationTree),
);

/** All rows on one axis as wide as the window, however many layers there are; a part of them can be shown wider. */
export function Instrument() {
  const count = useExplain((state) => state.analysis?.layers.length ?? 0);
  const span = useShownPart();
  const folds = useExplain(({ analysis }) => canFold(analysis?.layers ?? []));
  const marked = useExplain(({ settings }) => settings.within !== '');
  const compared = useExplain(({ settings }) => settings.versus !== '');
  const { ref, width } = useSize<HTMLDivElement>();
  const gestures = useSpanGestures(ref, width);
  useLayoutEffect(() => chartsAre(width), [width]);
  useKeptInView();
  return (
    <div className={css.axis} ref={ref} style={{ '--room': `${width}px` } as CSSProperties} {...gestures}>
      {(count > many || span || folds) && <LayersShown width={width} />}
      <InTurn name="layers">
        <FilmStrip width={width} />
      </InTurn>
      <InTurn name="entropy">
        <EntropyFigure width={width} />
      </InTurn>
      {compared && (
        <InTurn name="versus">
          <Versus width={width} />
        </InTurn>
      )}
      {marked && (
        <InTurn name="within">
          <WithinFigure width={width} />
        </InTurn>
      )}
      <InTurn name="change">
        <ChangeFigure width={width} />
      </InTurn>
      <InTurn name="flow">
        <SuperizationFlow width={width} />
      </InTurn>
      <InTurn name="tree">
        <SuperizationTree width={width} />
      </InTurn>
      <InTurn name="notes">
        <Notes />
      </InTurn>
      <InTurn name="values">
        <ValuesTable />
      </InTurn>
    </div>
  );
}

/** Moves what is shown along with the selected layer, without rendering all rows for it. */
function useKeptInView(): void {
  useEffect(() => {
    keepInView(useExplain.getState().layer);
    return useExplain.subscribe(({ layer }, before) => {
      if (layer !== before.layer) keepInView(layer);
    });
  }, []);
}
