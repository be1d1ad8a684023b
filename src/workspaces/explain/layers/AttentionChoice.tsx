import { useExplain, useStillSettings } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { change } from '../explain-controller';
import { attentionCaution, patchInWords, patchOf } from './attention-words';
import css from './measured-as.module.css';

/** Whose attention is shown, by which head, and what attention does not say. */
export function AttentionChoice() {
  const settings = useStillSettings();
  const attention = useExplain((state) => state.manifest?.attention);
  const caution = attentionCaution(settings, attention);
  if (!caution) return null;
  const { method, head, token } = settings;
  return (
    <div className={css.attentionChoice}>
      {method === 'attention' && attention && (
        <>
          <label>
            <span>{say('Head')}</span>
            <select
              value={Math.min(head, attention.heads)}
              onChange={({ target }) => change({ head: Number(target.value) })}
            >
              <option value={0}>{say('Mean of {heads}', { heads: attention.heads })}</option>
              {Array.from({ length: attention.heads }, (_, i) => i + 1).map((number) => (
                <option key={number} value={number}>
                  {say('Head {number}', { number })}
                </option>
              ))}
            </select>
          </label>
          <p>{whoLooks(token, attention)}</p>
          {token !== '' && (
            <button type="button" onClick={() => change({ token: '' })}>
              {attention.hasClassToken ? say('Class token again') : say('All tokens again')}
            </button>
          )}
        </>
      )}
      <p>{caution}</p>
    </div>
  );
}

function whoLooks(
  token: string,
  { grid, hasClassToken }: { grid: readonly [number, number]; hasClassToken: boolean },
): string {
  const patch = patchOf(token, grid);
  if (patch) return `Where the patch at ${patchInWords(patch, grid)} looks.`;
  const whose = hasClassToken ? 'the class token looks' : 'all tokens look, on average';
  return `Where ${whose}; point at a patch of the picture to see where that one does.`;
}
