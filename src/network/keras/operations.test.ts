import { describe, expect, it } from 'vitest';
import { StoredTensors } from '../stored-tensors';
import { weightsOf } from '../weights';
import { type Call, callOf } from './calls';
import { LayerConfig } from './layer-config';
import { functionCall, translateFunction } from './operations';
import { stepsOf } from './steps';

const tensors = new StoredTensors(new Map());
const weights = { tensors, find: () => null, namesOf: () => [] };
const tensor = { class_name: '__keras_tensor__', config: { keras_history: ['x', 0, 0] } };

/** What a function is read as on a map; weights are shown by their numbers. */
function read(className: string, config: object, call: Call, rank = 3) {
  const found = functionCall(className, { name: 'f', ...config }, call);
  const layer = new LayerConfig(found.className, ['f'], 3, rank, found.config, weights);
  const steps = stepsOf(translateFunction(layer, found.operands));
  layer.assertAllKnown();
  const { each, joined } =
    'joined' in steps ? steps : { each: [], joined: steps.parts.map(({ spec }) => spec) };
  const shown = (spec: object) =>
    Object.fromEntries(
      Object.entries(spec).map(([key, value]) => [
        key,
        value && weightsOf({ value }).length > 0 ? [...weightsOf({ value })[0].read()] : value,
      ]),
    );
  return [...[each].flat(2).map(shown), ...joined.map(shown)];
}

const called = (className: string, args: unknown[], config: object = {}) =>
  read(className, config, callOf({ args, kwargs: {} }));

const affine = (scale: number[] | null, shift: number[] | null) => ({ type: 'affine', scale, shift });
const activation = (name: string, numbers: object = {}) => ({
  type: 'activation',
  activation: { name, ...numbers },
});

describe('functions of a tensor and a constant', () => {
  it.each([
    ['Add', [tensor, 3], [affine(null, [3])]],
    ['Add', [3, tensor], [affine(null, [3])]],
    ['Subtract', [tensor, 3], [affine(null, [-3])]],
    ['Subtract', [3, tensor], [affine([-1], [3])]],
    ['Multiply', [tensor, 4], [affine([4], null)]],
    ['TrueDivide', [tensor, 4], [affine([0.25], null)]],
    ['TrueDivide', [4, tensor], [activation('reciprocal'), affine([4], null)]],
    ['Maximum', [tensor, 0], [activation('relu')]],
    ['Maximum', [0.5, tensor], [activation('clip', { minimum: 0.5, maximum: 3e38 })]],
    ['Minimum', [tensor, 2], [activation('clip', { minimum: -3e38, maximum: 2 })]],
    ['Power', [tensor, 3], [activation('power', { exponent: 3 })]],
    ['Power', [1, tensor], [affine([0], null), activation('exponential')]],
    [
      'Add',
      [tensor, { class_name: '__numpy__', config: { value: [[[[1, 2]]]], dtype: 'float32' } }],
      [affine(null, [1, 2])],
    ],
  ])('%s of %j', (className, args, expected) => {
    expect(called(className, args)).toEqual(expected);
  });

  it('TensorFlow’s, as Keras 2 writes them, are the same', () => {
    const byTensorFlow = (name: string, node: unknown) =>
      read('TFOpLambda', { function: name }, callOf(node));
    expect(byTensorFlow('math.subtract', ['_CONSTANT_VALUE', -1, 1, { y: ['x', 0, 0] }])).toEqual([
      affine([-1], [1]),
    ]);
    expect(byTensorFlow('math.truediv', ['x', 0, 0, { y: [2, 4], name: null }])).toEqual([
      affine([0.5, 0.25], null),
    ]);
    expect(byTensorFlow('nn.gelu', ['x', 0, 0, {}])).toEqual([activation('gelu')]);
    expect(byTensorFlow('math.add', ['x', 0, 0, { y: ['z', 0, 0] }])).toEqual([{ type: 'merge', by: 'add' }]);
  });

  it.each([
    ['Add', [tensor], 'is given a single operand instead of two'],
    ['Add', [tensor, 'text'], 'computes with "text", which is neither a tensor nor numbers'],
    ['Maximum', [tensor, [1, 2]], 'takes the larger or smaller of a tensor and an array'],
    ['Power', [tensor, tensor], 'takes the power of two tensors'],
    ['Multiply', [tensor, [[[[[2]]], [[[3]]]]]], 'has other numbers a picture'],
    ['Matmul', [tensor, [1, 2]], 'multiplies a tensor with constants'],
    ['SomethingNew', [tensor], 'is a function that cannot be read'],
    ['toString', [tensor], 'is a function that cannot be read'],
    ['Relu', [tensor, 3], 'is given 2 operands, of which one, a tensor, can be read'],
  ])('%s of %j is refused', (className, args, sentence) => {
    expect(() => called(className, args)).toThrow(sentence);
    expect(() => called(className, args)).toThrow(/^Layer "f"/);
  });

  it('an argument that is not known is an error', () => {
    expect(() => called('Mean', [tensor], { axis: 1, where: 'x' })).toThrow(
      'Layer "f" (Mean) has the argument "where" with the value "x"',
    );
    expect(() => called('Mean', [tensor], { axis: 0 })).toThrow('pictures of a batch are not mixed');
    expect(() => called('Mean', [tensor], { axis: null })).toThrow('mixes the pictures of a batch');
  });
});

describe('parts of a tensor', () => {
  const slice = (start: number | null, stop: number | null, step: number | null) => ({
    class_name: '__slice__',
    config: { start, stop, step },
  });
  const whole = slice(null, null, null);
  const ellipsis = { class_name: '__ellipsis__', config: {} };
  it.each([
    [
      [ellipsis, slice(null, null, -1)],
      [{ type: 'slice', begin: [0, 0, 0], end: [null, null, null], steps: [1, 1, -1] }],
    ],
    [[whole, slice(1, -1, null)], [{ type: 'slice', begin: [1, 0, 0], end: [-1, null, null] }]],
    [
      [ellipsis, -1],
      [
        { type: 'slice', begin: [0, 0, -1], end: [null, null, null] },
        { type: 'axes', removed: [2], inserted: [] },
      ],
    ],
    [[whole, null, ellipsis, null], [{ type: 'axes', removed: [], inserted: [0, 4] }]],
    [[whole, whole], [{ type: 'identity' }]],
  ])('%j', (key, expected) => {
    expect(called('GetItem', [tensor, key])).toEqual(expected);
  });
  it.each([
    [[0], 'takes some pictures of a batch only'],
    [[slice(0, 1, null)], 'takes some pictures of a batch only'],
    [[null, whole], 'takes some pictures of a batch only'],
    [[whole, whole, whole, whole, whole], 'which cannot be read'],
    [[whole, slice(5, null, -1)], 'which cannot be read'],
    [[whole, 'a'], 'which cannot be read'],
    [[ellipsis, ellipsis], 'which cannot be read'],
  ])('%j is refused', (key, sentence) => {
    expect(() => called('GetItem', [tensor, key])).toThrow(sentence);
  });
});
