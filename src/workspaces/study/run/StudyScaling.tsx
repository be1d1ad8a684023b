import { useEffect, useMemo } from 'react';
import { picturesInWords } from '../../../figures/study/study-figures';
import { ScalingOffers } from '../../../models/scaling/ScalingOffers';
import scaling from '../../../models/scaling/scaling.module.css';
import {
  doubtInWords,
  doubtTitles,
  type ScalingOffer,
  scalingOffers,
  scalingTitle,
  verdictOf,
} from '../../../models/scaling/scaling-words';
import { scalingsFor } from '../../../network/scaling/chosen-scaling';
import { explain } from '../../../state/explain-port';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { Dialog } from '../../../ui/Dialog';
import { dismiss, runBy, scaledNow, stopTrying, tryOnImages } from './scaling-question';
import { resultInWords } from './scaling-results';
import { useScalingTrial } from './scaling-trial-store';
import { useStudy } from './study-store';

/** Before all results: that the next study hangs on a guess how images are scaled, and how some of them fare by the others. */
export function StudyScalingDoubt() {
  const scaled = useScaled();
  const images = useStudy((state) => state.images);
  const choices = useStudy((state) => state.choices);
  const running = useStudy((state) => state.running !== null);
  const busy = useExplain((state) => state.progress !== null);
  const asking = useScalingTrial((state) => state.asking);
  const verdict = verdictOf(scaled);
  const doubtful = verdict === 'guess' || verdict === 'wrong';
  // An analysis and a study must not wait for trials.
  const tries = doubtful && images !== null && !running && !busy;
  // biome-ignore lint/correctness/useExhaustiveDependencies: images and choices decide what is tried.
  useEffect(() => {
    if (tries) void tryOnImages();
    else stopTrying();
  }, [tries, images, choices]);
  useEffect(() => stopTrying, []);
  if (!doubtful) return null;
  return (
    <>
      <section
        className={scaling.scalingDoubt}
        role="note"
        aria-label={say(doubtTitles[verdict])}
        data-verdict={verdict}
      >
        <DoubtInWords />
        <Offers onChoose={(inputScaling) => explain.change({ inputScaling })} />
      </section>
      {asking && <ScalingQuestion />}
    </>
  );
}

/** Asks by which scaling to study, before thousands of images are. */
function ScalingQuestion() {
  return (
    <Dialog title={say('By which scaling?')} onClose={dismiss}>
      <div className={scaling.scalingQuestion}>
        <DoubtInWords />
        <p>
          {say('The study begins with the one you choose. It holds for this network until the page is left.')}
        </p>
        <Offers onChoose={runBy} />
      </div>
    </Dialog>
  );
}

function useScaled() {
  const analysis = useExplain((state) => state.analysis);
  const manifest = useExplain((state) => state.manifest);
  const inputScaling = useExplain((state) => state.settings.inputScaling);
  return useMemo(() => scaledNow({ analysis, manifest, inputScaling }), [analysis, manifest, inputScaling]);
}

function DoubtInWords() {
  const scaled = useScaled();
  const problem = useScalingTrial((state) => state.problem);
  const { scaling } = scaled;
  if (!scaling) return null;
  const title = scalingTitle(scaling);
  return (
    <div>
      <p>
        <strong>
          {verdictOf(scaled) === 'wrong'
            ? say('Input scaling “{scaling}” looks wrong.', { scaling: title })
            : say('Input scaling “{scaling}” is a guess.', { scaling: title })}
        </strong>{' '}
        {say(doubtInWords(scaled))}
      </p>
      {problem !== null && (
        <p>
          {say('How images fare by the others could not be computed: {problem}', { problem: say(problem) })}
        </p>
      )}
    </div>
  );
}

function Offers({ onChoose }: { onChoose: Parameters<typeof ScalingOffers>[0]['onChoose'] }) {
  const scaled = useScaled();
  const channels = useExplain((state) => state.manifest?.inputShape[2] ?? 3);
  const folders = useStudy((state) => state.images?.folders);
  const tried = useScalingTrial((state) => state.tried);
  const offers = useMemo(
    (): ScalingOffer[] =>
      scalingOffers(scalingsFor(channels), scaled, (scaling) =>
        resultInWords(
          tried?.find((each) => each.scaling === scaling),
          folders ?? [],
        ),
      ),
    [channels, scaled, folders, tried],
  );
  const count = tried?.[0]?.images.length ?? 0;
  const label =
    count > 0
      ? say('Scalings, tried on {images} of the set', { images: picturesInWords(count) })
      : say('Scalings');
  return (
    <div>
      <ScalingOffers label={label} offers={offers} pending={folders !== undefined} onChoose={onChoose} />
      {count > 0 && (
        <p className={scaling.tried}>
          {say('Tried on {count} of the set.', { count: picturesInWords(count) })}
        </p>
      )}
    </div>
  );
}
