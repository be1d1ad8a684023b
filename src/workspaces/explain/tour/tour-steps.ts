/** One step of the tour: what lies in the light, a sentence or two about it, and one thing to do there. */
export interface TourStep {
  title: string;
  says: string;
  asks: string;
  /** Where to read on in the text about the method; a section's id. */
  readOn?: { section: string; title: string };
  /** What is lit, as a CSS selector; the first that is shown. On a phone controls of the top bar stand behind its menu. */
  target: string;
  /** What is measured in the step itself. */
  shows?: 'noise';
}

/** The tour in its order; the address counts from 1. */
export const tourSteps: readonly TourStep[] = [
  {
    title: 'A picture and its map',
    says: 'The network gave this picture a name. The heat map shows where, in the layer that is selected, the evidence for that name lies.',
    asks: 'Take the map away and bring it back: choose Picture, then Overlay.',
    readOn: { section: 'saliency', title: 'The saliency of one layer' },
    target: '[data-part=saliency]',
  },
  {
    title: 'Every layer has one',
    says: 'A network reads in steps. The strip holds the map of every layer, from the first, which sees edges, to the last, which decides.',
    asks: 'Walk through them: choose a picture of the strip, or press the arrow keys.',
    target: '[data-part=film-strip]',
  },
  {
    title: 'Signs',
    says: 'A sign is a region on which a layer puts its evidence: a hill of the map that stands out from what is around it. Outlines show the signs of the selected layer.',
    asks: 'Point at a sign, or tap it, and see it lit in all figures.',
    readOn: { section: 'signs', title: 'Signs' },
    target: '[data-part=saliency]',
  },
  {
    title: 'How they merge',
    says: 'From layer to layer signs are taken into larger ones, supersigns. Each body is a sign, as high as its share of the evidence; each ribbon leads to the sign that takes it in.',
    asks: 'Press Play and watch outlines travel and fuse.',
    readOn: { section: 'superization', title: 'Superization' },
    target: '[data-part=flow]',
  },
  {
    title: 'Entropy, and what chance would give',
    says: 'Spatial entropy measures disorder. It tends to fall towards the last layers, but so it does for noise, as maps get smaller. The band is the same map with its pixels shuffled: only what lies below it is order.',
    asks: 'See noise fall too, measured while you watch.',
    shows: 'noise',
    readOn: { section: 'null-model', title: 'Why a null model: noise falls too' },
    target: '[data-part=entropy]',
  },
  {
    title: 'What carries the decision',
    says: 'A map claims where evidence lies; masking tests it. Each sign is covered, and what the class loses is counted in logits.',
    asks: 'Try Deletion and insertion: do the maps do better than shuffled ones?',
    readOn: { section: 'weights', title: 'What carries the decision' },
    target: '[data-part=carries]',
  },
  {
    title: 'Your picture, your network',
    says: 'Drop a picture anywhere on the page, or a network: Keras, ONNX or TensorFlow.js. Nothing leaves your machine.',
    asks: 'Open one of your own, or choose another example.',
    target: '.top .actions, [data-part=examples]',
  },
];
