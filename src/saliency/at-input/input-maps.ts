import type * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../../network/network';
import { captureGradients } from '../../network/run-network';
import type { Score } from '../../network/targets/score';
import { pictureNode } from '../channel-passes';
import { explainedOnce } from '../explained-once';
import type { LayerMaps, LayerMapsOptions } from '../layer-maps-options';
import type { InputMethod } from '../method-names';
import { fullGrad } from './full-grad';
import type { InputPasses } from './input-passes';
import { inputXGradient } from './input-x-gradient';
import { integratedGradients } from './integrated-gradients';
import { rise } from './rise';
import { smoothGrad } from './smooth-grad';

const mapsBy: Record<InputMethod, (passes: InputPasses) => Promise<tf.Tensor2D>> = {
  'input-x-gradient': inputXGradient,
  'integrated-gradients': integratedGradients,
  'full-grad': fullGrad,
  'smooth-grad': smoothGrad,
  rise,
};

/**
 * Maps at the picture itself. What is explained is found for the picture, in the pass that gives its gradient too, and is the same for all
 * variants of it.
 * @param keep takes each map, [h, w], at the node that takes the picture in
 */
export async function inputMaps(
  network: Network,
  input: tf.Tensor4D,
  { target, checkpoint, onOutputs, onProgress }: LayerMapsOptions,
  methods: readonly InputMethod[],
  keep: (method: InputMethod, node: number, map: tf.Tensor2D) => void,
): Promise<Omit<LayerMaps, 'maps'>> {
  const node = pictureNode(network);
  const chosen = explainedOnce(network, target, onOutputs);
  let own: tf.Tensor4D | null = null;
  let score: Score | null = null;
  try {
    const { logits, forwardMs } = await captureGradients(network, input, {
      layers: [node],
      async chooseTarget(_, __, read) {
        score = await chosen.choose(read);
        return score;
      },
      onLayer(_, __, gradient) {
        own = gradient.clone();
      },
      checkpoint,
    });
    const found = chosen.result();
    const isClass = network.reading.kind === 'classes' && (target === null || typeof target === 'number');
    for (const method of methods) {
      const started = performance.now();
      const passes: InputPasses = {
        ...{ network, input, checkpoint },
        gradient: own as unknown as tf.Tensor4D,
        score: score as unknown as Score,
        probabilityOf: isClass ? found.target : null,
        onShare(fraction) {
          const elapsed = performance.now() - started;
          onProgress?.({
            ...{ method, layer: 0, layers: 1, name: 'input', fraction },
            left: fraction > 0 ? (elapsed * (1 - fraction)) / fraction : null,
          });
        },
      };
      keep(method, node, await mapsBy[method](passes));
    }
    return { logits, forwardMs, ...found };
  } finally {
    (own as tf.Tensor4D | null)?.dispose();
  }
}
