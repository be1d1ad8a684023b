import { checkedWeights } from '../architecture/architecture-graph';
import type { NamedWeight } from '../architecture/named-weight';
import {
  batchNormalisation,
  IMAGE,
  type Layer,
  LOGITS,
  layoutOf,
  weightShapesOf,
} from '../architecture/parameter-layout';
import { joined } from './layers-model-files';
import { type Fields, floatField, message } from './protobuf-writer';
import { metadataOf, type TrainedNetwork } from './trained-network';

/** ONNX's own version of files, and of its operators. */
const [IR_VERSION, OPSET] = [8, 17];
/** Numbers of ONNX's onnx.proto: a tensor of float32; kinds of attributes. */
const FLOAT = 1;
const kindOf = { float: 1, integer: 2, text: 3, integers: 7 } as const;

const PROBABILITIES = 'probabilities';

/**
 * A trained network as an ONNX file: it reads `image`, [n, 3, side, side], and yields `logits` and `probabilities`, [n, classes];
 * channels come first, as is usual there. Labels, scaling, data and recipe lie in its metadata.
 * Source: onnx.proto and Operators.md of ONNX.
 * @throws ArchitectureError where the architecture cannot be built, or a weight is missing or of another shape
 */
export function onnxFile(network: TrainedNetwork): Uint8Array<ArrayBuffer> {
  const { architecture, weights, labels } = network;
  const layout = layoutOf(architecture);
  const byName = checkedWeights(weightShapesOf(layout), weights);
  const parts = layout.layers.map((layer) => partOf(layer, byName));
  const graph = message([
    ...parts.flatMap(({ nodes }) => nodes.map((node) => [1, node] as const)),
    [1, nodeOf('Softmax', [LOGITS], PROBABILITIES, [integer('axis', -1)])],
    [2, network.title],
    ...parts.flatMap(({ tensors }) => tensors.map((tensor) => [5, tensor] as const)),
    [11, valueInfo(IMAGE, [3, architecture.side, architecture.side])],
    [12, valueInfo(PROBABILITIES, [labels.length])],
    [12, valueInfo(LOGITS, [labels.length])],
  ]);
  const notes = Object.entries(metadataOf(network)).map(([key, value]) =>
    message([
      [1, key],
      [2, typeof value === 'string' ? value : JSON.stringify(value)],
    ]),
  );
  return message([
    [1, IR_VERSION],
    [2, 'Supersign'],
    [7, graph],
    [8, message([[2, OPSET]])],
    ...notes.map((note) => [14, note] as const),
  ]);
}

/** What a layer becomes. */
interface Part {
  nodes: Uint8Array[];
  tensors: Uint8Array[];
}

function partOf(layer: Layer, weights: ReadonlyMap<string, NamedWeight>): Part {
  const { name, inputs } = layer;
  const tensors: Uint8Array[] = [];
  const weight = (role: string): string | null => {
    const shape = layer.weights.find((each) => each.role === role);
    if (!shape) return null;
    const values = weights.get(shape.name) as NamedWeight;
    const isFilter = role === 'filter' || role === 'depthwise';
    tensors.push(tensor(shape.name, isFilter ? channelsFirst(values, role === 'depthwise') : values));
    return shape.name;
  };
  const named = (...roles: string[]) => roles.flatMap((role) => weight(role) ?? []);
  const one = (type: string, from: readonly string[], attributes: readonly Uint8Array[] = []): Part => ({
    nodes: [nodeOf(type, from, name, attributes)],
    tensors,
  });
  switch (layer.kind) {
    case 'convolution':
    case 'depthwise':
      return one(
        'Conv',
        [...inputs, ...named('filter', 'depthwise', 'bias')],
        [
          integers('kernel_shape', [layer.size, layer.size]),
          integers('strides', [layer.stride, layer.stride]),
          // At stride 2 and an even size the odd row of zeros lies below and to the right.
          text('auto_pad', layer.padding === 'same' ? 'SAME_UPPER' : 'VALID'),
          integer('group', layer.kind === 'depthwise' ? layer.shape[2] : 1),
        ],
      );
    case 'normalisation':
      return one(
        'BatchNormalization',
        [...inputs, ...named('scale', 'offset', 'mean', 'variance')],
        [float('epsilon', batchNormalisation.epsilon)],
      );
    case 'activation':
      return one(layer.by === 'relu' ? 'Relu' : 'Tanh', inputs);
    case 'pooling':
      return one(layer.by === 'max' ? 'MaxPool' : 'AveragePool', inputs, [
        integers('kernel_shape', [2, 2]),
        integers('strides', [2, 2]),
      ]);
    case 'addition':
      return one('Add', inputs);
    case 'join':
      return joinOf(layer);
    case 'dropout':
      return one('Identity', inputs);
    case 'dense':
      return one('Gemm', [...inputs, ...named('matrix', 'bias')]);
  }
}

