import { useCallback } from 'react';
import { nothing } from '../../../export/nothing-to-draw';
import type { FigureTheme } from '../../../figures';
import type { Study } from '../../../study/study-data';
import { studyColumns } from '../../../study/summary/number-columns';
import { say } from '../../../text/say';
import { Choice } from '../../../ui/fields';
import { look, useViewOf } from '../run/study-store';
import { columnOf, numberOptions } from './figure-data';
import { drawSpreads, exportSpreads, spreadTitle } from './layer-figures';
import { StudyFigure } from './StudyFigure';
import { spreadSummary } from './summaries';
import { useSummary } from './use-summary';

/** How each number is spread over the images, layer by layer. */
export function Spreads({ study }: { study: Study }) {
  const { spread: chosen, target } = useViewOf(study);
  const column = columnOf(study, chosen);
  const { id } = column;
  const make = useCallback(() => spreadSummary(study, id, target), [study, id, target]);
  const spreads = useSummary(make);
  const draw = useCallback(
    (width: number, theme: FigureTheme) => drawSpreads(spreads as NonNullable<typeof spreads>, width, theme),
    [spreads],
  );
  return (
    <StudyFigure
      title={spreadTitle(column)}
      svg={spreads && draw}
      figure={() => (spreads ? exportSpreads(spreads) : nothing())}
    >
      <Choice
        label={say('Spread of')}
        value={id}
        options={numberOptions(studyColumns(study))}
        onChange={(spread) => look({ spread })}
      />
    </StudyFigure>
  );
}
