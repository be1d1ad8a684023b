import { useCallback, useMemo } from 'react';
import { loadCode } from '../../../code/missing-code';
import type { Context2D } from '../../../figures';
import type { VersusData } from '../../../figures/versus/versus-data';
import { drawVersusMaps, versusMapsLayout } from '../../../figures/versus/versus-maps';
import { asMeasured } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { ExportMenu } from '../../../ui/ExportMenu';
import { FigureCanvas, useSize } from '../../../ui/FigureCanvas';
import { useVersusReady } from './use-versus-ready';
import css from './versus.module.css';

const title = 'A against B: selected layer';

/** The selected layer of both sides, and their difference. */
export function VersusMaps({ data, layer }: { data: VersusData; layer: number }) {
  const theme = useFigureTheme();
  const { ref, width } = useSize<HTMLDivElement>();
  const ready = useVersusReady();
  const selected = Math.min(layer, data.layers.length - 1);
  const { height } = useMemo(() => versusMapsLayout(data, width), [data, width]);
  const draw = useCallback(
    (context: Context2D) => drawVersusMaps(context, { ...data, selected }, { width, height }, theme),
    [data, selected, width, height, theme],
  );
  return (
    <figure className={css.maps}>
      <div ref={ref}>
        <FigureCanvas label={say(title)} width={width} height={height} draw={draw} />
      </div>
      <ExportMenu
        title={say(title)}
        table
        print="versus-maps"
        ready={ready}
        figure={async () => {
          const { exportVersusMaps } = await loadCode(() => import('./export-versus'));
          return exportVersusMaps(asMeasured());
        }}
      />
    </figure>
  );
}
