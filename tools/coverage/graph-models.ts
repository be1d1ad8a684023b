/*
 * npx tsx tools/coverage/graph-models.ts TENSORFLOW_JS MODEL.json...: holds graph models against TensorFlow.js' own execution of them.
 * TENSORFLOW_JS is a folder in which `npm install @tensorflow/tfjs` has been run; a model's weights lie beside its model.json.
 * Prints a line a model: the largest difference of each of its outputs, as part of its largest number, and the gradient of
 * their sum towards the picture likewise, where TensorFlow.js has one; or the sentence that refuses it.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { startBackend } from '../../src/engine/engine-testing';
import { type ModelFile, modelGraph, weightPaths } from '../../src/network/layers-model';
import { type Graph, inTopologicalOrder, type Weight } from '../../src/network/network-graph';
import { createOperation, type OperationSpec } from '../../src/network/ops';
import { splitActivations } from '../../src/network/optimise';
import { isWeight } from '../../src/network/weights';
import { compileAssembly } from '../assembly.mjs';

const [folder, ...models] = process.argv.slice(2);

interface Numbers {
  outputs: number[][];
  gradient: number[] | null;
}

/** The picture: values from 0 to 1, or bytes. */
const valuesOf = (size: number, isInteger: boolean) =>
  Float32Array.from({ length: size }, (_, i) => (isInteger ? (i * 7919) % 251 : ((i * 7919) % 1000) / 1000));

/** What TensorFlow.js makes of it, in a process of its own: two cores in one would share their kernels. */
function refereed(file: string): Numbers {
  const script = path.join(import.meta.dirname, 'graph-model-referee.mjs');
  const done = spawnSync(process.execPath, [script, folder, file], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (done.status !== 0) throw new Error(`TensorFlow.js itself fails: ${done.stderr.slice(-400)}`);
  return JSON.parse(done.stdout.slice(done.stdout.indexOf('{"outputs"')));
}

/** A network's operations, one after the other, and back. */
async function ours(graph: Graph, shape: readonly number[]): Promise<Numbers> {
  const uploaded = (weight: Weight) => tf.tensor(Float32Array.from(weight.read()), [...weight.shape]);
  const spec = (given: object): object =>
    Object.fromEntries(
      Object.entries(given).map(([key, value]) => [
        key,
        isWeight(value) ? uploaded(value) : key === 'activation' ? spec(value) : value,
      ]),
    );
  const values = new Map<string, tf.Tensor>();
  const numbersOfPicture = valuesOf(
    shape.reduce((product, size) => product * size, 1),
    graph.input.integers !== undefined,
  );
  const input = tf.tensor(numbersOfPicture, [1, ...shape]);
  values.set(graph.input.name, input);
  const done: { name: string; inputs: readonly string[]; operation: ReturnType<typeof createOperation> }[] =
    [];
  for (const output of graph.outputs) {
    if (values.has(output)) continue;
    const nodes = inTopologicalOrder(graph, output).map((node) => ({ ...node, parts: [] }));
    // As the page computes it: what a gradient needs stands in a node of its own.
    for (const node of splitActivations({ nodes, output }).nodes) {
      if (values.has(node.name)) continue;
      const operation = createOperation(spec(node.spec) as OperationSpec<tf.Tensor>);
      values.set(node.name, operation.forward(node.inputs.map((name) => values.get(name) as tf.Tensor)));
      done.push({ name: node.name, inputs: node.inputs, operation });
    }
  }
  const slopes = new Map<string, tf.Tensor>();
  const add = (name: string, part: tf.Tensor) => {
    const before = slopes.get(name);
    slopes.set(name, before ? tf.add(before, part) : part);
  };
  for (const output of graph.outputs) add(output, tf.onesLike(values.get(output) as tf.Tensor));
  for (const { name, inputs, operation } of done.reverse()) {
    const slope = slopes.get(name);
    if (!slope) continue;
    const read = inputs.map((each) => values.get(each) as tf.Tensor);
    operation.backward(slope, read, values.get(name) as tf.Tensor).forEach((part, i) => {
      add(inputs[i], part);
    });
  }
  const numbers = async (tensor: tf.Tensor) => Array.from(await tensor.data());
  return {
    outputs: await Promise.all(graph.outputs.map((name) => numbers(values.get(name) as tf.Tensor))),
    gradient: await numbers(slopes.get(graph.input.name) as tf.Tensor),
  };
}

function distance(actual: readonly number[], expected: readonly number[]): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
  return expected.reduce((worst, value, i) => Math.max(worst, Math.abs(value - actual[i])), 0) / scale;
}

async function row(file: string): Promise<string> {
  const json: ModelFile = JSON.parse(readFileSync(file, 'utf8'));
  const bytes = Buffer.concat(
    weightPaths(json).map((part) => readFileSync(path.join(path.dirname(file), part))),
  );
  try {
    const graph = await modelGraph(json, Uint8Array.from(bytes).buffer);
    const shape = graph.input.shape.map(Number);
    const found = await ours(graph, shape);
    const expected = refereed(file);
    const far = expected.outputs.map((each, i) => distance(found.outputs[i], each).toExponential(1));
    const slope =
      expected.gradient && found.gradient
        ? distance(found.gradient, expected.gradient).toExponential(1)
        : 'none';
    return `outputs ${far.join(' ')}, gradient ${slope}`;
  } catch (error) {
    return process.env.WHY ? String((error as Error).stack) : (error as Error).message;
  }
}

await compileAssembly();
await startBackend(process.env.SUPERSIGN_BACKEND === 'cpu' ? 'cpu' : 'wasm');
for (const file of models) console.log(`${path.basename(file)}: ${await row(file)}`);
