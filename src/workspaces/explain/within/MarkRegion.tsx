import { loadCode } from '../../../code/missing-code';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { change } from '../explain-controller';
import styles from './region-marker.module.css';

/** What reads masks comes with the first one. */
const byMask = async (file: File) =>
  (await loadCode(() => import('./mask-file'))).markByMask(file, file.name);

export type Marking = 'box' | 'lasso' | null;

/** The ways to mark a region of one's own, and to be rid of it. */
export function MarkRegion({ way, onChange }: { way: Marking; onChange(way: Marking): void }) {
  const within = useExplain(({ settings }) => settings.within);
  const ready = useExplain(({ analysis }) => analysis !== null);
  const toggle = (wanted: 'box' | 'lasso') => onChange(way === wanted ? null : wanted);
  return (
    // biome-ignore lint/a11y/useSemanticElements: two ways and a way back, not the fields of a form.
    <div className={styles.marking} role="group" aria-label={say('Region of one’s own')}>
      <span>{say('Mark')}</span>
      <button
        type="button"
        disabled={!ready}
        aria-pressed={way === 'box'}
        data-find="within"
        onClick={() => toggle('box')}
      >
        {say('Box')}
      </button>
      <button
        type="button"
        disabled={!ready}
        aria-pressed={way === 'lasso'}
        data-find="within"
        onClick={() => toggle('lasso')}
      >
        {say('Lasso')}
      </button>
      <label className={styles.mask} data-off={ready ? undefined : 'true'}>
        <span>{say('Mask …')}</span>
        <input
          type="file"
          accept="image/*"
          data-picker="mask"
          data-find="within"
          aria-label={say('Mask file of the region')}
          disabled={!ready}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) void byMask(file);
            // The same file can be picked again.
            target.value = '';
          }}
        />
      </label>
      {within !== '' && (
        <button
          type="button"
          data-find="within"
          onClick={() => {
            change({ within: '' });
            onChange(null);
          }}
        >
          {say('Clear region')}
        </button>
      )}
    </div>
  );
}
