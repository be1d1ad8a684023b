import { useEffect, useState } from 'react';
import { useCamera } from '../../state/camera-store';
import { useExplain } from '../../state/explain-store';
import { usePlace } from '../../state/place';
import { useTray } from '../../state/tray-store';
import { useVideo } from '../../state/video-store';
import { say } from '../../text/say';
import { Later } from '../../ui/Later';
import { lazyPart } from '../../ui/lazy-part';
import { useEver } from '../../ui/use-ever';
import { useNarrow } from '../../ui/use-narrow';
import { WhatCarriesIt } from './decision/WhatCarriesIt';
import explain from './explain.module.css';
import { Instrument } from './layers/Instrument';
import rows from './layers/instrument.module.css';
import { MeasuredAs } from './layers/MeasuredAs';
import { Examples } from './picture/Examples';
import { LookControls } from './picture/LookControls';
import { Predictions } from './picture/Predictions';
import column from './picture/picture-column.module.css';
import { SaliencyFigure } from './picture/SaliencyFigure';
import { Transport } from './playback/Transport';
import { useAllDrawn } from './turns/all-drawn';
import { networkOf } from './turns/drawing-turns';
import { InTurn, Turns } from './turns/InTurn';
import styles from './verdict/verdict.module.css';

const Verdict = lazyPart(
  () => import('./verdict/Verdict').then((module) => module.Verdict),
  () => <div className={styles.verdict} />,
);
// What not every network has.
const ScalingDoubt = lazyPart(() => import('./picture/ScalingDoubt').then((module) => module.ScalingDoubt));
const Regions = lazyPart(() => import('./target/Regions').then((module) => module.Regions));
const Boxes = lazyPart(() => import('./target/Boxes').then((module) => module.Boxes));
const Tray = lazyPart(() => import('./sources/Tray').then((module) => module.Tray));
const SignSheet = lazyPart(() => import('./signs/SignSheet').then((module) => module.SignSheet));
const CameraDialog = lazyPart(() =>
  import('./sources/camera/CameraDialog').then((module) => module.CameraDialog),
);
const VideoRow = lazyPart(() => import('./sources/video/VideoRow').then((module) => module.VideoRow));
// Comes after what is seen first.
const Tour = lazyPart(() => import('./tour/Tour').then((module) => module.Tour));
const Story = lazyPart(() => import('./story/Story').then((module) => module.Story));
const TrustByLayer = lazyPart(() => import('./trust/TrustByLayer').then((module) => module.TrustByLayer));

/** One picture through one network: the picture at the left, all layers on one axis at the right. */
export function Explain() {
  const name = useExplain((state) => state.picture?.name);
  const analysed = useExplain((state) => state.analysis !== null);
  const awaited = useAwaited();
  const comes = useFirstSigns();
  const hasRegions = useExplain((state) => Boolean(state.analysis?.places));
  const hasBoxes = useExplain((state) => Boolean(state.analysis?.boxes));
  const touring = useExplain((state) => state.settings.tour > 0);
  const telling = useExplain((state) => state.settings.story > 0);
  const hasTray = useTray(({ pictures, awaited }) => pictures.length > 0 || awaited);
  const narrow = useNarrow();
  const held = useExplain((state) => state.held);
  const hasVideo = useVideo(({ video, opening }) => video !== null || opening !== null);
  const hasCamera = useCamera((state) => state.open);
  const place = usePlace();
  useEffect(() => {
    if (place === 'explain') document.title = name ? say('{name} – Supersign', { name }) : 'Supersign';
  }, [name, place]);
  return (
    <div className={explain.explain} data-awaited={awaited ?? undefined} data-comes={comes || undefined}>
      {analysed && <ScalingDoubt />}
      <aside className={column.pictureColumn} aria-label={say('Picture')}>
        <InTurn name="picture" atOnce>
          <SaliencyFigure />
        </InTurn>
        {hasTray && <Tray />}
        <Later>
          <LookControls />
          <Predictions />
        </Later>
        {hasRegions && <Regions />}
        {hasBoxes && <Boxes />}
        {/* Before all that grows behind “Ready”: what is about to be pressed stays where it is. */}
        <Later>
          <Examples />
        </Later>
        <InTurn name="carries">
          <WhatCarriesIt />
        </InTurn>
        <InTurn name="trust">
          <TrustByLayer />
        </InTurn>
      </aside>
      <section className={rows.instrument} aria-label={say('Layers')}>
        {hasVideo && <VideoRow />}
        <Verdict />
        <Later>
          <MeasuredAs />
        </Later>
        <Instrument />
      </section>
      <Transport />
      {touring && <Tour />}
      {hasCamera && <CameraDialog />}
      {narrow && held && <SignSheet />}
      {telling && place === 'explain' && <Story />}
      <Turns />
    </div>
  );
}

/**
 * How an analysis is awaited whose parts have other heights than those on screen, the first one or that of another network: it is under way,
 * is being drawn, or will be soon; null once all of it is there, or has failed.
 */
function useAwaited(): 'now' | 'soon' | null {
  const drawn = useAllDrawn(networkOf);
  const isAnother = useExplain((state) => networkOf(state) !== drawn);
  const busy = useAllDrawn(({ progress }) => progress !== null);
  const begun = useEver(busy);
  if (drawn) return isAnother ? 'now' : null;
  return busy ? 'now' : begun ? null : 'soon';
}

/**
 * Whether the first analysis by a network is there and its signs, or what masking the last layer's costs, are not: what stands below them would
 * move.
 */
function useFirstSigns(): boolean {
  const drawn = useAllDrawn(networkOf);
  const known = useAllDrawn(({ analysis, signs, weights }) => {
    const last = (analysis?.layers.length ?? 0) - 1;
    return signs !== null && (signs.layers[last]?.signs.length === 0 || Boolean(weights?.[last]));
  });
  const [came, setCame] = useState<string | null>(null);
  if (drawn && known && came !== drawn) setCame(drawn);
  return drawn !== null && came !== drawn;
}
