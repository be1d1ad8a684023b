import { useCallback, useMemo } from 'react';
import type { PageFormat } from '../../../figures';
import { asMeasured, useExplain } from '../../../state/explain-store';
import { askForPrint } from '../../../state/print-store';
import { SheetMaker } from '../../../ui/SheetMaker';
import { offered } from '../versus/export-versus';
import { drawable, exportSheet, previewSheet, type SheetFigure, sheetFigures } from './sheet-figures';

const initially: SheetFigure[] = ['saliency', 'layers', 'entropy', 'flow'];

/** The figures of the analysis on screen, on one page. */
export function SheetDialog({ onClose }: { onClose(): void }) {
  const state = useExplain();
  const possible = useMemo(() => drawable(state), [state]);
  const { versus } = state.settings;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the settings this one alone counts.
  const figures = useMemo(() => offered(sheetFigures, state), [versus]);
  const preview = useCallback(
    (chosen: readonly SheetFigure[], format: PageFormat) => previewSheet(state, chosen, format),
    [state],
  );
  return (
    <SheetMaker
      figures={figures}
      possible={possible}
      initially={initially}
      preview={preview}
      figure={(chosen, format) => exportSheet(asMeasured(), chosen, format)}
      onPrint={() => {
        onClose();
        askForPrint(null);
      }}
      onClose={onClose}
    />
  );
}
