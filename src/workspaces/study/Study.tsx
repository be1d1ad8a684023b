import { memo, useDeferredValue, useEffect } from 'react';
import { useExplain } from '../../state/explain-store';
import type { Study as StudyData } from '../../study/study-data';
import { studiedInWords } from '../../study/study-words';
import { say } from '../../text/say';
import { lazyPart } from '../../ui/lazy-part';
import { Images, OpenButtons } from './images/Images';
import { ImageTable } from './images/ImageTable';
import { matchAgain, openCarried } from './images/images-controller';
import { Changes } from './results/Changes';
import { Answers, Comparisons } from './results/Comparisons';
import { Failures, Findings } from './results/FindingsList';
import { Profiles } from './results/Profiles';
import { Spreads } from './results/Spreads';
import { StudyFiles } from './results/StudyFiles';
import { StudyScatter } from './results/StudyScatter';
import { StudySheet } from './results/StudySheet';
import { KeptStudies } from './run/KeptStudies';
import { RunControls } from './run/RunControls';
import { StudyScalingDoubt } from './run/StudyScaling';
import { Settings } from './run/StudySettings';
import { readAddress, writeAddress } from './run/study-controller';
import { useStudy } from './run/study-store';
import css from './study.module.css';

/** What holds for many pictures: what is studied at the left, what came of it at the right. */
export function Study() {
  const study = useStudy((state) => state.study);
  const images = useStudy((state) => state.images);
  const labels = useExplain((state) => state.manifest?.labels);
  const { model, backend, inputScaling, output, reads, size } = useExplain((state) => state.settings);
  useEffect(() => {
    document.title = `${say('Study')} – Supersign`;
    readAddress();
    window.addEventListener('hashchange', readAddress);
    return () => window.removeEventListener('hashchange', readAddress);
  }, []);
  useEffect(openCarried, []);
  // Another network has other classes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the labels are what asks for it.
  useEffect(matchAgain, [labels]);
  // Network and backend are the page's, and stand in this address too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are what asks for it.
  useEffect(writeAddress, [model, backend, inputScaling, output, reads, size]);
  const target = useStudy((state) => state.view.target);
  const shown = study && study.images.length > 0 ? study : null;
  // Findings come first, and what is below them in pieces: ten thousand rows and points at once would hold the page up.
  const later = useDeferredValue(shown, null);
  return (
    <div className={css.study}>
      <StudyScalingDoubt />
      <aside className={css.studyColumn} aria-label={say('What is studied')}>
        <Images />
        <Settings />
        <RunControls />
        <StudyFiles />
        <KeptStudies />
      </aside>
      <section className={css.results} aria-label={say('Results')}>
        {shown ? (
          <>
            <header className={css.studyHead}>
              <p>{studiedInWords(shown, target)}</p>
              <StudySheet study={shown} />
            </header>
            <Findings study={shown} />
            {later && <Figures study={later} />}
          </>
        ) : (
          <>
            {study && <Failures study={study} />}
            <Invitation opened={images !== null} />
          </>
        )}
      </section>
    </div>
  );
}

const Trust = lazyPart(() => import('./trust/Trust').then((module) => module.Trust));

const Figures = memo(({ study }: { study: StudyData }) => (
  <>
    <Profiles study={study} />
    <Answers study={study} />
    <Changes study={study} />
    <Spreads study={study} />
    <StudyScatter study={study} />
    <ImageTable study={study} />
    {study.settings.trust && <Trust study={study} />}
    <Comparisons study={study} />
  </>
));

function Invitation({ opened }: { opened: boolean }) {
  return (
    <div className={css.invitation}>
      <h2>{say('What holds for one picture, tested on many')}</h2>
      <p>
        {say(
          'The measures of the Explain workspace over a set of images: entropy by layer with bands and null model, the steps on which superization happens and in how many of the images, right answers against wrong ones, two networks or methods on the same images.',
        )}
      </p>
      {opened ? (
        <p>{say('The images are open. “Run study” begins; charts fill while it runs.')}</p>
      ) : (
        <>
          <p>
            {say(
              'Drop a folder, files or a zip archive here. Folders named like classes give each image its class (class/file, or split/class/file). Nothing leaves this machine.',
            )}
          </p>
          <OpenButtons />
        </>
      )}
    </div>
  );
}
