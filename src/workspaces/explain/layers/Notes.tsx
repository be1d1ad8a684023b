import { nullShuffles } from '../../../engine/measure/null-shuffles';
import { ENTROPY_MEASURES } from '../../../semiotics';
import { useExplain } from '../../../state/explain-store';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import css from './notes.module.css';

/** How far the null model is known, and what it is once it is known of all layers. */
function nullInWords(nulls: number, count: number, failed: boolean): string {
  if (nulls === count) {
    return say(
      'The null is the same map with its pixels shuffled, {nullShuffles} times: a small map has low entropy for no other reason than being small, so only what lies below the null is structure.',
      { nullShuffles },
    );
  }
  const known = { nulls, layers: counted(count, 'layer') };
  return failed
    ? say('The null model could not be measured in full: it is known of {nulls} of {layers}.', known)
    : say('Null model: {nulls} of {layers} …', known);
}

/** What the rows of the instrument show, in words. */
export function Notes() {
  const { measure } = useExplain((state) => state.settings);
  const count = useExplain((state) => state.analysis?.layers.length ?? 0);
  const nulls = useExplain(
    ({ measurement }) => measurement?.layers.filter((entry) => entry.null !== null).length ?? 0,
  );
  const failed = useExplain((state) => state.failed.includes('maps'));
  return (
    <div className={css.notes} data-below>
      <p>
        <strong>{say('Entropy.')}</strong>{' '}
        {say(ENTROPY_MEASURES.find(({ id }) => id === measure)?.summary ?? '')}{' '}
        {nullInWords(nulls, count, failed)}
      </p>
      <p>
        <strong>{say('Change.')}</strong>{' '}
        {say(
          'The change of the joint entropy of neighbours from layer to layer, in bits, split exactly: class formation drops distinctions, complex formation binds parts into a whole. Frames are the null. A mark stands where superization happens: the entropy falls, and by more than the null does.',
        )}
      </p>
      <p>
        <strong>{say('Signs.')}</strong>{' '}
        {say(
          'The regions a layer puts its evidence on. A sign is taken in by the first later sign that holds half of its mass; one that takes in several is a supersign. Point at a sign, or walk through them with the arrow keys, to follow it through all layers.',
        )}
      </p>
    </div>
  );
}
