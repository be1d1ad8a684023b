import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../build';
import { filesOfBlobs } from '../files/network-files';
import { extractHdf5 } from '../hdf5/extract-hdf5';
import type { ExtractHdf5, Hdf5Contents } from '../hdf5/hdf5-contents';
import type { ModelFile } from '../layers-model';
import { NetworkError } from '../network-errors';
import { isForTraining } from '../stored-tensors';
import { readLayersModel } from '../testing/layers-at-once';
import { readKerasFile } from './keras-files';

const folders = ['fixtures', '../fixtures', '../scaling/fixtures'];
const files = folders.flatMap((folder) =>
  readdirSync(path.join(import.meta.dirname, folder))
    .filter((name) => /\.(keras|h5)$/.test(name))
    .map((name) => `${folder}/${name}`),
);

/** What is in a file, got out of it once: every one of its tensors is changed in turn. */
const extracted = new Map<string, Promise<Hdf5Contents>>();

/** What the page says of a file one of whose tensors was changed; null where it reads it. */
async function answerTo(file: string, change: (contents: Hdf5Contents) => void): Promise<string | null> {
  const bytes = Uint8Array.from(readFileSync(path.join(import.meta.dirname, file)));
  const extract: ExtractHdf5 = async (request) => {
    if (!extracted.has(file)) extracted.set(file, extractHdf5(request));
    const whole = await (extracted.get(file) as Promise<Hdf5Contents>);
    const contents = { ...whole, values: whole.values.slice() };
    change(contents);
    return contents;
  };
  const options = { signal: new AbortController().signal, onBytes() {} };
  try {
    const given = filesOfBlobs([{ path: file, blob: new Blob([bytes]) }], file);
    const { graph } = await readKerasFile(given, options, extract);
    for (const output of graph.outputs) buildNetwork(graph, { output }).dispose();
    return null;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return error.message;
  }
}

beforeAll(() => startBackend('cpu'));

describe('every tensor of a file is computed with, or named as unused on purpose', () => {
  it.each(files)('%s', async (file) => {
    let contents: Hdf5Contents | null = null;
    await answerTo(file, (given) => {
      contents = given;
    });
    const { datasets } = contents as unknown as Hdf5Contents;
    expect(datasets.length).toBeGreaterThan(0);
    // Numbers of batches, by which a normalisation was adapted, are of no matter.
    const counts = datasets.filter(({ path: name, shape }) => shape.length === 0 && !/attention/.test(name));
    for (const { path: name, shape, start } of datasets) {
      if (isForTraining(name) || counts.some((each) => each.path === name)) continue;
      const size = shape.reduce((product, length) => product * length, 1);
      // What is not a number is refused where it is computed with.
      const says = await answerTo(file, ({ values }) => values.fill(Number.NaN, start, start + size));
      expect(says, name).toMatch(/holds NaN/);
    }
    expect(counts.every(({ path: name }) => /normalization.*\/(vars\/2|count(:0)?)$/.test(name))).toBe(true);
  });

  it('a tensor more is an error that names it', async () => {
    const says = await answerTo('fixtures/vgg.keras3.keras', (contents) =>
      Object.assign(contents, {
        datasets: [...contents.datasets, { path: 'layers/dense/vars/2', shape: [1], start: 0 }],
      }),
    );
    expect(says).toContain('holds the weights "layers/dense/vars/2", with which nothing here computes');
  });

  it('so is one whose numbers cannot be read, unless it is of training', async () => {
    const withOther = (name: string) =>
      answerTo('fixtures/vgg.keras3.h5', (contents) => Object.assign(contents, { others: [name] }));
    expect(await withOther('model_weights/fc1/table')).toContain('holds the weights "fc1/table"');
    expect(await withOther('model_weights/dropout/seed_generator/seed_generator_state')).toBeNull();
    expect(await withOther('model_weights/random_flip/StateVar:0')).toBeNull();
  });
});

