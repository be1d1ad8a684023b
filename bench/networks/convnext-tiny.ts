import { type KerasModel, kerasModel } from './keras-model';

/**
 * ConvNeXt-Tiny at 224 x 224 (Liu et al. 2022), without its scales a layer: most of its work is in dense layers over the
 * places of a map. 28.6 million parameters.
 */
export function convNextTiny(): KerasModel {
  const model = kerasModel('convnext-tiny', [224, 224, 3]);
  const input = model.input();
  const block = (name: string, from: string, channels: number) => {
    let last = model.depthwise(`${name}_depthwise`, from, 7);
    // A small scale keeps the sum of eighteen branches in range without training.
    last = model.layerNormalization(`${name}_norm`, last, 0.5);
    last = model.dense(`${name}_wide`, last, 4 * channels, 'gelu');
    return model.sum(`${name}_add`, from, model.dense(`${name}_narrow`, last, channels, 'linear'));
  };
  let last = input;
  [96, 192, 384, 768].forEach((filters, stage) => {
    const [kernel, name] = stage === 0 ? [4, 'stem'] : [2, `down${stage + 1}`];
    if (stage > 0) last = model.layerNormalization(`${name}_norm`, last);
    last = model.convolution(name, last, { filters, kernel, stride: kernel, padding: 'valid' });
    if (stage === 0) last = model.layerNormalization(`${name}_norm`, last);
    for (let unit = 1; unit <= [3, 3, 9, 3][stage]; unit++) {
      last = block(`stage${stage + 1}_unit${unit}`, last, filters);
    }
  });
  last = model.layerNormalization('norm', model.globalAverage('mean', last));
  return model.build(input, model.dense('logits', last, 1000, 'linear'));
}
