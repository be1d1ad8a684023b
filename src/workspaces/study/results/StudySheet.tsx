import { useState } from 'react';
import { createPortal } from 'react-dom';
import type { Study } from '../../../study/study-data';
import { say } from '../../../text/say';
import { lazyPart } from '../../../ui/lazy-part';

const StudySheetDialog = lazyPart(() =>
  import('./StudySheetDialog').then((module) => module.StudySheetDialog),
);

/** The button that lays several figures of the study on one page. */
export function StudySheet({ study }: { study: Study }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {say('Figure sheet')}
      </button>
      {open && createPortal(<StudySheetDialog study={study} onClose={() => setOpen(false)} />, document.body)}
    </>
  );
}
