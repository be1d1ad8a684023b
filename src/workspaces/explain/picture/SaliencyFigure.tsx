import { type PointerEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { loadCode } from '../../../code/missing-code';
import {
  type Context2D,
  drawSaliency,
  type SaliencyGrid,
  saliencyFrame,
  saliencyHeight,
  saliencyPictureBox,
} from '../../../figures';
import { isInputMethod } from '../../../saliency/method-names';
import { asMeasured, useExplain, useShown } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { ExportMenu } from '../../../ui/ExportMenu';
import { FigureCanvas, useSize } from '../../../ui/FigureCanvas';
import { lazyPart } from '../../../ui/lazy-part';
import { LayerNote } from '../layers/LayerNote';
import { Why } from '../reading/Why';
import { pointAt } from '../selection';
import { Counter } from '../signs/Counter';
import { signAtPlace } from '../signs/layer-outlines';
import { useTurnMarks } from '../turns/InTurn';
import { saliencyData, saliencyFrameData } from '../view-model';
import { type Marking, MarkRegion } from '../within/MarkRegion';
import { FollowedSign } from './FollowedSign';
import css from './picture-column.module.css';
import { useSwipe } from './use-swipe';

// There for the method that shows the attention of one token.
const PatchPicker = lazyPart(() => import('./PatchPicker').then((module) => module.PatchPicker));
const ConceptsView = lazyPart(() => import('../concepts/ConceptsView').then((module) => module.ConceptsView));
const RegionMarker = lazyPart(() => import('../within/RegionMarker').then((module) => module.RegionMarker));

interface Cell {
  column: number;
  row: number;
}

/** "0.0123 at column 3, row 5 of 14 × 14"; null outside, where the map has changed under the pointer. */
function valueAt({ values, width, height }: SaliencyGrid, { column, row }: Cell): string | null {
  if (column >= width || row >= height) return null;
  return say('{value} at column {column}, row {row} of {width} × {height}', {
    value: values[row * width + column].toPrecision(3),
    column: column + 1,
    row: row + 1,
    width,
    height,
  });
}

/** What draws the picture at any place between the layers; the same until something but the layer changes. */
function useSaliencyFrame() {
  const theme = useFigureTheme();
  const analysis = useExplain((state) => state.analysis);
  const picture = useExplain((state) => state.picture);
  const signs = useExplain((state) => state.signs);
  const { colours, opacity, smoothing, view, scaling, outlines } = useExplain((state) => state.settings);
  return useMemo(() => {
    const look = { colours, opacity, smoothing, view, scaling, outlines };
    const data = saliencyFrameData({ analysis, picture, signs }, look);
    return data && saliencyFrame(data, theme);
  }, [analysis, picture, signs, colours, opacity, smoothing, view, scaling, outlines, theme]);
}

/** The picture with the heat map over it, moving from layer to layer; the selected layer's colour bar, and the value under the pointer. */
export function SaliencyFigure() {
  const shown = useShown();
  const theme = useFigureTheme();
  const { ref, width } = useSize<HTMLElement>();
  useTurnMarks(ref);
  const { picture, analysis, settings } = shown;
  const inConcepts = settings.view === 'concepts' && analysis !== null && !isInputMethod(analysis.method);
  const data = useMemo(() => saliencyData(shown), [shown]);
  const height = data && width > 0 ? saliencyHeight(width, data) : width;
  const frame = useSaliencyFrame();
  const draw = useCallback(
    (context: Context2D, lettered: boolean) => {
      if (!data || !frame) return;
      drawSaliency(context, data, { width, height }, theme, {
        frame: (box) => frame(context, useExplain.getState().position, box),
        keep: lettered,
      });
    },
    [data, frame, width, height, theme],
  );
  const canvas = useRef<HTMLCanvasElement>(null);
  const aspect = data?.aspect;
  useEffect(
    () =>
      useExplain.subscribe(({ position, layer, analysis }, before) => {
        // With another layer all of the figure is drawn again.
        if (layer !== before.layer || analysis !== before.analysis) return;
        if (position === before.position || !frame || width === 0) return;
        const context = canvas.current?.getContext('2d');
        if (context) frame(context, position, saliencyPictureBox(width, aspect));
      }),
    [frame, width, aspect],
  );
  const swipe = useSwipe();
  const [marking, setMarking] = useState<Marking>(null);
  const within = useExplain(({ settings }) => settings.within);
  const [pointed, setPointed] = useState<Cell | null>(null);
  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    const inside = x >= 0 && x < 1 && y >= 0 && y < 1;
    setPointed(
      data && inside
        ? { column: Math.floor(x * data.map.width), row: Math.floor(y * data.map.height) }
        : null,
    );
    const { signs, layer } = useExplain.getState();
    pointAt(signs && inside ? signAtPlace(signs, layer, x, y) : null);
  };
  const leave = () => {
    setPointed(null);
    pointAt(null);
  };
  const value = data && pointed ? valueAt(data.map, pointed) : null;
  const layer = data?.layer ?? say('the last layer');
  const title = inConcepts ? say('Concepts of {layer}', { layer }) : say('Saliency of {layer}', { layer });
  return (
    <figure data-part="saliency" className={css.saliency} ref={ref}>
      <div className={css.swiped} {...swipe}>
        {inConcepts ? (
          <ConceptsView width={width} />
        ) : (
          <FigureCanvas label={title} width={width} height={height} draw={draw} canvas={canvas}>
            <div
              className={css.probe}
              aria-hidden="true"
              style={{ width, height: width / (data?.aspect ?? 1) }}
              onPointerMove={point}
              onPointerLeave={leave}
            />
            {shown.settings.method === 'attention' && (
              <PatchPicker
                width={width}
                height={width / (data?.aspect ?? 1)}
                onPointerMove={point}
                onPointerLeave={leave}
              />
            )}
            {data && <FollowedSign style={{ width, height: Math.round(width / (data.aspect ?? 1)) }} />}
            {data && (marking || within !== '') && (
              <RegionMarker
                way={marking}
                width={width}
                height={Math.round(width / (data.aspect ?? 1))}
                onEnd={() => setMarking(null)}
              />
            )}
          </FigureCanvas>
        )}
      </div>
      {!inConcepts && <MarkRegion way={marking} onChange={setMarking} />}
      <Counter />
      <figcaption>
        {value === null ? (
          <span>{picture && `${picture.name}, ${picture.width} × ${picture.height}`}</span>
        ) : (
          <output>{value}</output>
        )}
        <Why of="the map of a layer" section="saliency" />
        <ExportMenu
          title={title}
          print={inConcepts ? 'concepts' : 'saliency'}
          table={inConcepts}
          figure={async () => {
            if (inConcepts) {
              const { exportConceptsOnScreen } = await loadCode(() => import('../concepts/export-concepts'));
              return exportConceptsOnScreen(asMeasured());
            }
            const { exportSaliency } = await loadCode(() => import('../files/explain-figures'));
            return exportSaliency(asMeasured());
          }}
        />
      </figcaption>
      <LayerNote />
    </figure>
  );
}
