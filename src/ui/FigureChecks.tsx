import { say } from '../text/say';
/** Boxes to tick, one for each figure that can be chosen; those that are not there now cannot be. */
export function FigureChecks<Id extends string>({
  figures,
  possible,
  wanted,
  onChange,
}: {
  /** Their names, in the order in which they stand. */
  figures: Record<Id, string>;
  possible: readonly Id[];
  wanted: ReadonlySet<Id>;
  onChange(change: (before: ReadonlySet<Id>) => ReadonlySet<Id>): void;
}) {
  const all = Object.keys(figures) as Id[];
  return (
    <fieldset>
      <legend>{say('Figures')}</legend>
      {all.map((id) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={wanted.has(id)}
            disabled={!possible.includes(id)}
            onChange={({ target: { checked } }) =>
              onChange(
                (before) => new Set(all.filter((other) => (other === id ? checked : before.has(other)))),
              )
            }
          />
          {say(figures[id])}
        </label>
      ))}
    </fieldset>
  );
}
