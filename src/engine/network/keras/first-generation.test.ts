import { describe, expect, it } from 'vitest';
import { fromFirstGeneration } from './first-generation';
import { asLayer } from './operations';

const translated = (className: string, config: object) =>
  fromFirstGeneration({ class_name: className, config }) as { class_name: string; config: object };

describe('layers of Keras 1', () => {
  it('whose merge is code are not taken for another', () => {
    expect(translated('Merge', { name: 'm', mode: 'concat', concat_axis: 3 })).toEqual({
      class_name: 'Concatenate',
      config: { name: 'm', mode: 'concat', axis: 3 },
    });
    expect(translated('Merge', { name: 'm', mode: 'cos' }).class_name).toBe('Lambda');
    expect(translated('Merge', { name: 'm', mode: 'toString' }).class_name).toBe('Lambda');
  });
  it('that normalise otherwise are named', () => {
    expect(() => translated('BatchNormalization', { name: 'bn', mode: 2 })).toThrow(
      'Layer "bn" (BatchNormalization) has mode 2',
    );
  });
  it('that work channels first say so in the words of Keras 2', () => {
    expect(translated('Convolution2D', { nb_row: 3, nb_col: 5, dim_ordering: 'th' }).config).toMatchObject({
      kernel_size: [3, 5],
      data_format: 'channels_first',
    });
  });
});

describe('functions called beside layers', () => {
  const called = (className: string, ...args: unknown[]) =>
    asLayer(
      { module: 'keras.src.ops.numpy', inbound_nodes: [{ args, kwargs: {} }] },
      { className, config: { name: 'f' } },
    );
  const tensor = { class_name: '__keras_tensor__', config: {} };
  const rescaled = (scale: number, offset: number) => ({
    className: 'Rescaling',
    config: { name: 'f', scale, offset },
  });
  it('with a number are a rescaling', () => {
    expect(called('Add', tensor, 3)).toEqual(rescaled(1, 3));
    expect(called('Add', 3, tensor)).toEqual(rescaled(1, 3));
    expect(called('Subtract', tensor, 3)).toEqual(rescaled(1, -3));
    expect(called('Subtract', 3, tensor)).toEqual(rescaled(-1, 3));
    expect(called('Multiply', tensor, 4)).toEqual(rescaled(4, 0));
    expect(called('TrueDivide', tensor, 4)).toEqual(rescaled(0.25, 0));
  });
  it('with tensors are the layer of that name, others none', () => {
    expect(called('Add', tensor, tensor).className).toBe('Add');
    expect(called('Maximum', tensor, 0).className).toBe('keras.ops Maximum');
    expect(called('Average', tensor).className).toBe('keras.ops Average');
    expect(called('TrueDivide', 4, tensor).className).toBe('keras.ops TrueDivide');
  });
});
