import { NetworkError } from '../network-errors';
import { sizeOf } from '../ops/operation';
import type { FixedBatch } from './batch/fixed-batch';
import { Call, type Sheet, type Value } from './onnx-importer';
import type { NodeMessage } from './onnx-messages';
import { constantOperators, microsoft, operators } from './operators';
import { localResponseStep } from './operators/local-response';
import type { Operator } from './operators/operator';
import { isCount } from './operators/whole-arithmetic';
import { openEnded } from './suppression';
import { type Constant, constantOf } from './tensor';

/** Numbers of a constant that is computed at once. */
const LONGEST_SETTLED = 1024;

/** Where operations are written, and how they are counted. */
export interface Written {
  readonly opset: number;
  readonly sheet: Sheet;
  /** Pictures that the file reads at once, where it is more than one. */
  readonly batch: FixedBatch | null;
}

/**
 * What one operation makes of values that are known: constants at once, all else as nodes on the sheet.
 * @param name what people call the layer
 * @throws NetworkError where it is not read
 */
export function evaluated(
  node: NodeMessage,
  name: string,
  inputs: readonly (Value | null)[],
  { opset, sheet, batch }: Written,
): readonly Value[] {
  const isFixed = inputs.every((input) => !input || input.kind === 'constant');
  const operator = operatorOf(node, isFixed);
  if (!operator) {
    const domain = node.domain && node.domain !== 'ai.onnx' ? ` of ${node.domain}` : '';
    const instead = openEnded.has(node.operator)
      ? ' It yields as much as it finds in a picture, which nothing can be explained of. Export the boxes and class scores of a detector as they are before it chooses among them.'
      : '';
    throw new NetworkError(
      sheet.isGraphModel
        ? `Layer "${name}" is the operation ${node.operator} (graph model) of results of the picture, which is not read here.`
        : `Layer "${name}" is the operation ${node.operator}${domain} (ONNX opset ${opset}), which is not read here.${instead}`,
    );
  }
  const callOf = (given: readonly (Value | null)[]) => new Call(node, name, opset, given, sheet);
  const one = batch?.forOne(node, inputs, opset, (what) => callOf(inputs).problem(what));
  const read = one?.inputs ?? inputs;
  const call = callOf(movedAsTheyAre(node, read));
  const result = localResponseStep(call) ?? operator(call);
  call.assertAllRead();
  const results = ('kind' in result ? [result] : result).map((value) =>
    value.kind === 'constant' ? sheet.keep(settled(value), read) : asGiven(node, read, value),
  );
  return one ? one.placed(results) : results;
}

/** Operations that move numbers or choose among them, and make no new ones. */
const movers = new Set([
  ...[
    'Identity',
    'Reshape',
    'Flatten',
    'Squeeze',
    'Unsqueeze',
    'Transpose',
    'Slice',
    'Split',
    'Gather',
    'Expand',
    'Tile',
  ],
  ...['GatherElements', 'GatherND', 'DepthToSpace', 'SpaceToDepth', 'MaxPool'],
]);

/** Whole numbers of a few bits are moved in their own units. */
const movedAsTheyAre = ({ operator }: NodeMessage, inputs: readonly (Value | null)[]) => {
  const [first, ...others] = inputs;
  return first?.kind === 'quantised' && movers.has(operator) ? [first.of, ...others] : [...inputs];
};

/** Of whole numbers whole numbers are made. */
const makesAlike = new Set([
  ...movers,
  'Concat',
  'Add',
  'Sub',
  'Mul',
  'Div',
  'Mod',
  'Max',
  'Min',
  'Abs',
  'Neg',
  'Sign',
  'Sum',
  'Pow',
  'Clip',
  'CumSum',
  'ReduceSum',
  'ReduceMax',
  'ReduceMin',
]);

/** Of whole numbers in a type for fractions such numbers are made. */
const keepsCounts = new Set([...movers, 'Concat', 'Add', 'Sub', 'Mul', 'Max', 'Min', 'Abs', 'Neg']);

/** A result as its inputs are: of a few bits, or places. */
function asGiven({ operator, domain }: NodeMessage, inputs: readonly (Value | null)[], value: Value): Value {
  const [first] = inputs;
  if (value.kind !== 'activation' || domain !== '') return value;
  if (first?.kind === 'quantised' && movers.has(operator)) {
    const { scale, zero } = first;
    return { kind: 'quantised', of: value, shape: value.shape, scale, zero };
  }
  if (!makesAlike.has(operator)) return value;
  // Of what is only moved the first input counts; a constant is of the type of what stands beside it.
  const read = inputs.slice(0, movers.has(operator) ? 1 : undefined);
  const drawn = read.filter((input) => input?.kind === 'activation');
  if (drawn.length > 0 && drawn.every(({ isPlace, isInteger }) => isPlace || isInteger)) {
    return { ...value, isPlace: true };
  }
  return keepsCounts.has(operator) && read.every(isCount) ? { ...value, isCount: true } : value;
}

/** Short results are computed at once, so that what is computed from them does not compute them again. */
function settled(constant: Constant): Constant {
  if (constant.held !== undefined || sizeOf(constant.shape) > LONGEST_SETTLED) return constant;
  const { shape, isInteger, name, range } = constant;
  return { ...constantOf(shape, Array.from(constant.read()), isInteger), name, ...(range ? { range } : {}) };
}

function operatorOf({ operator, domain }: NodeMessage, isFixed: boolean): Operator | null {
  if (domain === 'com.microsoft') return Object.hasOwn(microsoft, operator) ? microsoft[operator] : null;
  if (domain !== '' && domain !== 'ai.onnx') return null;
  // What has no way of its own without a picture is computed as if it had one.
  const tables = isFixed ? [constantOperators, operators] : [operators];
  const table = tables.find((each) => Object.hasOwn(each, operator));
  return table ? table[operator] : null;
}
