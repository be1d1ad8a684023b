import { useEffect } from 'react';
import { AgreementFigure } from './AgreementFigure';
import { ArchitectureEditor } from './ArchitectureEditor';
import { followAddress } from './controller';
import { DataPanel } from './DataPanel';
import { KeptRuns } from './KeptRuns';
import { EntropyPanel, RecipePanel } from './RecipePanel';
import { RunBar, useBusy } from './RunBar';
import { SearchPanel } from './SearchPanel';
import { SearchResults } from './SearchResults';
import { offerKeptSearch } from './search-controller';
import { TrainingFigures } from './TrainingFigures';
import { offerKept } from './training-controller';
import './optimise.css';

/** A network, what it is trained on and how; its training and its search. */
export function Optimise() {
  useEffect(() => {
    document.title = 'Optimise – Supersign';
    void offerKept().then(followAddress);
    void offerKeptSearch();
    window.addEventListener('hashchange', followAddress);
    return () => window.removeEventListener('hashchange', followAddress);
  }, []);
  const { training, searching } = useBusy();
  const busy = training || searching;
  return (
    <div className="optimise">
      <aside className="setting-column" aria-label="Settings">
        <DataPanel busy={busy} />
        <RecipePanel busy={busy} />
        <EntropyPanel busy={busy} />
        <SearchPanel busy={busy} />
      </aside>
      <div className="work-column">
        <ArchitectureEditor busy={busy} />
        <TrainingFigures />
        <AgreementFigure busy={busy} />
        <SearchResults />
        <KeptRuns busy={busy} />
      </div>
      <RunBar />
    </div>
  );
}
