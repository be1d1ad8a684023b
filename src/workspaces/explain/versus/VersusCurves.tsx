import { useCallback } from 'react';
import { loadCode } from '../../../code/missing-code';
import { versusCurves, versusCurvesHeight } from '../../../figures/versus/versus-curves';
import type { VersusData } from '../../../figures/versus/versus-data';
import { asMeasured } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { ExportMenu } from '../../../ui/ExportMenu';
import { SvgFigure } from '../../../ui/SvgFigure';
import { LayerCursor } from '../layers/LayerCursor';
import { useLayerAxis } from '../layers/shown-layers';
import { letGo, scrub } from '../playback/scrub';
import { useVersusReady } from './use-versus-ready';
import css from './versus.module.css';

const title = 'A against B: entropy by layer';

/** The entropy curves of both sides, on the axis of the film strip; dragged like every chart. */
export function VersusCurves({ data, width }: { data: VersusData; width: number }) {
  const theme = useFigureTheme();
  const axis = useLayerAxis(width);
  const ready = useVersusReady();
  const height = versusCurvesHeight(width, data);
  const svg = useCallback(
    () => (width > 0 ? versusCurves(document, data, { width, height }, theme) : null),
    [data, width, height, theme],
  );
  const at = (event: React.PointerEvent<HTMLElement>) =>
    scrub(axis.position(event.clientX - event.currentTarget.getBoundingClientRect().left));
  return (
    <figure className={css.figure} style={{ width }}>
      <div
        className={css.chart}
        style={{ height }}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          at(event);
        }}
        onPointerMove={(event) => event.buttons === 1 && at(event)}
        onPointerUp={letGo}
        onPointerCancel={letGo}
      >
        <SvgFigure svg={svg} />
        <LayerCursor width={width} />
      </div>
      <ExportMenu
        title={say(title)}
        table
        print="versus-entropy"
        ready={ready}
        figure={async () => {
          const { exportVersusEntropy } = await loadCode(() => import('./export-versus'));
          return exportVersusEntropy(asMeasured());
        }}
      />
    </figure>
  );
}
