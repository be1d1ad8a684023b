import { type ReactNode, useEffect, useState } from 'react';
import { droppedFiles } from '../files/dropped-files';
import { filesOf } from '../files/named-file';
import { warn } from '../state/alerts';
import { type Place, usePlace } from '../state/place';
import { messageOf } from '../text/message-of';
import { say } from '../text/say';
import { openSource, showExplain } from '../workspaces/explain/explain-controller';
import { openDropped } from './open-dropped';

/** What each place takes. */
const invitations: Record<Place, string> = {
  explain: 'Drop a picture, a model, an exported figure or an analysis file',
  about: 'Drop a picture, a model, an exported figure or an analysis file',
  study: 'Drop a folder, pictures, a zip archive, a study or a model',
  optimise: 'Drop a folder or a zip archive of class folders, or a search',
};

/**
 * Takes pictures, models and analysis files dropped anywhere in the window, and pictures from the clipboard. The browser would
 * open what nobody takes in place of the page: so every file is taken from it, over an open dialog too, where none is opened.
 */
export function DropTarget({ children }: { children: ReactNode }) {
  const [over, setOver] = useState(false);
  const place = usePlace();

  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      void openDropped(filesOf(files));
    };
    const drag = (event: DragEvent) => {
      if (!isForThePage(event)) return;
      event.preventDefault();
      const waits = dialogIsOpen();
      if (waits && event.dataTransfer) event.dataTransfer.dropEffect = 'none';
      setOver(!waits);
    };
    // Without a related target the pointer has left the window.
    const leave = ({ relatedTarget }: DragEvent) => relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!isForThePage(event)) return;
      event.preventDefault();
      if (!dialogIsOpen()) take(event.dataTransfer as DataTransfer);
    };
    document.addEventListener('paste', paste, { signal });
    window.addEventListener('dragenter', drag, { signal });
    window.addEventListener('dragover', drag, { signal });
    window.addEventListener('dragleave', leave, { signal });
    window.addEventListener('drop', drop, { signal });
    return () => listening.abort();
  }, []);

  return (
    <div className="page">
      {children}
      {over && (
        <div className="drop" aria-hidden="true">
          <p>{say(invitations[place])}</p>
        </div>
      )}
    </div>
  );
}

const dialogIsOpen = () => document.querySelector('dialog[open]') !== null;

/** Files and addresses are; words that are dragged into a field are the field's. */
const isForThePage = ({ dataTransfer }: DragEvent) =>
  dataTransfer?.types.some((type) => type === 'Files' || type === 'text/uri-list') ?? false;

function take(carried: DataTransfer): void {
  const address = carried.getData('text/uri-list').split('\n')[0].trim();
  if (carried.types.includes('Files')) {
    droppedFiles(carried)
      .then(openDropped)
      .catch((error: unknown) => {
        const why = messageOf(error);
        warn(
          'page',
          say('What was dropped could not be read: {why}. Drop it again, or open it with the button.', {
            why,
          }),
        );
      });
  } else if (address) {
    showExplain();
    void openSource(address);
  }
}
