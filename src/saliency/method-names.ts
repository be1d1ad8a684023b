/** Methods by id, in the order in which the page lists them. */
export const saliencyMethodNames = {
  'grad-cam': 'Grad-CAM',
  'grad-cam++': 'Grad-CAM++',
  'hires-cam': 'HiResCAM',
  'layer-cam': 'LayerCAM',
  'grad-cam-elementwise': 'Grad-CAM element-wise',
  'xgrad-cam': 'XGrad-CAM',
  'eigen-cam': 'Eigen-CAM',
  'eigen-grad-cam': 'EigenGrad-CAM',
  'kpca-cam': 'KPCA-CAM',
  fem: 'FEM',
  activation: 'Activation',
  'score-cam': 'Score-CAM',
  'ablation-cam': 'Ablation-CAM',
  'shapley-cam': 'Shapley-CAM',
  attention: 'Attention',
  rollout: 'Attention rollout',
  'attention-relevance': 'Attention relevance',
  legrad: 'LeGrad',
  'input-x-gradient': 'Input × gradient',
  'integrated-gradients': 'Integrated gradients',
  'full-grad': 'FullGrad',
  'smooth-grad': 'SmoothGrad',
  rise: 'RISE',
} as const;

export type SaliencyMethod = keyof typeof saliencyMethodNames;

/** Methods that read the attention of a network, and so need one that holds attention. */
export const attentionMethods = ['attention', 'rollout', 'attention-relevance', 'legrad'] as const;
export type AttentionMethod = (typeof attentionMethods)[number];

export const isAttentionMethod = (method: SaliencyMethod): method is AttentionMethod =>
  (attentionMethods as readonly SaliencyMethod[]).includes(method);

/** Methods whose one map lies at the picture itself, shown as a layer called "input". */
export const inputMethods = [
  'input-x-gradient',
  'integrated-gradients',
  'full-grad',
  'smooth-grad',
  'rise',
] as const;
export type InputMethod = (typeof inputMethods)[number];

export const isInputMethod = (method: SaliencyMethod): method is InputMethod =>
  (inputMethods as readonly SaliencyMethod[]).includes(method);

/** Whether a method has layers of its own, which maps of no other are set beside. */
export const hasOwnLayers = (method: SaliencyMethod): boolean =>
  isAttentionMethod(method) || isInputMethod(method);

/** Methods that read what layers yield, and so have maps for any network. */
export const layerMethods = (Object.keys(saliencyMethodNames) as SaliencyMethod[]).filter(
  (method) => !hasOwnLayers(method),
);

/** Methods that take passes of their own for every layer: one for every channel, or (Shapley-CAM) four through what lies behind it. */
export const slowSaliencyMethods: readonly SaliencyMethod[] = ['score-cam', 'ablation-cam', 'shapley-cam'];

/** About how many forward passes the map of a method at the input costs, one with its gradient counted as three. */
export const passesAtInput: Record<InputMethod, number> = {
  'input-x-gradient': 3,
  'integrated-gradients': 150,
  'full-grad': 6,
  'smooth-grad': 150,
  rise: 1000,
};

/** Methods whose maps take longer than the pass they share: where many pictures are run many times, only when asked for. */
const costlyMaps: readonly SaliencyMethod[] = ['kpca-cam'];

/** Methods whose maps of all layers come from one pass, and take no longer than that. */
export const quickMethods = layerMethods.filter(
  (method) => !slowSaliencyMethods.includes(method) && !costlyMaps.includes(method),
);

/** What of the attention methods a network has maps for; null stands for a network without attention. */
export function attentionMethodsFor(
  attention: { readonly keepsTokens: boolean; readonly hasOwnScores: boolean } | null | undefined,
): readonly AttentionMethod[] {
  if (!attention) return [];
  const { keepsTokens, hasOwnScores } = attention;
  return attentionMethods.filter((method) => {
    if (method === 'attention') return true;
    return method === 'legrad' ? hasOwnScores : keepsTokens;
  });
}
