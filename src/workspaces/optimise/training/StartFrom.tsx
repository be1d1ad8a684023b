import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { Choice } from '../../../ui/fields';
import { change } from '../optimise-controller';
import { useOptimise } from '../optimise-store';

/** The weights a training begins with. */
export function StartFrom() {
  const models = useExplain((state) => state.models);
  const start = useOptimise((state) => state.settings.start);
  const known = models.map(({ id, title }) => ({
    value: id,
    title: say('Weights of {title}', { title: say(title) }),
  }));
  const options = [{ value: 'random', title: say('Random weights') }, ...known];
  // One that the address names may not be loaded yet.
  if (!options.some(({ value }) => value === start))
    options.push({ value: start, title: say('Weights of {title}', { title: start }) });
  return (
    <Choice
      label={say('Start from')}
      value={start}
      options={options}
      onChange={(next) => change({ start: next })}
    />
  );
}
