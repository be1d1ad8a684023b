import { useCallback } from 'react';
import { useExplain } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { useSize } from '../../../ui/FigureCanvas';
import { SvgFigure } from '../../../ui/SvgFigure';
import styles from './story.module.css';
import { fitted, storyDrawing } from './story-figures';
import type { StoryChart } from './story-steps';

/** Least widths in pixels that charts are drawn for where the screen has more: they are enlarged, letters and all, to be read from afar. */
const drawnWidths: Record<StoryChart, number> = { flow: 720, entropy: 720, predictions: 380, weights: 380 };

/** A chart of the story as large as there is room. */
export function StoryDrawing({ chart }: { chart: StoryChart }) {
  const state = useExplain();
  const theme = useFigureTheme();
  const { ref, width, height } = useSize<HTMLDivElement>();
  const svg = useCallback(() => {
    const drawing = width > 0 ? storyDrawing(state, chart) : null;
    if (!drawing) return null;
    const { size, times } = fitted(drawing, { width, height }, width / drawnWidths[chart]);
    const drawn = drawing.draw(size, theme);
    drawn.setAttribute('width', String(Math.floor(size.width * times)));
    drawn.setAttribute('height', String(Math.floor(size.height * times)));
    return drawn;
  }, [state, chart, width, height, theme]);
  return (
    <div className={styles.chart} ref={ref}>
      <SvgFigure svg={svg} />
    </div>
  );
}
