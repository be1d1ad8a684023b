import { type RefObject, useEffect, useMemo, useState } from 'react';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { commandsFor } from './commands';
import { Finder } from './Finder';

/**
 * A window in which settings, layers, classes, examples and actions are found by typing, and chosen by arrows and Enter.
 * @param typed what was typed before the window was there, which is asked for first
 */
export function CommandPalette({ onClose, typed }: { onClose(): void; typed?: RefObject<string> }) {
  const [asked] = useState(typed?.current);
  useEffect(() => {
    if (typed) typed.current = '';
  }, [typed]);
  const state = useExplain();
  const commands = useMemo(() => commandsFor(state), [state]);
  return (
    <Finder
      title={say('Find')}
      label={say('Setting, layer, class, example or action')}
      placeholder={say('conv4_2, church, Score-CAM, native …')}
      commands={commands}
      asked={asked}
      onClose={onClose}
    />
  );
}
