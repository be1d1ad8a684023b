import { conceptColours } from '../../../figures/concepts/concept-colours';
import type { ConceptsData } from '../../../figures/concepts/concepts-figure';
import type { LayerConcept, LayerConcepts } from '../../../saliency/concepts/concepts';
import { matchConcepts } from '../../../saliency/concepts/match-concepts';
import type { ConceptsState } from '../../../state/concepts-store';
import type { ExplainState } from '../../../state/explain-store';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { numberInWords, percent } from '../../../text/value-in-words';
import { explainedThing } from '../target/target-words';

type Shown = Pick<ExplainState, 'analysis' | 'picture' | 'settings' | 'layer'>;
export type KnownConcepts = Pick<ConceptsState, 'of' | 'layers'>;

/** A layer's concepts with the number of each one's colour. */
interface ColouredConcepts {
  layer: LayerConcepts;
  colours: readonly number[];
}

/** By layer of the analysis its concepts; null while they are not known. */
function colouredConcepts(
  { analysis }: Pick<Shown, 'analysis'>,
  { of, layers }: KnownConcepts,
): (ColouredConcepts | null)[] {
  if (!analysis || of !== analysis) return [];
  const all = analysis.layers.map(({ name }) => layers[name] ?? null);
  const colours = matchConcepts(all);
  return all.map((layer, i) => layer && { layer, colours: colours[i] ?? [] });
}

/** The concepts of the selected layer; null while they are not known. */
export const conceptsOfLayer = (
  shown: Pick<Shown, 'analysis' | 'layer'>,
  known: KnownConcepts,
): ColouredConcepts | null => colouredConcepts(shown, known)[shown.layer] ?? null;

/** What the figure draws of the selected layer; null while its concepts are not known. */
export function conceptsData(state: Shown, known: KnownConcepts): ConceptsData | null {
  const found = conceptsOfLayer(state, known);
  const { picture, settings } = state;
  if (!found || !picture) return null;
  const { layer, colours } = found;
  return {
    layer: layer.name,
    heading: headingOf(layer),
    picture: picture.display,
    aspect: picture.input.width / picture.input.height,
    opacity: settings.opacity,
    interpolation: settings.smoothing,
    width: layer.width,
    height: layer.height,
    concepts: layer.concepts.map(({ map }, k) => ({ map, colour: colours[k] })),
    words: layer.concepts.map((concept) => conceptInWords(state, concept)),
  };
}

function headingOf({ name, concepts, explained }: LayerConcepts): string {
  if (concepts.length === 0) return say('{layer} yields nothing above 0: no concepts', { layer: name });
  return say('{concepts} of {layer}, which explain {share} of its activation (sum of squares)', {
    concepts: counted(concepts.length, 'concept'),
    layer: name,
    share: percent(explained),
  });
}

/** A concept's share, what it argues for, and what the network's end takes it for. */
function conceptInWords({ analysis }: Pick<Shown, 'analysis'>, { share, worth, classes }: LayerConcept) {
  const label = (analysis && explainedThing(analysis)?.label) ?? analysis?.target.label ?? '';
  const value = numberInWords(Math.abs(worth), 3);
  const argues =
    worth === 0
      ? say('neither for nor against {label}', { label })
      : worth > 0
        ? say('for {label}: +{value}', { label, value })
        : say('against {label}: −{value}', { label, value });
  const first = classes?.[0];
  const alone =
    first &&
    say('by itself: {label} {share}', {
      label: analysis?.network.labels[first.index] ?? first.index,
      share: percent(first.probability),
    });
  return {
    share: say('{share} of the activation', { share: percent(share) }),
    lines: alone ? [argues, alone] : [argues],
  };
}

/** One row a concept of every layer that is known, for CSV. */
export function conceptRows(
  { analysis }: Pick<Shown, 'analysis'>,
  known: KnownConcepts,
): Record<string, string | number | null>[] {
  return colouredConcepts({ analysis }, known).flatMap((found, index) => {
    if (!found) return [];
    const { layer, colours } = found;
    return layer.concepts.map(({ share, worth, classes }, k) => ({
      ...{ layer: index + 1, name: layer.name, concept: k + 1, colour: conceptColours[colours[k]] },
      ...{ share, worth, layer_worth: layer.worth, explained: layer.explained },
      ...Object.fromEntries(
        [0, 1].flatMap((place) => {
          const said = classes?.[place];
          return [
            [`class_${place + 1}`, said ? (analysis?.network.labels[said.index] ?? said.index) : null],
            [`probability_${place + 1}`, said?.probability ?? null],
          ];
        }),
      ),
    }));
  });
}
