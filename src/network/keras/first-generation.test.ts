import { describe, expect, it } from 'vitest';
import { fromFirstGeneration } from './first-generation';

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
