// node tools/coverage/graph-model-referee.mjs TENSORFLOW_JS MODEL.json: what TensorFlow.js computes of a picture of values from 0 to 1 or of bytes,
// and the gradient of the sum of its outputs towards it; null where it has none. Written for graph-models.ts.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [folder, file] = process.argv.slice(2);
const tf = createRequire(path.join(path.resolve(folder), 'package.json'))('@tensorflow/tfjs');
await tf.setBackend('cpu');

const json = JSON.parse(readFileSync(file, 'utf8'));
const groups = json.weightsManifest;
const parts = groups.flatMap(({ paths }) =>
  paths.map((part) => readFileSync(path.join(path.dirname(file), part))),
);
const model = await tf.loadGraphModel({
  load: async () => ({
    ...{ modelTopology: json.modelTopology, signature: json.signature },
    weightSpecs: groups.flatMap(({ weights }) => weights),
    weightData: Uint8Array.from(Buffer.concat(parts)).buffer,
  }),
});

const sizes = model.inputs[0].shape.map((size) => (size > 0 ? size : 224));
const isColour = (size) => size === 1 || size === 3;
const isFirst = isColour(sizes[1]) && !isColour(sizes[3]);
const shape = isFirst ? [1, sizes[2], sizes[3], sizes[1]] : [1, ...sizes.slice(1)];
const length = shape.reduce((product, size) => product * size, 1);
const isInteger = model.inputs[0].dtype === 'int32';
const picture = tf.tensor(
  Float32Array.from({ length }, (_, i) => (isInteger ? (i * 7919) % 251 : ((i * 7919) % 1000) / 1000)),
  shape,
);
const read = (x) => {
  const laid = isFirst ? tf.transpose(x, [0, 3, 1, 2]) : x;
  return isInteger ? tf.cast(laid, 'int32') : laid;
};
const names = model.outputs.map(({ name }) => name);
const results = [model.execute(read(picture), names)].flat();
const outputs = await Promise.all(results.map(async (each) => Array.from(await each.data())));
const fractions = names.filter((_, i) => results[i].dtype === 'float32');
let gradient = null;
try {
  const slope = tf.grad((x) =>
    [model.execute(read(x), fractions)]
      .flat()
      .map((each) => tf.sum(each))
      .reduce((a, b) => tf.add(a, b)),
  );
  gradient = Array.from(await slope(picture).data());
} catch (error) {
  console.error(String(error).slice(0, 300));
}
process.stdout.write(JSON.stringify({ outputs, gradient }));
