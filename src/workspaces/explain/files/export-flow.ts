import { nullShuffles } from '../../../engine/measure/null-shuffles';
import type { FigureExport } from '../../../export';
import { nothing } from '../../../export/nothing-to-draw';
import type { PrintLook } from '../../../export/print-look';
import {
  changeChart,
  changeChartHeight,
  type FlowLayout,
  flowHeight,
  flowLayout,
  superizationFlow,
} from '../../../figures';
import type { ExplainState } from '../../../state/explain-store';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { pictureUrl } from '../decision/decision-view';
import { changeChartData, changeRows } from '../layers/change-view';
import { flowData, flowRows } from '../signs/flow-view';
import { explainedInWords, quantisedInWords } from '../view-model';
import { captionIn, complete, pageWidth, roomier } from './explain-figures';

/** How signs are aggregated through all layers. */
export const exportFlow = (state: ExplainState, print?: PrintLook): Promise<FigureExport> => {
  const { picture, settings } = state;
  const data = flowData(state, settings.flow, picture ? pictureUrl(picture) : undefined);
  if (!data?.linked) return nothing();
  const { tau, theta } = settings;
  const colours = data.parts
    ? say(
        ' Colours: the {parts} of the last sign that were taken in last, each with its place in the picture.',
        { parts: counted(data.parts.list.length, 'part') },
      )
    : '';
  const caption = say(
    '{explained} Signs: persistence of at least {tau}, cut off below {theta} of the map’s maximum. A ribbon is the part of a sign’s mass that lies in the sign it is aggregated into, at least half.{colours} Below, the number of signs and that of the same maps with shuffled pixels, mean ± sd of {nullShuffles}.',
    { explained: explainedInWords(state), tau, theta, colours, nullShuffles },
  );
  const title = say('Superization flow');
  const captioned = {
    ...{ ...data, selected: null, layerNames: true },
    ...(print ? {} : { title }),
    caption: captionIn(caption, print),
  };
  const width = print?.width ?? pageWidth;
  const size = { width, height: flowHeight(width, captioned) + roomier(120, width) };
  const small = gathered(flowLayout(captioned, size));
  const whole = `${caption}${small > 0 ? say(' {smallSigns} {plural} gathered by colour and layer.', { smallSigns: counted(small, 'small sign'), plural: small === 1 ? say('is') : say('are') }) : ''}`;
  const told = { ...captioned, caption: captionIn(whole, print) };
  return complete(state, 'superization-flow', {
    title,
    caption: whole,
    size,
    svg: (owner, theme) => superizationFlow(owner, told, size, theme),
    rows: () => flowRows(state),
  });
};

/** How many signs are not drawn each by itself. */
const gathered = ({ columns }: FlowLayout) =>
  columns.flat().reduce((sum, node) => sum + (node.kind === 'others' ? node.signs.length : 0), 0);

/** Class and complex formation on every step. */
export const exportChange = (state: ExplainState, print?: PrintLook): Promise<FigureExport> => {
  const data = changeChartData(state);
  if (!data) return nothing();
  const caption = say(
    '{explained} Change of the joint aura entropy from layer to layer ({quantised}), split into class formation (marginal) and complex formation (conditional). Frames: the same of the maps with shuffled pixels, mean of {nullShuffles}. Dotted: the spatial size changes.',
    { explained: explainedInWords(state), quantised: quantisedInWords(state), nullShuffles },
  );
  const title = say('Change by step');
  const captioned = {
    ...{ ...data, selected: null, layerNames: true },
    ...(print ? {} : { title }),
    caption: captionIn(caption, print),
  };
  const width = print?.width ?? pageWidth;
  const size = { width, height: changeChartHeight(width, captioned) + roomier(60, width) };
  return complete(state, 'change-by-step', {
    title,
    caption,
    size,
    svg: (owner, theme) => changeChart(owner, captioned, size, theme),
    rows: () => changeRows(state),
  });
};
