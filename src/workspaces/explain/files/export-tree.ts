import type { FigureExport } from '../../../export';
import { nothing } from '../../../export/nothing-to-draw';
import type { PrintLook } from '../../../export/print-look';
import {
  freeMargins,
  layersWithin,
  superizationTree,
  type TreeData,
  treeEnd,
  treeLayout,
} from '../../../figures';
import type { SignRef } from '../../../semiotics';
import type { ExplainState } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { pictureUrl } from '../decision/decision-view';
import { signName } from '../signs/flow-view';
import { treeData, treeRows } from '../signs/tree-view';
import { explainedInWords } from '../view-model';
import { captionIn, complete, pageWidth } from './explain-figures';

/** Least width of a column in a file, in CSS pixels: a crop of it can still be read in print. */
const column = 80;
/** Greatest height of the tree in a file. */
const mostHeight = 900;

/** The tree under one sign. */
export const exportTree = (state: ExplainState, root: SignRef, print?: PrintLook): Promise<FigureExport> => {
  const { picture } = state;
  const whole = picture && treeData(state, root, pictureUrl(picture));
  if (!whole) return nothing();
  const data = print ? fitting(whole, print.width) : whole;
  const { tau, theta } = state.settings;
  const name = signName(state, root);
  const caption = say(
    '{explained} Each square shows where a sign lies in the picture; below it the share of its layer’s saliency mass and, for a supersign, of how many signs it is made. Dotted frames: signs that emerge. Paler: links that skip layers. Signs: persistence of at least {tau}, cut off below {theta} of the map’s maximum.{part}',
    {
      explained: explainedInWords(state),
      tau,
      theta,
      part:
        data.layers.length < root.layer + 1
          ? say(' Layers before {name} are left out.', { name: data.layers[0].name })
          : '',
    },
  );
  const captioned = {
    ...data,
    ...(print ? {} : { title: say('Superization tree of {name}', { name }) }),
    caption: captionIn(caption, print),
  };
  const width = print?.width ?? Math.max(pageWidth, data.layers.length * column);
  const layout = treeLayout(captioned, { width, height: mostHeight });
  const size = { width, height: layout.height };
  return complete(state, `superization-tree-${name.replaceAll(' ', '-')}`, {
    title: say('Superization tree'),
    caption,
    size,
    svg: (owner, theme) => superizationTree(owner, captioned, size, theme, layout),
    rows: () => treeRows(state, whole.tree),
  });
};

/** The tree, or as many of its last layers as can be told apart at a width in pixels. */
function fitting(data: TreeData, width: number): TreeData {
  const { left, right } = freeMargins(width);
  return treeEnd(data, layersWithin(width - left - right));
}
