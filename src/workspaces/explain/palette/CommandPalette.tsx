import { useMemo } from 'react';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { commandsFor } from './commands';
import { Finder } from './Finder';

/** A window in which settings, layers, classes, examples and actions are found by typing, and chosen by arrows and Enter. */
export function CommandPalette({ onClose }: { onClose(): void }) {
  const state = useExplain();
  const commands = useMemo(() => commandsFor(state), [state]);
  return (
    <Finder
      title={say('Find')}
      label={say('Setting, layer, class, example or action')}
      placeholder={say('conv4_2, church, Score-CAM, native …')}
      commands={commands}
      onClose={onClose}
    />
  );
}
