import { useState } from 'react';
import { createPortal } from 'react-dom';
import { say } from '../../../text/say';
import { lazyPart } from '../../../ui/lazy-part';

// What finds comes with the first search.
const ClassFinder = lazyPart(() => import('./ClassFinder').then((module) => module.ClassFinder));

/** The button that finds the class to explain by typing, where a list of them is long. */
export function FindClass() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" style={{ margin: '6px 0' }} onClick={() => setOpen(true)}>
        {say('Find a class …')}
      </button>
      {open && createPortal(<ClassFinder onClose={() => setOpen(false)} />, document.body)}
    </>
  );
}
