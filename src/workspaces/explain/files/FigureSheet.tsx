import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { lazyPart } from '../../../ui/lazy-part';

const SheetDialog = lazyPart(() => import('./SheetDialog').then((module) => module.SheetDialog));

/** The button that lays several figures on one page. */
export function FigureSheet() {
  const ready = useExplain(({ measurement, signs }) => measurement !== null && signs !== null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" disabled={!ready} onClick={() => setOpen(true)}>
        {say('Figure sheet')}
      </button>
      {open && createPortal(<SheetDialog onClose={() => setOpen(false)} />, document.body)}
    </>
  );
}
