import { examplesFor, useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { openSource } from '../explain-controller';
import css from './picture-column.module.css';

/** Pictures that come with the page. */
export function Examples() {
  const all = useExplain((state) => state.examples);
  const model = useExplain((state) => state.settings.model);
  const examples = examplesFor(all, model);
  const source = useExplain((state) => state.picture?.source);
  if (examples.length === 0) return null;
  return (
    <section data-part="examples" className={css.examples} aria-labelledby="examples">
      <h2 id="examples">{say('Examples')}</h2>
      <div>
        {examples.map(({ id, file, title, description }) => (
          <button
            key={id}
            type="button"
            title={title}
            aria-label={say('Example: {title}', { title })}
            aria-pressed={source === id}
            onClick={() => void openSource(id)}
          >
            <img src={`./examples/${file}`} alt={say(description)} width={48} height={48} loading="lazy" />
          </button>
        ))}
      </div>
    </section>
  );
}
