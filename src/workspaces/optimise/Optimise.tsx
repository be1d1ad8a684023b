import { useEffect } from 'react';
import { say } from '../../text/say';
import { ArchitectureEditor } from './architecture/ArchitectureEditor';
import { DataPanel } from './data/DataPanel';
import css from './optimise.module.css';
import { followAddress, openAddress } from './optimise-controller';
import { AgreementFigure } from './results/AgreementFigure';
import { SearchPanel } from './search/SearchPanel';
import { SearchResults } from './search/SearchResults';
import { offerKeptSearch } from './search/search-controller';
import { KeptRuns } from './training/KeptRuns';
import { EntropyPanel, RecipePanel } from './training/RecipePanel';
import { RunBar, useBusy } from './training/RunBar';
import { TrainingFigures } from './training/TrainingFigures';
import { offerKept } from './training/training-controller';

/** A network, what it is trained on and how; its training and its search. */
export function Optimise() {
  useEffect(() => {
    document.title = `${say('Optimise')} – Supersign`;
    void openAddress(offerKept);
    void offerKeptSearch();
    window.addEventListener('hashchange', followAddress);
    return () => window.removeEventListener('hashchange', followAddress);
  }, []);
  const { training, searching } = useBusy();
  const busy = training || searching;
  return (
    <div className={css.optimise}>
      <aside className={css.settingColumn} aria-label={say('Settings')}>
        <DataPanel busy={busy} />
        <RecipePanel busy={busy} />
        <EntropyPanel busy={busy} />
        <SearchPanel busy={busy} />
      </aside>
      <div className={css.workColumn}>
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
