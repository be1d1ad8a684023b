import { createPortal } from 'react-dom';
import { loadCode } from '../../../code/missing-code';
import { useComparison } from '../../../state/comparison-store';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { lazyPart } from '../../../ui/lazy-part';
import css from '../layers/measured-as.module.css';

const ComparePanel = lazyPart(() => import('./ComparePanel').then((module) => module.ComparePanel));

/** What compares comes with the first comparison. */
const open = async () => (await loadCode(() => import('./comparison'))).openComparison();

/** The button that opens the comparison of methods, and the panel itself. */
export function CompareMethods() {
  const ready = useExplain((state) => state.analysis !== null);
  // One engine, one thing at a time: a comparison would wait behind the analysis that is under way. The button is not
  // disabled by it, because focus comes back to it when the panel closes over a new analysis.
  const busy = useExplain((state) => state.progress !== null);
  const isOpen = useComparison((state) => state.open);
  return (
    <>
      <button
        type="button"
        className={css.compare}
        aria-label={say('Compare methods')}
        disabled={!ready}
        aria-disabled={busy}
        title={busy ? say('After the analysis that is under way') : undefined}
        onClick={() => !busy && void open()}
      >
        {say('Compare')}
      </button>
      {isOpen && createPortal(<ComparePanel />, document.body)}
    </>
  );
}
