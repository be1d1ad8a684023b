import type { OperationNode } from './graph-def';

/** Operations that are named by the weight they read: the converter calls a joined one after what came last. */
const weighted = new Set([
  'Conv2D',
  'FusedConv2D',
  '_FusedConv2D',
  'DepthwiseConv2dNative',
  'FusedDepthwiseConv2dNative',
  'MatMul',
  '_FusedMatMul',
  'FusedMatMul',
]);

/** What people call the layers, by the nodes' own names: "conv1" of "StatefulPartitionedCall/model/conv1/Conv2D". */
export function layerNames(nodes: readonly OperationNode[]): Map<string, string> {
  const computing = nodes.filter(({ op }) => op !== 'Const' && op !== 'Placeholder' && op !== 'Identity');
  const paths = computing.map((node) =>
    (weighted.has(node.op) ? (node.inputs[1] ?? node.name) : node.name).split('/'),
  );
  let common = 0;
  while (paths.every((path) => path.length > common + 2 && path[common] === paths[0][common])) common++;
  return new Map(
    computing.map(({ name }, i) => {
      const path = paths[i].slice(common);
      // What is left at the end is the operation, or the weight of it: "Conv2D", "Conv2D_weights", "Conv2D/ReadVariableOp".
      const scope = path.at(-1) === 'ReadVariableOp' ? path.slice(0, -2) : path.slice(0, -1);
      return [name, scope.length > 0 ? scope.join('/') : path.join('/')];
    }),
  );
}
