import type { NodeMessage } from './onnx-messages';

/** Operations that PyTorch writes between modules rather than as one: they get the name of the module around them. */
const betweenModules = new Set([
  'Add',
  'Sub',
  'Mul',
  'Div',
  'Concat',
  'Transpose',
  'Reshape',
  'Slice',
  'Split',
  'Gather',
  'Pad',
  'ReduceMean',
  'Resize',
]);

const weighted = new Set(['Conv', 'ConvTranspose', 'Gemm', 'MatMul', 'BatchNormalization']);

/**
 * What people call the layer a node computes: the module it comes from, "layer1.0.conv1", where its weight or the
 * exporter's notes tell; else the name of the node, else that of its output.
 * @param isWeight whether a name is that of a tensor of the file which only this node reads
 */
export function layerName(node: NodeMessage, isWeight: (name: string) => boolean): string {
  const weight = node.inputs[1] ?? '';
  if (weighted.has(node.operator) && isWeight(weight) && weight.endsWith('.weight')) {
    return weight.slice(0, -'.weight'.length);
  }
  return scopeName(node) ?? pathName(node) ?? (node.name || node.outputs[0] || node.operator);
}

/** From the notes of PyTorch's exporter: `['', 'layer1', 'layer1.0', 'layer1.0.relu', 'relu_1']`. */
function scopeName({ notes, operator }: NodeMessage): string | null {
  const list = (key: string) =>
    Array.from((notes.get(`pkg.torch.onnx.${key}`) ?? '').matchAll(/'([^']*)'/g), ([, part]) => part);
  const scope = list('name_scopes').at(-2);
  if (!scope) return null;
  const isModule = list('class_hierarchy').at(-2)?.startsWith('torch.nn.modules.');
  return isModule ? scope : `${scope}.${operator.toLowerCase()}`;
}

/** From the paths PyTorch's older exporter writes: "/layer1/layer1.0/relu/Relu". */
function pathName({ name, operator }: NodeMessage): string | null {
  if (!name.startsWith('/')) return null;
  const modules: string[] = [];
  for (const part of name.split('/').slice(1, -1)) {
    // "layer1.0" inside of "layer1" repeats its name.
    if (part.startsWith(`${modules.at(-1)}.`)) modules.pop();
    modules.push(part);
  }
  if (modules.length === 0) return null;
  if (betweenModules.has(operator)) modules.push(operator.toLowerCase());
  return modules.join('.');
}
