import { useEffect } from 'react';
import { news } from '../../../study/study-claims';
import { refreshKept } from './study-controller';
import { useStudy } from './study-store';

/** Milliseconds between two looks at what another tab does. */
const LOOK_EVERY = 3000;

/** Sees to it that the list of studies in this browser is what all tabs made it. */
export function useKept(): void {
  const elsewhere = useStudy(({ kept, runs }) =>
    kept.some(({ id, status }) => status === 'running' && id !== runs),
  );
  useEffect(() => {
    const look = () => void refreshKept();
    const onVisibility = () => !document.hidden && look();
    look();
    document.addEventListener('visibilitychange', onVisibility);
    const unfollow = news.follow(look);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      unfollow();
    };
  }, []);
  // A tab that is killed says nothing, and how far one has come stands on the disk only.
  useEffect(() => {
    if (!elsewhere) return;
    const looking = setInterval(() => !document.hidden && void refreshKept(), LOOK_EVERY);
    return () => clearInterval(looking);
  }, [elsewhere]);
}
