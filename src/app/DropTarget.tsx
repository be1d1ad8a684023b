import { type DragEvent, type ReactNode, useEffect, useState } from 'react';
import { openSource, showExplain } from '../explain/controller';
import { filesOf } from '../explain/open';
import { type Place, usePlace } from '../state/place';
import { droppedFiles } from './dropped-files';
import { openDropped } from './open-dropped';

/** What each place takes. */
const invitations: Record<Place, string> = {
  explain: 'Drop a picture, a model, an exported figure or an analysis file',
  about: 'Drop a picture, a model, an exported figure or an analysis file',
  study: 'Drop a folder, pictures, a zip archive, a study or a model',
  optimise: 'Drop a folder or a zip archive of class folders, or a search',
};

/** Takes pictures, models and analysis files dropped anywhere on the page, and pictures from the clipboard. */
export function DropTarget({ children }: { children: ReactNode }) {
  const [over, setOver] = useState(false);
  const place = usePlace();

  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      void openDropped(filesOf(files));
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, []);

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const count = event.dataTransfer.files.length;
    const address = event.dataTransfer.getData('text/uri-list').split('\n')[0].trim();
    if (count > 0) void droppedFiles(event.dataTransfer).then(openDropped);
    else if (address) {
      showExplain();
      void openSource(address);
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has its keyboard twin in "Open image".
    <div
      className="page"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={drop}
    >
      {children}
      {over && (
        <div className="drop" aria-hidden="true">
          <p>{invitations[place]}</p>
        </div>
      )}
    </div>
  );
}
