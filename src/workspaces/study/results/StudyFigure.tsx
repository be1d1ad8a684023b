import { type ReactNode, useEffect, useRef } from 'react';
import type { FigureExport } from '../../../export';
import type { FigureTheme } from '../../../figures';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { ExportMenu } from '../../../ui/ExportMenu';
import { useSize } from '../../../ui/FigureCanvas';
import css from '../study.module.css';

/** A chart of a study, as wide as there is room, with its heading, its controls and its export. */
export function StudyFigure({
  title,
  svg,
  hasNothing = false,
  figure,
  children,
  below,
}: {
  title: string;
  /** Null before there is anything to draw. */
  svg: ((width: number, theme: FigureTheme) => SVGSVGElement) | null;
  /** There is nothing to draw of this study; why stands below. */
  hasNothing?: boolean;
  figure(): Promise<FigureExport>;
  /** Controls that decide what is drawn. */
  children?: ReactNode;
  below?: ReactNode;
}) {
  const { ref, width } = useSize<HTMLDivElement>();
  const holder = useRef<HTMLDivElement>(null);
  const theme = useFigureTheme();
  useEffect(() => {
    if (!svg || width === 0) return;
    const drawing = svg(width, theme);
    drawing.setAttribute('aria-label', title);
    holder.current?.replaceChildren(drawing);
  }, [svg, width, theme, title]);
  return (
    <figure className={css.studyFigure}>
      <figcaption>
        <h2>{title}</h2>
        {children}
        <ExportMenu title={title} table ready={svg !== null} figure={figure} />
      </figcaption>
      <div ref={ref}>
        <div ref={holder} />
        {!svg && !hasNothing && <p className={css.pending}>{say('Not measured yet')}</p>}
      </div>
      {below}
    </figure>
  );
}
