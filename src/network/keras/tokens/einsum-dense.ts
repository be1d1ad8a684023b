import type { Weight } from '../../network-graph';
import { linear } from '../../ops/activation';
import { sizeOf } from '../../ops/operation';
import { reshapedWeight } from '../../weights';
import type { LayerConfig } from '../layer-config';
import type { Parts } from '../steps';
import { equationOf } from './einsum';
import { PartList } from './part-list';
import { permutedWeight } from './permuted-weight';

/** A dense layer along any axes: letters that the result lacks are summed, those of the kernel alone are new axes. */
export function einsumDense(layer: LayerConfig): Parts {
  layer.ignore('output_shape', 'bias_axes');
  const shape = layer.sizes();
  const equation = equationOf(layer, layer.value('equation'), shape.length + 1);
  const { left, right, result } = equation;
  const [kernel, bias] = layer.variables('kernel', layer.has('bias_axes') && 'bias');
  const kept = [...left].filter((letter) => !right.includes(letter)).join('');
  const summed = [...left].filter((letter) => right.includes(letter)).join('');
  const made = [...right].filter((letter) => !left.includes(letter)).join('');
  const fits =
    kernel.shape.length === right.length &&
    [...summed].every((letter) => kernel.shape[right.indexOf(letter)] === shape[left.indexOf(letter) - 1]);
  if (result[0] !== left[0] || [...summed].some((letter) => result.includes(letter)) || !fits) {
    throw layer.fail(
      `computes ${JSON.stringify(layer.value('equation'))} with a kernel of shape [${kernel.shape}] on [${shape}], which cannot be read.`,
    );
  }
  const list = new PartList();
  const size = (letter: string) =>
    left.includes(letter) ? shape[left.indexOf(letter) - 1] : kernel.shape[right.indexOf(letter)];
  const sizes = (letters: string) => [...letters].map(size);
  const outer = kept.slice(1);
  const order = [...(outer + summed)].map((letter) => left.indexOf(letter) - 1);
  const moved = list.transpose('axes summed last', 0, order);
  const rows = list.reshape('axes summed joined', moved, sizes(outer + summed), [
    ...sizes(outer),
    sizeOf(sizes(summed)),
  ]);
  const product = list.add('product', [rows], {
    type: 'dense',
    kernel: matrixOf(kernel, right, summed, made),
    bias: null,
    activation: linear,
  });
  const flat = [...sizes(outer), sizeOf(sizes(made))];
  const apart = list.reshape('axes apart', product, flat, sizes(outer + made));
  const found = kept + made;
  const ordered = list.transpose(
    'axes in order',
    apart,
    [...result.slice(1)].map((letter) => found.indexOf(letter) - 1),
  );
  const shifted = bias ? list.add('bias', [ordered], { type: 'affine', scale: null, shift: bias }) : ordered;
  const activation = layer.activation();
  if (activation.name === 'linear') return { parts: list.parts, outputs: [String(shifted)] };
  return {
    parts: [
      ...list.parts,
      { name: 'activation', inputs: [shifted], spec: { type: 'activation', activation } },
    ],
    outputs: ['activation'],
  };
}

/** The kernel as a matrix: summed letters down, new ones across. */
function matrixOf(kernel: Weight, letters: string, summed: string, made: string): Weight {
  const order = [...(summed + made)].map((letter) => letters.indexOf(letter));
  const turned = permutedWeight(kernel, order);
  const rows = sizeOf(turned.shape.slice(0, summed.length));
  return reshapedWeight(turned, [rows, sizeOf(turned.shape.slice(summed.length))]);
}
