import { About } from '../about/About';
import { Explain } from '../explain/Explain';
import { usePlace } from '../state/place';
import { AlertBar } from './AlertBar';
import { DropTarget } from './DropTarget';
import { ErrorBoundary } from './ErrorBoundary';
import { TopBar } from './TopBar';

export function App() {
  const place = usePlace();
  return (
    <ErrorBoundary>
      <DropTarget>
        <TopBar />
        <AlertBar />
        <main>
          <div id="explain" role="tabpanel" aria-labelledby="tab-explain" hidden={place !== 'explain'}>
            <Explain />
          </div>
          {place === 'about' && <About />}
        </main>
      </DropTarget>
    </ErrorBoundary>
  );
}