/** To a vector; where all numbers are joined, in the order of rows, columns, channels that the next matrix has them in. */
function joinOf({ name, inputs, by }: Extract<Layer, { kind: 'join' }>): Part {
  const before = `${name}_maps`;
  const maps =
    by === 'average'
      ? nodeOf('GlobalAveragePool', inputs, before)
      : nodeOf('Transpose', inputs, before, [integers('perm', [0, 2, 3, 1])]);
  return { nodes: [maps, nodeOf('Flatten', [before], name, [integer('axis', 1)])], tensors: [] };
}

const nodeOf = (
  type: string,
  inputs: readonly string[],
  output: string,
  attributes: readonly Uint8Array[] = [],
): Uint8Array =>
  message([
    ...inputs.map((input) => [1, input] as const),
    [2, output],
    [3, output],
    [4, type],
    ...attributes.map((attribute) => [5, attribute] as const),
  ]);

const attribute = (name: string, kind: number, fields: Fields) => message([[1, name], ...fields, [20, kind]]);
const integer = (name: string, value: number) => attribute(name, kindOf.integer, [[3, value]]);
const text = (name: string, value: string) => attribute(name, kindOf.text, [[4, value]]);
const integers = (name: string, values: readonly number[]) =>
  attribute(
    name,
    kindOf.integers,
    values.map((value) => [8, value]),
  );

/** The one number in them that is no varint. */
function float(name: string, value: number): Uint8Array {
  const [head, field] = [attribute(name, kindOf.float, []), floatField(2, value)];
  const whole = new Uint8Array(head.length + field.length);
  whole.set(head);
  whole.set(field, head.length);
  return whole;
}

const tensor = (name: string, { shape, values }: Pick<NamedWeight, 'shape' | 'values'>): Uint8Array =>
  message([...shape.map((length) => [1, length] as const), [2, FLOAT], [8, name], [9, joined([values])]]);

/** [kh, kw, c_in, c_out] as [c_out, c_in, kh, kw], and [kh, kw, c, 1] as [c, 1, kh, kw]. */
function channelsFirst(
  { shape, values }: NamedWeight,
  isDepthwise: boolean,
): Pick<NamedWeight, 'shape' | 'values'> {
  const [rows, columns, from, to] = shape;
  const [outputs, inputs] = isDepthwise ? [from, 1] : [to, from];
  const turned = new Float32Array(values.length);
  const places = rows * columns;
  for (let place = 0; place < places; place++) {
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) {
        turned[(o * inputs + i) * places + place] = values[(place * inputs + i) * outputs + o];
      }
    }
  }
  return { shape: [outputs, inputs, rows, columns], values: turned };
}

/** Of any number of pictures. */
const valueInfo = (name: string, shape: readonly number[]): Uint8Array => {
  const dimensions = [message([[2, 'n']]), ...shape.map((length) => message([[1, length]]))];
  const tensorType = message([
    [1, FLOAT],
    [2, message(dimensions.map((dimension) => [1, dimension]))],
  ]);
  return message([
    [1, name],
    [2, message([[1, tensorType]])],
  ]);
};
