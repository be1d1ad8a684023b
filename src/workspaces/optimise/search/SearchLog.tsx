import { useEffect, useMemo, useRef } from 'react';
import type { SearchState } from '../../../search/search-state';
import { say } from '../../../text/say';
import css from '../optimise.module.css';
import { useSearch } from './search-store';
import { searchLog } from './search-view';

/** Every step in words, the newest in sight. */
export function SearchLog({ state }: { state: SearchState }) {
  const phase = useSearch((search) => search.phase);
  const next = useSearch((search) => search.next);
  const progress = useSearch((search) => search.progress);
  const going = phase === 'running' || phase === 'stopping';
  const lines = useMemo(() => searchLog(state, going ? next : null), [state, next, going]);
  const list = useRef<HTMLOListElement>(null);
  const count = lines.length;
  useEffect(() => {
    const element = list.current;
    if (element && count > 0) element.scrollTop = element.scrollHeight;
  }, [count]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
    <ol className={css.log} aria-label={say('Steps of the search')} ref={list} tabIndex={0}>
      {lines.map(({ id, where, why, outcome, kept }) => (
        <li key={id} className={kept === null ? css.now : kept ? undefined : css.rejected}>
          <span className={css.where}>{where}</span>{' '}
          <span>
            {why} {outcome ?? say('{doing} …', { doing: say(progress?.text ?? 'Training') })}
          </span>
        </li>
      ))}
    </ol>
  );
}
