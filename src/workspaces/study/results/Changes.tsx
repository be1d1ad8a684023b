import { useCallback } from 'react';
import { nothing } from '../../../export/nothing-to-draw';
import type { FigureTheme } from '../../../figures';
import type { Study } from '../../../study/study-data';
import { say } from '../../../text/say';
import { useViewOf } from '../run/study-store';
import { changeTitle, drawChange, exportChange } from './layer-figures';
import { StudyFigure } from './StudyFigure';
import { changeSummary } from './summaries';
import { useSummary } from './use-summary';

/** What happens from layer to layer, and in how many of the images. */
export function Changes({ study }: { study: Study }) {
  const { target } = useViewOf(study);
  const make = useCallback(() => changeSummary(study, target), [study, target]);
  const change = useSummary(make);
  const draw = useCallback(
    (width: number, theme: FigureTheme) => drawChange(change as NonNullable<typeof change>, width, theme),
    [change],
  );
  return (
    <StudyFigure
      title={say(changeTitle)}
      svg={change && draw}
      figure={() => (change ? exportChange(change) : nothing())}
    />
  );
}
