import { usePlace } from '../state/place';
import { lazyPart } from '../ui/lazy-part';
import { Explain } from '../workspaces/explain/Explain';
import { AlertBar } from './AlertBar';
import { ChoiceDialog } from './ChoiceDialog';
import { DropTarget } from './DropTarget';
import { ErrorBoundary } from './ErrorBoundary';
import { TopBar } from './TopBar';

const Study = lazyPart(() => import('../workspaces/study/Study').then((module) => module.Study));
const Optimise = lazyPart(() => import('../workspaces/optimise/Optimise').then((module) => module.Optimise));
const About = lazyPart(() => import('../workspaces/about/About').then((module) => module.About));

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
              <Study />
            </div>
          )}
          {place === 'optimise' && (
            <div id="optimise" role="tabpanel" aria-labelledby="tab-optimise">
              <Optimise />
            </div>
          )}
          {place === 'about' && <About />}
        </main>
        <ChoiceDialog />
      </DropTarget>
    </ErrorBoundary>
  );
}
