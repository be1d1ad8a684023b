import type { FigureExport } from '../../../export';
import { nothing } from '../../../export/nothing-to-draw';
import type { PrintLook } from '../../../export/print-look';
import { regionChart, regionChartHeight } from '../../../figures';
import type { ExplainState } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { captionIn, complete, pageWidth } from '../files/explain-figures';
import { explainedInWords } from '../view-model';
import { regionInWords } from './region-shape';
import { withinData, withinRows } from './within-view';

/** The share of evidence inside the marked region, by layer. */
export const exportWithin = (state: ExplainState, print?: PrintLook): Promise<FigureExport> => {
  const data = withinData(state);
  if (!data) return nothing();
  const title = say('Share of evidence inside');
  const caption = say(
    '{explained} Share of each map’s positive mass inside the marked region ({within}{part}). Dashed and band: the same region moved about the picture, mean and 5 to 95 % of its places; filled points lie above them.',
    {
      explained: explainedInWords(state),
      within: regionInWords(state.settings.within),
      part: state.settings.within.startsWith('mask')
        ? ''
        : say(', as shares of the picture’s width and height'),
    },
  );
  const captioned = {
    ...{ ...data, selected: null, layerNames: true },
    title: print ? undefined : title,
    caption: captionIn(caption, print),
  };
  const width = print?.width ?? pageWidth;
  const size = { width, height: regionChartHeight(width, captioned) };
  return complete(state, 'share-inside', {
    title,
    caption,
    size,
    svg: (owner, theme) => regionChart(owner, captioned, size, theme),
    rows: () => withinRows(state),
  });
};
