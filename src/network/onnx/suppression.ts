import type { Value } from './onnx-importer';
import type { NodeMessage } from './onnx-messages';

/** Operations whose results are as many as the picture makes them. */
export const openEnded = new Set(['NonMaxSuppression', 'NonZero']);

/** What yields shapes, and not what is in the picture. */
const ofShapes = new Set(['Shape', 'Size', 'ConstantOfShape']);

/**
 * Tensors through which everything goes that comes from the picture, as far as a detector's own non-maximum suppression: what it chooses from is
 * among them. None where there is no such choice.
 * @param nodes that lead to an output, each behind those it reads
 * @param picture name of the input
 */
export function beforeSuppression(nodes: readonly NodeMessage[], picture: string): string[] {
  const first = nodes.findIndex(({ operator }) => openEnded.has(operator));
  if (first < 0 || !nodes.some(({ operator }) => operator === 'NonMaxSuppression')) return [];
  const left = new Map<string, number>();
  for (const node of nodes) {
    if (ofShapes.has(node.operator)) continue;
    for (const input of new Set(node.inputs)) left.set(input, (left.get(input) ?? 0) + 1);
  }
  // Results of the picture that somebody is still to read: where there is but one, everything goes through it.
  const open = new Set([picture]);
  const found: string[] = [];
  for (const { operator, inputs, outputs } of nodes.slice(0, first)) {
    if (ofShapes.has(operator) || !inputs.some((input) => open.has(input))) continue;
    for (const input of new Set(inputs)) {
      const count = (left.get(input) ?? 0) - 1;
      left.set(input, count);
      if (count === 0) open.delete(input);
    }
    for (const output of outputs) if ((left.get(output) ?? 0) > 0) open.add(output);
    if (open.size === 1) found.push([...open][0]);
  }
  return found;
}

/** Whether a value is one list of things, [1, a, b]. */
export const isListOfThings = (value: Value | undefined): boolean =>
  value?.kind === 'activation' &&
  value.shape.length === 3 &&
  value.shape[0] === 1 &&
  value.shape[1] > 1 &&
  value.shape[2] > 1;
