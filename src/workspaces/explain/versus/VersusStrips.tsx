import { useCallback, useMemo } from 'react';
import { loadCode } from '../../../code/missing-code';
import type { Context2D } from '../../../figures';
import type { VersusData } from '../../../figures/versus/versus-data';
import { drawVersusStrips, versusStripsLayout } from '../../../figures/versus/versus-strips';
import { asMeasured } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { ExportMenu } from '../../../ui/ExportMenu';
import { FigureCanvas } from '../../../ui/FigureCanvas';
import { LayerCursor } from '../layers/LayerCursor';
import { useLayerAxis } from '../layers/shown-layers';
import { selectLayer } from '../selection';
import { useVersusReady } from './use-versus-ready';
import css from './versus.module.css';

const title = 'A against B: all layers';

/** Both film strips and their difference, a click on a column selects its layer. */
export function VersusStrips({ data, width }: { data: VersusData; width: number }) {
  const theme = useFigureTheme();
  const axis = useLayerAxis(width);
  const ready = useVersusReady();
  const { height } = useMemo(() => versusStripsLayout(data, width), [data, width]);
  const draw = useCallback(
    (context: Context2D) => drawVersusStrips(context, data, { width, height }, theme),
    [data, width, height, theme],
  );
  return (
    <figure className={css.figure} style={{ width }}>
      <div
        className={css.chart}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          selectLayer(axis.index(event.clientX - event.currentTarget.getBoundingClientRect().left));
        }}
      >
        <FigureCanvas label={say(title)} width={width} height={height} draw={draw}>
          <LayerCursor width={width} line={false} />
        </FigureCanvas>
      </div>
      <ExportMenu
        title={say(title)}
        table
        print="versus-layers"
        ready={ready}
        figure={async () => {
          const { exportVersusLayers } = await loadCode(() => import('./export-versus'));
          return exportVersusLayers(asMeasured());
        }}
      />
    </figure>
  );
}