/** A small LayersModel; the convolution is of another class, or has other arguments. */
function model(config: object, className = 'Conv2D', inbound: unknown = [['image', 0, 0, {}]]) {
  const layer = (name: string, kind: string, own: object, nodes: unknown) => ({
    name,
    class_name: kind,
    config: { name, trainable: true, ...own },
    inbound_nodes: nodes ? [nodes] : [],
  });
  const layers = [
    layer('image', 'InputLayer', { batch_input_shape: [null, 8, 8, 3] }, null),
    layer('odd', className, config, inbound),
    layer('mean', 'GlobalAveragePooling2D', {}, [['odd', 0, 0, {}]]),
  ];
  const topology = {
    class_name: 'Model',
    config: { name: 'net', layers, input_layers: [['image', 0, 0]], output_layers: [['mean', 0, 0]] },
  };
  const shapes = className === 'Conv2D' ? { 'odd/kernel': [3, 3, 3, 4], 'odd/bias': [4] } : {};
  const weights = Object.entries(shapes).map(([name, shape]) => ({ name, shape, dtype: 'float32' }));
  const file = { modelTopology: topology, weightsManifest: [{ paths: ['w'], weights }] } as ModelFile;
  return () => readLayersModel(file, new Float32Array(className === 'Conv2D' ? 112 : 0).buffer).dispose();
}

describe('arguments', () => {
  it('that a layer of Keras has and that change nothing are let pass', () => {
    const usual = {
      filters: 4,
      kernel_size: [3, 3],
      dtype: { class_name: 'DTypePolicy', config: { name: 'mixed_float16' } },
      kernel_initializer: { class_name: 'GlorotUniform', config: {} },
      bias_regularizer: null,
      activity_regularizer: 'l2',
      kernel_constraint: { class_name: 'MaxNorm' },
      something_new: false,
      other_new: null,
    };
    expect(model(usual)).not.toThrow();
  });

  it.each([
    ['Conv2D', { rotation: 90 }, 'Layer "odd" (Conv2D) has the argument "rotation" with the value 90, which'],
    [
      'Conv2D',
      { code: 'x'.repeat(200) },
      'has the argument "code" with the value a text of 200 characters, which',
    ],
    [
      'Conv2D',
      { source: '/home/somebody' },
      'has the argument "source" with the value a text of 14 characters, which',
    ],
    [
      'Activation',
      { activation: { class_name: '__lambda__', config: { value: '4wEAAA' } } },
      'Layer "odd" (Activation) has code as its activation, which is never run.',
    ],
    ['MaxPooling2D', { pool_size: 2, dilation_rate: 2 }, '"dilation_rate" with the value 2, which'],
    ['Resizing', { height: 4, width: 4, antialias: true }, 'has antialias true; only false can be read'],
    ['LayerNormalization', { axis: -1, rms_scaling: true }, 'has rms_scaling true; only false can be read'],
    ['BatchNormalization', { axis: -1, renorm: true }, 'has renorm true; only false can be read'],
    ['Conv2D', { dtype: 'int8_from_float32' }, 'quantised to int8'],
    [
      'Conv2D',
      { dtype: { class_name: 'QuantizedDTypePolicy', config: { mode: 'int8' } } },
      'quantised to int8, which cannot be read. Save the model as it was before model.quantize()',
    ],
  ] as [string, object, string | RegExp][])('of %s: %o is refused by name', (className, config, sentence) => {
    expect(model(config, className)).toThrow(sentence);
  });
});

describe('a merge', () => {
  it.each(['Add', 'Multiply', 'Average', 'Maximum', 'Minimum', 'Subtract'])(
    '%s of one input is never taken for nothing',
    (className) => {
      expect(model({}, className)).toThrow(/^Layer "odd" cannot \w+ a single input/);
    },
  );
  it('with a number beside its tensor is refused, not left out', () => {
    expect(model({}, 'Add', [['image', 0, 0, { scale: 3 }]])).toThrow(
      'Layer "odd" (Add) is called with "scale" that is no tensor (3), which cannot be read.',
    );
  });
  it.each(['math.add', 'math.multiply', 'math.maximum', '__operators__.add'])(
    '%s of nothing but a tensor is refused with what to do',
    (name) => {
      expect(model({ function: name }, 'TFOpLambda')).toThrow(
        "is given a single operand instead of two: the file does not hold what the tensor is joined with. Save the model again, with model.save('model.keras').",
      );
    },
  );
});
