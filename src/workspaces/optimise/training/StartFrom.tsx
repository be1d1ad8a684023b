import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { Choice } from '../../../ui/fields';
import { change } from '../optimise-controller';
import { useOptimise } from '../optimise-store';

/** The weights a training begins with. */
export function StartFrom() {
  const models = useExplain((state) => state.models);
  const start = useOptimise((state) => state.settings.start);
  const known = models.map(({ id, title }) => ({ value: id, title: `Weights of ${title}` }));
  const options = [{ value: 'random', title: 'Random weights' }, ...known];
  // One that the address names may not be loaded yet.
  if (!options.some(({ value }) => value === start))
    options.push({ value: start, title: `Weights of ${start}` });
  return (
    <Choice
      label={say('Start from')}
      value={start}
      options={options}
      onChange={(next) => change({ start: next })}
    />
  );
}
