import { useCallback, useMemo } from 'react';
import { nothing } from '../../../export/nothing-to-draw';
import type { PageFormat } from '../../../figures';
import type { Study } from '../../../study/study-data';
import { SheetMaker } from '../../../ui/SheetMaker';
import { useStudy, useViewOf } from '../run/study-store';
import {
  drawableOf,
  exportStudySheet,
  previewStudySheet,
  type StudySheetFigure,
  sheetData,
  studySheetFigures,
} from './study-sheet';
import { useSummary } from './use-summary';

const initially: StudySheetFigure[] = ['profile', 'multiples', 'change', 'spread'];

/** The figures of the study on screen, on one page. */
export function StudySheetDialog({ study, onClose }: { study: Study; onClose(): void }) {
  const view = useViewOf(study);
  const comparison = useStudy((state) => state.comparison);
  const make = useCallback(() => sheetData(study, view, comparison), [study, view, comparison]);
  const data = useSummary(make);
  const possible = useMemo(() => (data ? drawableOf(data) : []), [data]);
  const preview = useCallback(
    (chosen: readonly StudySheetFigure[], format: PageFormat) =>
      data && previewStudySheet(data, chosen, format),
    [data],
  );
  return (
    <SheetMaker
      figures={studySheetFigures}
      possible={possible}
      initially={initially}
      ready={data !== null}
      preview={preview}
      figure={(chosen, format) => (data ? exportStudySheet(data, chosen, format) : nothing())}
      onClose={onClose}
    />
  );
}
