import { useMemo } from 'react';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { Finder } from './Finder';
import { classCommands } from './setting-commands';

/** A window in which the class to explain is found by typing. */
export function ClassFinder({ onClose }: { onClose(): void }) {
  const state = useExplain();
  const classes = useMemo(() => classCommands(state), [state]);
  return (
    <Finder
      title={say('Class to explain')}
      label={say('Class to explain, by its name')}
      placeholder={state.manifest?.labels.slice(0, 3).join(', ').concat(' …') ?? ''}
      commands={classes}
      onClose={onClose}
    />
  );
}
