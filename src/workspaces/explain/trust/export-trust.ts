import type { FigureExport } from '../../../export';
import { nothing } from '../../../export/nothing-to-draw';
import { trustByLayer, trustByLayerHeight } from '../../../figures/faithfulness/trust-by-layer';
import type { ExplainState } from '../../../state/explain-store';
import { useTrust } from '../../../state/trust-store';
import { say } from '../../../text/say';
import { complete } from '../files/explain-figures';
import { explainedInWords } from '../view-model';
import { trustByLayerData, trustRows, whichLayerInWords } from './trust-view';

/** Width of the figure in a file, in CSS pixels. */
const width = 640;

/** What has been measured of every layer's trust. */
export const exportTrust = (state: ExplainState): Promise<FigureExport> => {
  const trust = useTrust.getState();
  const data = trustByLayerData(state, trust);
  if (!data) return nothing();
  const captioned = {
    ...data,
    title: say('How far can this be trusted?'),
    caption: say('{explained} {reading} Each measure in its own scale; ringed: the layer that holds best.', {
      explained: explainedInWords(state),
      reading: whichLayerInWords(state, trust),
    }),
  };
  const size = { width, height: trustByLayerHeight(width, captioned) };
  return complete(state, 'trust-by-layer', {
    title: say('Trust by layer'),
    size,
    svg: (owner, theme) => trustByLayer(owner, captioned, size, theme),
    rows: () => trustRows(state, trust),
  });
};
