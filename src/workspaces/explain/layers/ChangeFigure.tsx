import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { loadCode } from '../../../code/missing-code';
import { changeChart, changeChartHeight } from '../../../figures';
import { asMeasured, useStill } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { ExportMenu } from '../../../ui/ExportMenu';
import tooltip from '../../../ui/tooltip.module.css';
import { letGo, scrub } from '../playback/scrub';
import { FigureReading } from '../reading/FigureReading';
import { useTurnMarks } from '../turns/InTurn';
import { evidence } from '../verdict/clause-evidence';
import { changeChartData, resizes, stepTo } from './change-view';
import rows from './instrument.module.css';
import { LayerCursor } from './LayerCursor';
import { layersIn, useLayerAxis, useShownSpan } from './shown-layers';

const title = 'Change by step';

/** What changes from layer to layer, in two parts beside their null, on the axis of the film strip. */
export function ChangeFigure({ width }: { width: number }) {
  const figure = useRef<HTMLElement>(null);
  useTurnMarks(figure);
  const shown = useStill();
  const theme = useFigureTheme();
  const { analysis } = shown;
  const count = analysis?.layers.length ?? 0;
  const holder = useRef<HTMLDivElement>(null);
  const span = useShownSpan();
  const data = useMemo(() => {
    // The step to the first of the layers shown comes from one that is not.
    if (span) return changeChartData(shown, layersIn(span));
    return changeChartData(shown);
  }, [shown, span]);
  const height = data ? changeChartHeight(width, data) : 0;
  useEffect(() => {
    if (!data || width === 0) return;
    const svg = changeChart(document, data, { width, height }, theme);
    svg.setAttribute('aria-label', say(title));
    holder.current?.replaceChildren(svg);
  }, [data, width, height, theme]);
  const [hovered, setHovered] = useState<number | null>(null);
  const axis = useLayerAxis(width);
  const columns = useMemo(() => layersIn(span ?? { from: 0, to: count }), [span, count]);
  /** The layers that a border lies between. */
  const between = hovered === null ? null : ([columns[hovered - 1], columns[hovered]] as const);
  const along = (event: PointerEvent<HTMLElement>) =>
    event.clientX - event.currentTarget.getBoundingClientRect().left;
  return (
    <figure
      ref={figure}
      data-part="change"
      className={`${rows.row} ${rows.change}`}
      style={{ width }}
      {...evidence('order')}
    >
      <div
        className={rows.chart}
        style={{ height }}
        onPointerDown={(event) => {
          if (count === 0 || event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          scrub(axis.position(along(event)));
        }}
        onPointerMove={(event) => {
          if (count < 2) return;
          // Bars stand between two columns: the nearest border is meant.
          const border = Math.round((along(event) - axis.left) / axis.step);
          setHovered(Math.max(1, Math.min(columns.length - 1, border)));
          if (event.buttons === 1) scrub(axis.position(along(event)));
        }}
        onPointerUp={letGo}
        onPointerCancel={letGo}
        onPointerLeave={() => setHovered(null)}
      >
        <div ref={holder} />
        <LayerCursor width={width} />
        {between && analysis?.layers[between[1]] && (
          <div
            className={tooltip.tooltip}
            aria-hidden="true"
            style={{ left: Math.min(axis.x(between[1]) - axis.step / 2 + 16, width - 240) }}
          >
            <strong>
              {analysis.layers[between[0]].name} → {analysis.layers[between[1]].name}
            </strong>
            {stepInWords(shown, between[1], between[0]).map((line) => (
              <span key={line}>{line}</span>
            ))}
          </div>
        )}
      </div>
      <FigureReading figure="change" width={width} />
      <ExportMenu
        title={say(title)}
        table
        print="change"
        figure={async () => {
          const { exportChange } = await loadCode(() => import('../files/export-flow'));
          return exportChange(asMeasured());
        }}
      />
    </figure>
  );
}

function stepInWords(shown: Parameters<typeof stepTo>[0], index: number, from: number): string[] {
  const step = stepTo(shown, index, from);
  const size = resizes(shown, index, from) ? [say('the spatial size changes')] : [];
  if (!step) return [say('no positive evidence on one side'), ...size];
  const bits = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
  const beside = (part: 'change' | 'classFormation' | 'complexFormation') =>
    say('{step} bits{part}', {
      step: bits(step[part]),
      part: step.null ? say(', null {null}', { null: bits(step.null[part]) }) : '',
    });
  return [
    say('change {value}', { value: beside('change') }),
    say('class formation {value}', { value: beside('classFormation') }),
    say('complex formation {value}', { value: beside('complexFormation') }),
    ...(step.happens === null
      ? []
      : [
          step.happens
            ? say('Superization: falls by more than the null')
            : step.change < 0
              ? say('no superization: the null falls as much')
              : say('no superization: the entropy does not fall'),
        ]),
    ...size,
  ];
}
