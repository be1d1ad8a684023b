import { lazy, Suspense } from 'react';
import { Explain } from '../explain/Explain';
import { usePlace } from '../state/place';
import { AlertBar } from './AlertBar';
import { ChoiceDialog } from './ChoiceDialog';
import { DropTarget } from './DropTarget';
import { ErrorBoundary } from './ErrorBoundary';
import { TopBar } from './TopBar';

const Study = lazy(() => import('../study/Study').then((module) => ({ default: module.Study })));
const Optimise = lazy(() => import('../optimise/Optimise').then((module) => ({ default: module.Optimise })));
const About = lazy(() => import('../about/About').then((module) => ({ default: module.About })));

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
          {place === 'study' && (
            <div id="study" role="tabpanel" aria-labelledby="tab-study">
              <Suspense>
                <Study />
              </Suspense>
            </div>
          )}
          {place === 'optimise' && (
            <div id="optimise" role="tabpanel" aria-labelledby="tab-optimise">
              <Suspense>
                <Optimise />
              </Suspense>
            </div>
          )}
          {place === 'about' && (
            <Suspense>
              <About />
            </Suspense>
          )}
        </main>
        <ChoiceDialog />
      </DropTarget>
    </ErrorBoundary>
  );
}
