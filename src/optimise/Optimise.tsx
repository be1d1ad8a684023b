import { useEffect } from 'react';
import { ArchitectureEditor } from './ArchitectureEditor';
import { followAddress } from './controller';
import { DataPanel } from './DataPanel';
import { EntropyPanel, RecipePanel } from './RecipePanel';
import { RunBar } from './RunBar';
import { TrainingFigures } from './TrainingFigures';
import { offerKept } from './training-controller';
import { useTraining } from './training-store';
import './optimise.css';

/** A network, what it is trained on and how; its training and its search. */
export function Optimise() {
  useEffect(() => {
    document.title = 'Optimise – Supersign';
    void offerKept().then(followAddress);
    window.addEventListener('hashchange', followAddress);
    return () => window.removeEventListener('hashchange', followAddress);
  }, []);
  const busy = useTraining(({ phase }) => ['opening', 'running', 'pausing'].includes(phase));
  return (
    <div className="optimise">
      <aside className="setting-column" aria-label="Settings">
        <DataPanel busy={busy} />
        <RecipePanel busy={busy} />
        <EntropyPanel busy={busy} />
      </aside>
      <div className="work-column">
        <ArchitectureEditor busy={busy} />
        <TrainingFigures />
      </div>
      <RunBar />
    </div>
  );
}
