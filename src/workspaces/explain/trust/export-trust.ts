import type { FigureExport } from '../../../export';
import { nothing } from '../../../export/nothing-to-draw';
import type { PrintLook } from '../../../export/print-look';
import { trustByLayer, trustByLayerHeight } from '../../../figures/faithfulness/trust-by-layer';
import type { ExplainState } from '../../../state/explain-store';
import { useTrust } from '../../../state/trust-store';
import { say } from '../../../text/say';
import { captionIn, complete } from '../files/explain-figures';
import { explainedInWords } from '../view-model';
import { trustByLayerData, trustRows, whichLayerInWords } from './trust-view';

/** Width of the figure in a file, in CSS pixels. */
const fileWidth = 640;

/** What has been measured of every layer's trust. */
export const exportTrust = (state: ExplainState, print?: PrintLook): Promise<FigureExport> => {
  const trust = useTrust.getState();
  const data = trustByLayerData(state, trust);
  if (!data) return nothing();
  const caption = say(
    '{explained} {reading} Each measure in its own scale; ringed: the layer that holds best.',
    {
      explained: explainedInWords(state),
      reading: whichLayerInWords(state, trust),
    },
  );
  const title = print ? undefined : say('How far can this be trusted?');
  const captioned = { ...data, title, caption: captionIn(caption, print) };
  const width = print?.width ?? fileWidth;
  const size = { width, height: trustByLayerHeight(width, captioned) };
  return complete(state, 'trust-by-layer', {
    title: say('Trust by layer'),
    caption,
    size,
    svg: (owner, theme) => trustByLayer(owner, captioned, size, theme),
    rows: () => trustRows(state, trust),
  });
};
