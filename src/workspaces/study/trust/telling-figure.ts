import type { FigureExport } from '../../../export';
import type { FigureTheme } from '../../../figures';
import {
  type TellingHeatMapData,
  tellingHeatMap,
  tellingHeatMapHeight,
} from '../../../figures/study/telling-heat-map';
import { saliencyMethodNames } from '../../../saliency/method-names';
import { ENTROPY_MEASURES } from '../../../semiotics';
import type { Study } from '../../../study/study-data';
import { explainedInWords } from '../../../study/study-words';
import { type TellingPair, tellingLevel } from '../../../study/trust/telling-pairs';
import { entropyName, tellingInWords } from '../../../study/trust/telling-words';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { complete, exportWidth } from '../results/export-study-figures';

export const tellingTitle = 'What tells trained from randomised weights';

/** Pairs as the heat map takes them: a panel a method, a row a measure. */
export function tellingData(
  pairs: readonly TellingPair[],
  { layers, settings }: Pick<Study, 'layers' | 'settings'>,
): TellingHeatMapData {
  const found = new Map(pairs.map((pair) => [`${pair.method} ${pair.measure} ${pair.layer}`, pair]));
  return {
    layers: layers.map(({ name }) => name),
    measures: ENTROPY_MEASURES.map(({ name }) => say(name)),
    panels: (settings.trust?.methods ?? []).map((method) => ({
      name: say(saliencyMethodNames[method]),
      cells: ENTROPY_MEASURES.map(({ id }) =>
        layers.map((_, layer) => {
          const pair = found.get(`${method} ${id} ${layer}`);
          return pair ? { effect: pair.effect, holds: pair.p < tellingLevel } : null;
        }),
      ),
    })),
  };
}

const how =
  'Cohen’s d of the paired differences, trained less randomised, mean over the draws; p of the draw that differs least, by sign flips of whole images, corrected for all pairs, layers and draws (Westfall and Young). Large squares: p below .05.';

/** The heat map with its caption, and a row of its table for every pair. */
export function exportTelling(pairs: readonly TellingPair[], study: Study): Promise<FigureExport> {
  const { model, images, of } = study;
  const studied = say('{network}, {explained} of {images} of {all}.', {
    network: model.name,
    explained: explainedInWords(study, 'predicted'),
    images: counted(images.length, 'image'),
    all: of.toLocaleString('en'),
  });
  const caption = `${studied} ${tellingInWords(pairs, study)} ${say(how)}`;
  const title = say(tellingTitle);
  const data = { ...tellingData(pairs, study), title, caption };
  const draw = (owner: Document, theme: FigureTheme) => tellingHeatMap(owner, data, exportWidth, theme);
  return complete(study, 'trained against randomised weights', {
    title,
    size: { width: exportWidth, height: tellingHeatMapHeight(data, exportWidth) },
    svg: draw,
    rows: () =>
      pairs.map(({ method, measure, layer, effect, low, high, p, count }) => ({
        ...{ method, measure, measure_name: entropyName(measure), layer: study.layers[layer].name },
        ...{ effect_size: effect, low, high, p_corrected: p, images: count },
      })),
  });
}
