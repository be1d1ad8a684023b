import type { FigureExport } from '../../../export';
import { nothing } from '../../../export/nothing-to-draw';
import type { PrintLook } from '../../../export/print-look';
import { conceptsHeight, drawConcepts } from '../../../figures/concepts/concepts-figure';
import { useConcepts } from '../../../state/concepts-store';
import type { ExplainState } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { captionIn, complete } from '../files/explain-figures';
import { networkCalled } from '../network/network-called';
import { targetInWords } from '../target/target-words';
import { conceptRows, conceptsData, type KnownConcepts } from './concepts-view';

/** Width of the figure in a file, in CSS pixels: a column of a paper at 96 dpi. */
const columnWidth = 480;

/** Those of the page, as far as they are found. */
export const exportConceptsOnScreen = (state: ExplainState, print?: PrintLook): Promise<FigureExport> =>
  exportConcepts(state, useConcepts.getState(), print);

/** The concepts of the selected layer, with what each means. */
export async function exportConcepts(
  state: ExplainState,
  known: KnownConcepts,
  print?: PrintLook,
): Promise<FigureExport> {
  const data = conceptsData(state, known);
  if (!data) return nothing();
  const title = say('Concepts of {layer}', { layer: data.layer });
  const caption = say(
    '{heading}, for {target} by {network} in “{name}”: non-negative factors of its activations. At every place the colour of the concept that holds the most of them, as dense as it is there beside the concept’s own strongest place. Beside each its share, what it adds to what is explained to first order, and what the network’s end takes it for where it stands alone. Concepts of neighbouring layers have one colour where they overlap.',
    {
      ...{ heading: data.heading, target: targetInWords(state), name: state.picture?.name },
      network: networkCalled(state),
    },
  );
  const captioned = { ...data, caption: captionIn(caption, print) };
  const width = print?.width ?? columnWidth;
  const part = `concepts-${data.layer}`;
  const figure = await complete(state, part, {
    ...{ title, caption, rows: () => conceptRows(state, known) },
    size: { width, height: conceptsHeight(width, captioned) },
    draw: (context, at, theme) => drawConcepts(context, captioned, at, theme),
  });
  // They are of no saliency method.
  return { ...figure, name: [figure.name[0], part] };
}
