import { createPortal } from 'react-dom';
import { useExplain } from '../../../state/explain-store';
import { askForPrint, usePrint } from '../../../state/print-store';
import { lazyPart } from '../../../ui/lazy-part';

const PrintDialog = lazyPart(() => import('./PrintDialog').then((module) => module.PrintDialog));

/** The button that lays figures out for the width they have in print. */
export function PrintSize() {
  const ready = useExplain(({ measurement, signs }) => measurement !== null && signs !== null);
  const open = usePrint(({ request }) => request !== null);
  return (
    <>
      <button type="button" disabled={!ready} onClick={() => askForPrint(null)}>
        Print size
      </button>
      {open && createPortal(<PrintDialog />, document.body)}
    </>
  );
}
