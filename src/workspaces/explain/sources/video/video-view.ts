import type { VideoRowData } from '../../../../figures';
import { ENTROPY_MEASURES } from '../../../../semiotics';
import type { ExplainState } from '../../../../state/explain-store';
import type { OpenVideo } from '../../../../state/video-store';
import { heatStyle } from '../../view-model';

type Shown = Pick<ExplainState, 'settings' | 'analysis' | 'layer' | 'picture'>;

/** Name of the layer that the frames are shown at. */
export const layerShown = ({ analysis, layer }: Pick<Shown, 'analysis' | 'layer'>): string =>
  analysis?.layers[layer]?.name ?? '';

/** The frames of a video at the selected layer, for their figure. */
export function videoRowData(video: OpenVideo, state: Shown): VideoRowData {
  const { settings, picture } = state;
  const layer = layerShown(state);
  const measured = video.measured?.layer === layer ? video.measured : null;
  const maps = video.frames.map((frame) => frame.analysis?.layers.find(({ name }) => name === layer));
  const largest = Math.max(0, ...maps.map((each) => each?.maximum ?? 0));
  const selected = video.frames.findIndex((frame) => frame.picture.file === picture?.file);
  const [first] = video.frames;
  return {
    ...heatStyle(settings),
    ...{ layer, selected: selected < 0 ? null : selected },
    measure: ENTROPY_MEASURES.find(({ id }) => id === settings.measure)?.name ?? settings.measure,
    aspect: first ? first.picture.input.width / first.picture.input.height : 1,
    frames: video.frames.map((frame, i) => ({
      seconds: frame.seconds,
      picture: frame.picture.display,
      map: maps[i]?.map ?? null,
      hi: settings.scaling === 'layer' ? (maps[i]?.maximum ?? 0) : largest,
      outcome: maps[i]?.outcome ?? 'evidence',
      explained: frame.analysis?.target.label ?? null,
      entropy: measured?.entropies[i]?.value ?? null,
      chance: measured?.entropies[i]?.null?.mean ?? null,
      signs: measured?.signs?.[i] ?? null,
    })),
  };
}

/** One row a frame: the numbers of the figure. */
export function videoRows(video: OpenVideo, state: Shown): Record<string, string | number | null>[] {
  const data = videoRowData(video, state);
  return data.frames.map(({ seconds, explained, entropy, signs, outcome }, i) => {
    const { analysis } = video.frames[i];
    const chance = video.measured?.layer === data.layer ? video.measured.entropies[i]?.null : null;
    const prediction = analysis?.predictions.find(({ index }) => index === analysis.target.index);
    return {
      ...{ frame: i + 1, seconds, layer: data.layer, explained },
      probability: prediction?.probability ?? null,
      evidence: analysis ? (outcome === 'none' ? 'none' : 'yes') : null,
      ...{ measure: state.settings.measure, entropy },
      null_mean: chance?.mean ?? null,
      null_sd: chance?.sd ?? null,
      signs,
    };
  });
}
