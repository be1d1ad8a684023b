import { lazy, Suspense, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Study } from './study-data';

const StudySheetDialog = lazy(() =>
  import('./StudySheetDialog').then((module) => ({ default: module.StudySheetDialog })),
);

/** The button that lays several figures of the study on one page. */
export function StudySheet({ study }: { study: Study }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Figure sheet
      </button>
      {open &&
        createPortal(
          <Suspense>
            <StudySheetDialog study={study} onClose={() => setOpen(false)} />
          </Suspense>,
          document.body,
        )}
    </>
  );
}
