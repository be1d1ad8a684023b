import type { KeyboardEvent } from 'react';
import { goTo, usePlace, type Workspace, workspaces } from '../state/place';
import { say } from '../text/say';

const titles: Record<Workspace, string> = { explain: 'Explain', study: 'Study', optimise: 'Optimise' };

/** Where an arrow key leads from a tab. */
const steps: Record<string, (from: number) => number> = {
  ArrowRight: (from) => (from + 1) % workspaces.length,
  ArrowLeft: (from) => (from + workspaces.length - 1) % workspaces.length,
  Home: () => 0,
  End: () => workspaces.length - 1,
};

export function WorkspaceTabs() {
  const place = usePlace();
  // Beside a workspace, one tab still has to be reachable by the Tab key.
  const reached = place === 'about' ? 'explain' : place;
  const walk = (event: KeyboardEvent, from: number) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const to = workspaces[step(from)];
    goTo(to);
    document.getElementById(`tab-${to}`)?.focus();
  };
  return (
    <div role="tablist" aria-label={say('Workspaces')}>
      {workspaces.map((workspace, i) => (
        <button
          key={workspace}
          type="button"
          role="tab"
          id={`tab-${workspace}`}
          aria-selected={place === workspace}
          aria-controls={place === workspace ? workspace : undefined}
          tabIndex={reached === workspace ? 0 : -1}
          onClick={() => goTo(workspace)}
          onKeyDown={(event) => walk(event, i)}
        >
          {say(titles[workspace])}
        </button>
      ))}
    </div>
  );
}
