import * as tf from '@tensorflow/tfjs-core';
import { seededRandom } from '../../semiotics';
import type { Architecture } from '../../training/architecture/architecture';
import type { NamedWeight } from '../../training/architecture/named-weight';
import { layoutOf } from '../../training/architecture/parameter-layout';
import { networkInput } from '../../training/data/augment';
import type { Dataset } from '../../training/data/dataset';
import { lossGradient } from '../../training/loss';
import { planOf, trainingPass } from '../../training/pass';
import { filterLayout } from './filter-groups';

/** Batches that the gradients are taken over, and pictures in each. */
const [BATCHES, PICTURES] = [8, 32];

export interface TaylorHooks {
  pause(): Promise<void>;
}

/**
 * By how much the loss would change, to first order, if a filter's output were 0: the product of a gate behind its normalisation and
 * the loss' slope by it, which is `scale d/dscale + offset d/doffset`, squared, mean over batches of training pictures (Molchanov et
 * al. 2019, equation 8 and section 3.3). Without normalisation the gate stands behind the filter and its bias. The terms of tied
 * filters are added before they are squared: they go together.
 * @returns a number for each filter, by group
 */
export async function taylorMeasures(
  architecture: Architecture,
  weights: readonly NamedWeight[],
  data: Dataset,
  { pause }: TaylorHooks,
): Promise<Map<string, number[]>> {
  const layout = layoutOf(architecture);
  const plan = planOf(layout);
  const { groups } = filterLayout(architecture);
  const tensors = new Map(
    weights.map(({ name, shape, values }) => [name, tf.tensor(values, shape) as tf.Tensor]),
  );
  const values = new Map(weights.map((weight) => [weight.name, weight.values]));
  const sums = new Map(groups.map(({ name, filters }) => [name, new Float64Array(filters)]));
  const size = Math.min(PICTURES, data.summary.train);
  const batches = Math.min(BATCHES, Math.floor(data.summary.train / size));
  try {
    for (let batch = 0; batch < batches; batch++) {
      await pause();
      const read = await data.read(
        'train',
        Array.from({ length: size }, (_, i) => batch * size + i),
      );
      const input = networkInput(read.pixels, data.side, null, seededRandom(0));
      const x = tf.tensor4d(input, [size, data.side, data.side, 3]);
      const pass = trainingPass(
        plan,
        x,
        tensors,
        (logits) => lossGradient(logits, read.labels, 0),
        seededRandom(batch),
      );
      try {
        for (const { name, layers, filters } of groups) {
          const change = new Float64Array(filters);
          for (const layer of layers) await addTerms(layer, values, pass.gradients, change);
          const sum = sums.get(name) as Float64Array;
          for (let i = 0; i < filters; i++) sum[i] += change[i] ** 2 / batches;
        }
      } finally {
        tf.dispose([x, pass.logits, ...pass.gradients.values(), ...pass.statistics.values()]);
      }
    }
    return new Map([...sums].map(([name, sum]) => [name, Array.from(sum)]));
  } finally {
    tf.dispose([...tensors.values()]);
  }
}

/** Adds `sum of weight times gradient` of what makes a filter's output, filter by filter. */
async function addTerms(
  layer: string,
  values: ReadonlyMap<string, Float32Array>,
  gradients: ReadonlyMap<string, tf.Tensor>,
  change: Float64Array,
): Promise<void> {
  const roles = values.has(`${layer}/scale`) ? ['scale', 'offset'] : ['filter', 'bias'];
  for (const role of roles) {
    const name = `${layer}/${role}`;
    const own = values.get(name) as Float32Array;
    const gradient = await (gradients.get(name) as tf.Tensor).data();
    for (let i = 0; i < own.length; i++) change[i % change.length] += own[i] * gradient[i];
  }
}
