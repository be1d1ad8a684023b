import { useExplain } from '../../../state/explain-store';
import type { ExplainSettings } from '../../../state/settings';
import { say } from '../../../text/say';
import { change } from '../explain-controller';
import { foldingInWords, foldingsOf } from './folded-columns';

/** Which layers share a column; nothing where none belong together. */
export function FoldChoice() {
  const layers = useExplain((state) => state.analysis?.layers);
  const fold = useExplain(({ settings }) => settings.fold);
  const foldings = foldingsOf(layers ?? []);
  if (foldings.length < 2) return null;
  const offered = fold === 'auto' || foldings.includes(fold) ? foldings : [...foldings, fold];
  return (
    <label>
      {say('Columns')}{' '}
      <select
        value={fold}
        title={say(
          'Pairs: a convolution with its normalisation and activation, or a depthwise with its pointwise one. Blocks: all between a fork and where it joins again. A click on a column opens it.',
        )}
        onChange={({ target }) => change({ fold: target.value as ExplainSettings['fold'] })}
      >
        <option value="auto">{say('as room allows')}</option>
        {offered.map((folding) => (
          <option key={folding} value={folding}>
            {say(foldingInWords[folding])}
          </option>
        ))}
      </select>
    </label>
  );
}
