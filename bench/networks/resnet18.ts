import { type KerasModel, kerasModel } from './keras-model';

/**
 * ResNet-18 at 224 x 224 (He et al. 2016), padded as in PyTorch: zeros on both sides before every stride, a
 * projection where size or channels change. 11.7 million parameters.
 */
export function resnet18(): KerasModel {
  const model = kerasModel('resnet18', [224, 224, 3]);
  const input = model.input();

  const convolution = (name: string, from: string, filters: number, kernel: number, stride: number) => {
    const strided = stride > 1 && kernel > 1;
    const padded = strided ? model.zeroPadding(`${name}_pad`, from, (kernel - 1) / 2) : from;
    return model.convolution(`${name}_conv`, padded, {
      filters,
      kernel,
      stride,
      padding: strided ? 'valid' : 'same',
      bias: false,
    });
  };
  const block = (name: string, from: string, filters: number, stride: number, projects: boolean) => {
    let last = convolution(`${name}_1`, from, filters, 3, stride);
    last = model.relu(`${name}_1_relu`, model.batchNormalization(`${name}_1_bn`, last));
    last = convolution(`${name}_2`, last, filters, 3, 1);
    // A small second scale keeps the sum of sixteen branches in range without training.
    last = model.batchNormalization(`${name}_2_bn`, last, 0.3);
    const shortcut = projects
      ? model.batchNormalization(`${name}_0_bn`, convolution(`${name}_0`, from, filters, 1, stride))
      : from;
    return model.relu(`${name}_out`, model.sum(`${name}_add`, last, shortcut));
  };

  let last = convolution('conv1', input, 64, 7, 2);
  last = model.relu('conv1_relu', model.batchNormalization('conv1_bn', last));
  last = model.maxPooling('pool1', model.zeroPadding('pool1_pad', last, 1), 3, 2);
  [64, 128, 256, 512].forEach((filters, stage) => {
    for (const unit of [1, 2]) {
      const first = unit === 1 && stage > 0;
      last = block(`stage${stage + 1}_unit${unit}`, last, filters, first ? 2 : 1, first);
    }
  });
  last = model.globalAverage('mean', last);
  return model.build(input, model.dense('logits', last, 1000, 'linear'));
}
