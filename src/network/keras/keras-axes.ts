import type { LayerConfig } from './layer-config';

/** Axes without the batch, none negative. */
export function axesOf(layer: LayerConfig, key: string, ranks = layer.rank): number[] {
  const axes = layer.numbers(key).map((axis) => (axis < 0 ? ranks + axis : axis - 1));
  if (axes.some((axis) => !(axis >= 0 && axis < ranks))) {
    throw layer.fail(
      `works along axis ${layer.numbers(key).join(', ')}: the pictures of a batch are not mixed.`,
    );
  }
  return axes;
}
