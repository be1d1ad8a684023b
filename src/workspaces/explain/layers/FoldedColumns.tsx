import type { Box } from '../../../figures';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import type { Column } from './folded-columns';
import css from './folded-columns.module.css';
import { openColumn } from './shown-layers';

interface Group {
  opened: number;
  from: number;
  /** Places of its first and its last column. */
  places: [number, number];
}

/** Which columns hold several layers, said in their thumbnails, and above those that were opened the way to fold them again. */
export function FoldedColumns({
  columns,
  boxes,
  thumbnails,
  drawn,
}: {
  columns: readonly Column[];
  boxes: readonly Box[];
  thumbnails: readonly Box[];
  /** The columns that have a thumbnail. */
  drawn: ReadonlySet<number>;
}) {
  const layers = useExplain((state) => state.analysis?.layers);
  if (!layers) return null;
  return (
    <>
      {columns.map(({ from, last }, place) => {
        const thumbnail = thumbnails[place];
        if (from === last || !thumbnail || !drawn.has(place)) return null;
        return (
          <span
            key={last}
            className={css.count}
            aria-hidden="true"
            style={{ left: thumbnail.x + thumbnail.width, top: thumbnail.y + thumbnail.height }}
          >
            {last - from + 1}
          </span>
        );
      })}
      {groupsOf(columns).map(({ opened, from, places: [first, last] }) =>
        boxes[first] && boxes[last] ? (
          <button
            key={opened}
            type="button"
            className={css.fold}
            aria-label={say('Fold {first} to {last} into one column', {
              first: layers[from].name,
              last: layers[opened].name,
            })}
            title={say('Fold into one column')}
            style={{ left: boxes[first].x, width: boxes[last].x + boxes[last].width - boxes[first].x }}
            onClick={() => openColumn(opened, false)}
          />
        ) : null,
      )}
    </>
  );
}

/** Neighbouring columns that were one before it was opened. */
function groupsOf(columns: readonly Column[]): Group[] {
  const groups: Group[] = [];
  columns.forEach(({ from, opened }, place) => {
    if (opened === undefined) return;
    const group = groups[groups.length - 1];
    if (group?.opened === opened) group.places[1] = place;
    else groups.push({ opened, from, places: [place, place] });
  });
  return groups;
}
