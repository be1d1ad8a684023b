import { say } from '../../../text/say';
import type { StoryFacts, StoryLayer } from './story-facts';
import {
  entropyInWords,
  fewSince,
  gathering,
  hasWeights,
  inOne,
  layerInWords,
  looking,
  masking,
  mergingInWords,
  mostMerging,
  naming,
  oneSince,
  opening,
  ordering,
  reading,
  signsInWords,
} from './story-words';

/** Charts that a step may show. */
export type StoryChart = 'flow' | 'entropy' | 'predictions' | 'weights';

/** One step of the story as it is told of one analysis. */
export interface StoryStep {
  id: string;
  title: string;
  /** Sentences, none empty. */
  says: string[];
  /** The picture by itself, or with the map of a layer, by its index; null for none. */
  picture: 'plain' | number | null;
  chart: StoryChart | null;
}

/** A step as it is planned, whatever the analysis. */
interface Chapter extends Pick<StoryStep, 'id' | 'title'> {
  /** The layer whose map is shown; the step is left out where it is none (-1). Steps about layers stand in the order of the layers. */
  layer?(facts: StoryFacts): number;
  picture?: 'plain';
  chart?: StoryChart;
  /** What is said, null where nothing can be; a step that says nothing is left out. */
  says(facts: StoryFacts, layer: StoryLayer): (string | null | false)[];
}

const lastOf = ({ layers }: StoryFacts) => layers.length - 1;

/** The story in its order. Of steps that show the same layer only the last has a title, and says what all of them say. */
const chapters: readonly Chapter[] = [
  {
    id: 'picture',
    title: 'The picture',
    picture: 'plain',
    says: (facts) => [opening(facts), say('What does the network see in it, layer by layer?')],
  },
  {
    id: 'first',
    title: 'The first layer',
    layer: () => 0,
    says: (facts, layer) => [
      layerInWords(facts, layer),
      layer.evidence && (facts.isAttention ? looking(facts) : reading(facts)),
    ],
  },
  {
    id: 'early',
    title: 'A little further',
    // A sixth of the way.
    layer: (facts) => Math.round(lastOf(facts) / 6),
    says: (facts, layer) => [layerInWords(facts, layer)],
  },
  {
    id: 'merging',
    title: 'Signs merge',
    layer: mostMerging,
    says: (facts, layer) => [mergingInWords(facts, layer), layerInWords(facts, layer)],
  },
  {
    id: 'few',
    title: 'The evidence gathers',
    layer: fewSince,
    says: (facts) => [gathering(facts)],
  },
  {
    id: 'one',
    title: 'In one sign',
    layer: (facts) => (oneSince(facts) > fewSince(facts) ? oneSince(facts) : -1),
    says: (facts) => [inOne(facts)],
  },
  {
    id: 'last',
    title: 'The last layer',
    layer: lastOf,
    says: (facts, layer) => [
      layerInWords(facts, layer),
      fewSince(facts) < 0 && layer.evidence && gathering(facts),
    ],
  },
  {
    id: 'flow',
    title: 'All layers at once',
    chart: 'flow',
    says: (facts) => [signsInWords(facts)],
  },
  {
    id: 'chance',
    title: 'Order against chance',
    chart: 'entropy',
    says: (facts) => [
      entropyInWords(facts) ?? say('No two layers are measured: of order nothing can be said.'),
      entropyInWords(facts) && ordering(facts),
      entropyInWords(facts) && say('The band is what the same maps measure with their pixels shuffled.'),
    ],
  },
  {
    id: 'decision',
    title: 'The decision',
    picture: 'plain',
    chart: 'predictions',
    says: (facts) => [naming(facts)],
  },
  {
    id: 'masking',
    title: 'What masking costs',
    layer: lastOf,
    chart: 'weights',
    says: (facts) => [
      masking(facts),
      (facts.carried?.signs.length ?? 0) > 0 &&
        say('Masked, a sign is set to the mean of what is around it; the rest of the network then runs on.'),
    ],
  },
  {
    id: 'limits',
    title: 'What this does not prove',
    says: (facts) => [
      say('This is one picture, read by one network: it says nothing of others.'),
      say(
        'Small maps measure less because they are small: only what falls further than chance is a finding.',
      ),
      say('Order is not understanding: a map can be orderly and the network wrong.'),
      facts.isAttention && say('Attention says where tokens look, not what decides.'),
      hasWeights(facts) && say('What signs cost one by one need not add up.'),
    ],
  },
];

/** What the story tells of one analysis, step by step. */
export function storySteps(facts: StoryFacts): StoryStep[] {
  const told = chapters.flatMap((chapter, order) => {
    const { id, title, picture = null, chart = null } = chapter;
    const layer = chapter.layer?.(facts) ?? null;
    if (layer !== null && layer < 0) return [];
    const says = chapter
      .says(facts, facts.layers[layer ?? 0])
      .filter((text): text is string => typeof text === 'string');
    // Charts are shown for what they are, pictures for what is said of them.
    if (says.length === 0) return [];
    return { order, step: { id, title: say(title), says, picture: layer ?? picture, chart } };
  });
  const walk = told.filter(({ step }) => typeof step.picture === 'number' && step.chart === null);
  const [first] = walk;
  const layers = walk
    .sort((a, b) => (a.step.picture as number) - (b.step.picture as number) || a.order - b.order)
    .map(({ step }) => step);
  const before = told.filter(({ order }) => order < first.order).map(({ step }) => step);
  const after = told
    .filter(({ step, order }) => order > first.order && (step.picture === null || step.chart !== null))
    .map(({ step }) => step);
  return [...before, ...layers.reduce(together, []), ...after];
}

/** Steps that show the same layer are one. */
function together(steps: StoryStep[], next: StoryStep): StoryStep[] {
  const last = steps[steps.length - 1];
  if (last?.picture !== next.picture) return [...steps, next];
  return [...steps.slice(0, -1), { ...next, says: [...new Set([...last.says, ...next.says])] }];
}
