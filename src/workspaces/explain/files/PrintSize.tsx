import { createPortal } from 'react-dom';
import { usePrint } from '../../../state/print-store';
import { lazyPart } from '../../../ui/lazy-part';

const PrintDialog = lazyPart(() => import('./PrintDialog').then((module) => module.PrintDialog));

/** The dialog that lays figures out for the width they have in print, where somebody has asked for it. */
export function PrintSize() {
  const open = usePrint(({ request }) => request !== null);
  return open && createPortal(<PrintDialog />, document.body);
}
