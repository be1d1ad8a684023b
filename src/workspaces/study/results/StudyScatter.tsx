import { type PointerEvent, useCallback, useMemo, useState } from 'react';
import type { Context2D } from '../../../figures';
import {
  drawStudyScatter,
  scatterInWords,
  scatterPointAt,
  studyScatterHeight,
  studyScatterLayout,
} from '../../../figures/study/study-figures';
import { useFigureTheme } from '../../../state/page-theme';
import type { Study } from '../../../study/study-data';
import { say } from '../../../text/say';
import { ExportMenu } from '../../../ui/ExportMenu';
import { FigureCanvas, useSize } from '../../../ui/FigureCanvas';
import { asOptions, Choice } from '../../../ui/fields';
import tooltip from '../../../ui/tooltip.module.css';
import { openInExplain } from '../images/open-in-explain';
import { look, useStudy, useViewOf } from '../run/study-store';
import css from '../study.module.css';
import { numberOptions } from './figure-data';
import { axisChoices, exportScatter, scatterData, scatterTitle } from './scatter-view';

/** Two numbers of every image; a point opens its picture. Keys reach the pictures through the table below. */
export function StudyScatter({ study }: { study: Study }) {
  const view = useViewOf(study);
  const selected = useStudy((state) => state.selected);
  const theme = useFigureTheme();
  const { ref, width } = useSize<HTMLDivElement>();
  const [hovered, setHovered] = useState<number | null>(null);
  const points = useMemo(() => scatterData(study, view), [study, view]);
  const data = useMemo(() => ({ ...points, selected }), [points, selected]);
  const height = studyScatterHeight(data, width);
  const layout = useMemo(() => studyScatterLayout(points, width), [points, width]);
  const draw = useCallback(
    (context: Context2D) => drawStudyScatter(context, data, { width, height }, theme),
    [data, width, height, theme],
  );
  const pointUnder = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>) => {
    const { left, top } = currentTarget.getBoundingClientRect();
    return scatterPointAt(points, layout, clientX - left, clientY - top);
  };
  const title = scatterTitle(points);
  const shown = hovered === null ? null : study.images[hovered];
  const choices = numberOptions(axisChoices(study));
  return (
    <figure className={css.studyFigure} data-part="scatter">
      <figcaption>
        <h2>{title}</h2>
        <Choice label={say('Across')} value={points.ids.x} options={choices} onChange={(x) => look({ x })} />
        <Choice label={say('Up')} value={points.ids.y} options={choices} onChange={(y) => look({ y })} />
        <LayerChoice study={study} label={say('At layer')} />
        <ExportMenu title={title} table ready figure={() => exportScatter(study, view)} />
      </figcaption>
      <div ref={ref}>
        {width > 0 && (
          <div
            className={css.points}
            onPointerMove={(event) => setHovered(pointUnder(event))}
            onPointerLeave={() => setHovered(null)}
            onPointerUp={(event) => {
              const image = pointUnder(event);
              if (image === null || event.button !== 0) return;
              useStudy.setState({ selected: image });
              void openInExplain(study.images[image]);
            }}
            style={{ cursor: hovered === null ? 'default' : 'pointer' }}
          >
            <FigureCanvas label={title} width={width} height={height} draw={draw}>
              {shown && hovered !== null && (
                // Over the points: to draw ten thousand of them anew for each would hold the pointer up.
                <span
                  className={css.ring}
                  style={{ left: layout.x(points.x[hovered]), top: layout.y(points.y[hovered]) }}
                />
              )}
              {shown && hovered !== null && (
                <div
                  className={tooltip.tooltip}
                  aria-hidden="true"
                  style={{
                    left: Math.max(0, Math.min(layout.x(points.x[hovered]) + 12, width - 220)),
                    top: Math.min(layout.y(points.y[hovered]) + 8, height - 90),
                  }}
                >
                  <strong>{shown.path}</strong>
                  <span>
                    {points.xName} {points.x[hovered].toPrecision(3)}
                  </span>
                  <span>
                    {points.yName} {points.y[hovered].toPrecision(3)}
                  </span>
                  <span>{say('opens in Explain')}</span>
                </div>
              )}
            </FigureCanvas>
          </div>
        )}
        <p className="visually-hidden">{scatterInWords(data)}</p>
      </div>
    </figure>
  );
}

/** The layer that scatter and table take their numbers from. */
export function LayerChoice({ study, label }: { study: Study; label: string }) {
  const layer = useStudy((state) => state.view.layer);
  const names = study.layers.map(({ name }) => name);
  return (
    <Choice
      label={label}
      value={names.find((name) => name === layer) ?? names[names.length - 1] ?? ''}
      options={asOptions(names)}
      onChange={(name) => look({ layer: name })}
    />
  );
}
