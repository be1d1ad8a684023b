import { type KerasModel, kerasModel } from './keras-model';

/** Convolutions and their filters, block by block (Simonyan and Zisserman 2015, configuration D). */
const blocks = [
  [64, 64],
  [128, 128],
  [256, 256, 256],
  [512, 512, 512],
  [512, 512, 512],
];

/** VGG-16 at 224 x 224 with its dense layers: 138,357,544 parameters, 553 MB. */
export function vgg16(): KerasModel {
  const model = kerasModel('vgg16', [224, 224, 3]);
  const input = model.input();
  let last = input;
  blocks.forEach((block, b) => {
    block.forEach((filters, i) => {
      last = model.convolution(`block${b + 1}_conv${i + 1}`, last, {
        filters,
        kernel: 3,
        activation: 'relu',
      });
    });
    last = model.maxPooling(`block${b + 1}_pool`, last, 2, 2);
  });
  last = model.flatten('flatten', last);
  last = model.dense('fc1', last, 4096, 'relu');
  last = model.dense('fc2', last, 4096, 'relu');
  return model.build(input, model.dense('logits', last, 1000, 'linear'));
}
