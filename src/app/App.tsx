import { Explain } from '../explain/Explain';
import { AlertBar } from './AlertBar';
import { DropTarget } from './DropTarget';
import { ErrorBoundary } from './ErrorBoundary';
import { TopBar } from './TopBar';

export function App() {
  return (
    <ErrorBoundary>
      <DropTarget>
        <TopBar />
        <AlertBar />
        <main>
          <div id="explain" role="tabpanel" aria-labelledby="tab-explain">
            <Explain />
          </div>
        </main>
      </DropTarget>
    </ErrorBoundary>
  );
}
