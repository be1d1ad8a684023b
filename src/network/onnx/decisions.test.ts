import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../build';
import { bytesInMemory } from '../files/stored-bytes';
import { predict } from '../run-network';
import { assertForAnyProcessor } from './kinds';
import { onnxGraph } from './onnx-graph';
import { type NodeMessage, readModel } from './onnx-messages';
import { distance, fixtureText, picture } from './onnx-testing';

const { 'FusedConv, Clip': written }: Record<string, { onnx: string; logits: number[] }> = JSON.parse(
  fixtureText('fused.json'),
);

const node = (operator: string, inputs: string[], outputs: string[], domain = ''): NodeMessage => ({
  ...{ name: operator, operator, domain, inputs, outputs },
  ...{ attributes: new Map(), notes: new Map() },
});

/** The same with the axis that is asked for. */
const along = (given: NodeMessage, axis: number): NodeMessage => ({
  ...given,
  attributes: new Map([
    [
      'axis',
      {
        ...{ float: null, int: axis, text: null, tensor: null, graph: null },
        ...{ floats: [], ints: [], texts: [], isOther: false },
      },
    ],
  ]),
});

beforeAll(() => startBackend('wasm'));

it('of a network that ends in the class of the highest number, what it chooses from is explained', async () => {
  const model = readModel(bytesInMemory(Uint8Array.from(Buffer.from(written.onnx, 'base64'))));
  const [output] = model.graph.outputs;
  const decided = {
    ...model,
    graph: {
      ...model.graph,
      nodes: [...model.graph.nodes, along(node('ArgMax', [output.name], ['class']), 1)],
      outputs: [{ ...output, name: 'class' }],
    },
  };
  const network = buildNetwork(onnxGraph(decided, () => bytesInMemory(new Uint8Array())));
  const x = picture(network.inputShape[0]);
  expect(distance(await predict(network, x, async () => {}), written.logits)).toBeLessThan(1e-4);
  x.dispose();
  network.dispose();
});

it('of a detector with its own non-maximum suppression, the boxes that it chooses from are explained', () => {
  const model = readModel(
    bytesInMemory(Uint8Array.from(readFileSync(`${import.meta.dirname}/../targets/fixtures/yolo8.onnx`))),
  );
  const [output] = model.graph.outputs;
  const suppressing = [
    node('Transpose', [output.name], ['things']),
    node('NonMaxSuppression', ['things', 'things'], ['kept']),
    node('NonZero', ['kept'], ['places']),
  ];
  const graph = (nodes: NodeMessage[], name: string) =>
    onnxGraph(
      {
        ...model,
        graph: { ...model.graph, nodes: [...model.graph.nodes, ...nodes], outputs: [{ ...output, name }] },
      },
      () => bytesInMemory(new Uint8Array()),
    );
  const given = graph([], output.name);
  const found = graph(suppressing, 'places');
  expect(found.nodes.length).toBeGreaterThanOrEqual(given.nodes.length);
  const network = buildNetwork(found, { names: 5 });
  expect(network.reading).toMatchObject({ kind: 'boxes', what: '64 boxes of 5 classes' });
  network.dispose();
});

it('a network that was laid out for one kind of processor is refused with what to save instead', () => {
  const nodes = [node('Conv', ['a', 'b'], ['c'], 'com.microsoft.nchwc')];
  expect(() => assertForAnyProcessor(nodes)).toThrow(/ORT_ENABLE_EXTENDED/);
  expect(() => assertForAnyProcessor([node('Conv', ['a', 'b'], ['c'])])).not.toThrow();
});
