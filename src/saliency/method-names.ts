/** Methods by id, in the order in which the page lists them. */
export const saliencyMethodNames = {
  'grad-cam': 'Grad-CAM',
  'grad-cam++': 'Grad-CAM++',
  'hires-cam': 'HiResCAM',
  'layer-cam': 'LayerCAM',
  'xgrad-cam': 'XGrad-CAM',
  'eigen-cam': 'Eigen-CAM',
  activation: 'Activation',
  'score-cam': 'Score-CAM',
  'ablation-cam': 'Ablation-CAM',
} as const;

export type SaliencyMethod = keyof typeof saliencyMethodNames;

/** Methods that take one forward pass for every channel of every layer. */
export const slowSaliencyMethods: readonly SaliencyMethod[] = ['score-cam', 'ablation-cam'];
