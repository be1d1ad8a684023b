import { type AnimationExport, type FigureExport, figureFonts } from '../../../../export';
import { nothing } from '../../../../export/nothing-to-draw';
import {
  drawVideoFilm,
  drawVideoRow,
  figureThemes,
  type VideoFilmData,
  videoFilmSize,
  videoRowLayout,
} from '../../../../figures';
import { saliencyMethodNames } from '../../../../saliency/method-names';
import { formatAddress } from '../../../../state/address';
import type { ExplainState } from '../../../../state/explain-store';
import type { OpenVideo } from '../../../../state/video-store';
import { counted } from '../../../../text/counted';
import { say } from '../../../../text/say';
import { withoutExtension } from '../../files/analysis-of';
import { pageWidth } from '../../files/explain-figures';
import { measuredInWords } from '../../view-model';
import { videoRowData, videoRows } from './video-view';

const nameOf = (video: OpenVideo, { settings }: ExplainState, part: string) => [
  withoutExtension(video.name),
  settings.method,
  part,
];

const howInWords = (video: OpenVideo, { settings, manifest }: ExplainState): string =>
  say('{frames}, evenly over the video; {saliencyMethodName}{part}', {
    frames: counted(video.frames.length, 'frame'),
    saliencyMethodName: saliencyMethodNames[settings.method],
    part: manifest ? say(' of {title}', { title: manifest.title }) : '',
  });

/** The frames of a video over time, as a figure. */
export async function exportVideo(video: OpenVideo | null, state: ExplainState): Promise<FigureExport> {
  if (!video) return nothing();
  const caption = say(
    '{name}: {video}. Each frame by the class written below it. {measured}. Dashed: the null model, shuffled maps. Signs: thresholds {tau} and {theta} of each map’s maximum.',
    {
      name: video.name,
      video: howInWords(video, state),
      measured: measuredInWords(state),
      tau: state.settings.tau,
      theta: state.settings.theta,
    },
  );
  const data = { ...videoRowData(video, state), selected: null, caption };
  const size = { width: pageWidth, height: Math.ceil(videoRowLayout(pageWidth, data).height) };
  return {
    name: nameOf(video, state, 'frames'),
    title: say('Frames over time'),
    ...{ caption, size },
    draw: (ctx, at, theme) => drawVideoRow(ctx, data, at, theme),
    rows: () => videoRows(video, state),
    text: JSON.stringify({
      video: video.name,
      settings: formatAddress(state.settings),
      frames: videoRows(video, state),
    }),
  };
}

/** Milliseconds that each frame stays. */
const stays = 600;

/** The frames of a video one after the other, as a film. */
export async function exportVideoFilm(
  video: OpenVideo | null,
  state: ExplainState,
): Promise<AnimationExport> {
  if (!video) return nothing();
  const film: VideoFilmData = {
    ...videoRowData(video, state),
    title: video.name,
    subtitle: `${howInWords(video, state)}. ${measuredInWords(state)}.`,
  };
  await figureFonts(document);
  const last = video.frames.length - 1;
  return {
    name: nameOf(video, state, 'film'),
    title: say('Frames over time, as a film'),
    size: videoFilmSize(film),
    seconds: (video.frames.length * stays) / 1000,
    draw: (ctx, seconds) =>
      drawVideoFilm(ctx, film, Math.min(last, Math.floor((seconds * 1000) / stays)), figureThemes.light),
  };
}
