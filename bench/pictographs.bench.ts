import { writeFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { figureThemes, partAgreement, partAgreementHeight } from '../src/figures';
import { featureLayers } from '../src/network/network';
import { pictograph } from '../src/pictographs';
import { type Agreement, massAgreement, meanAgreement, signAgreement } from '../src/pictographs/agreement';
import { explain } from '../src/saliency/explain-layers';
import { findSigns, resizeBilinear } from '../src/semiotics';
import { inputOf, openNetwork } from '../tools/pictographs/reader';
import { drawnFigure } from '../tools/train-figure';

/**
 * Signs against truth: how well the signs of every layer of the bundled network match the known parts and objects of fresh
 * scenes, beside the same with the masks moved elsewhere. `npx tsx bench/pictographs.bench.ts [FIGURE.svg]`
 */
const SEED = 815;
const SCENES = 200;
const WIDTH = 900;

await tf.setBackend('cpu');
const { network, manifest } = openNetwork();
const [side] = manifest.inputShape;
const nodes = featureLayers(network, ['convolution']);
const layers = nodes.map((node) => network.nodes[node]);

type Measured = Record<'parts' | 'object' | 'mass', Agreement | null>;
const scenes: Measured[][] = [];
for (let index = 0; index < SCENES; index++) {
  const scene = pictograph({ seed: SEED, index, side, masks: true });
  const input = inputOf(scene.rgba, manifest);
  const { layers: maps } = await explain(network, input, {
    method: 'grad-cam',
    layers: nodes,
    target: scene.label,
    checkpoint: async () => {},
  });
  input.dispose();
  const masks = scene.parts.map(({ mask }) => mask);
  scenes.push(
    maps.map(({ map }) => {
      const onGrid = resizeBilinear(map.values, map.width, map.height, side, side);
      const { labels } = findSigns(onGrid, side, side);
      return {
        parts: signAgreement(labels, masks, side),
        object: signAgreement(labels, [scene.object], side),
        mass: massAgreement(onGrid, scene.object, side),
      };
    }),
  );
}

const means = layers.map(({ name, shape }, layer) => {
  const mean = (key: keyof Measured) => meanAgreement(scenes.map((scene) => scene[layer][key]));
  return {
    name,
    height: shape[0],
    width: shape[1],
    parts: mean('parts'),
    object: mean('object'),
    mass: mean('mass'),
  };
});
const inWords = (agreement: Agreement | null) =>
  agreement ? `${agreement.value.toFixed(3)} (null ${agreement.null.mean.toFixed(3)})` : 'none';
console.table(
  means.map(({ name, parts, object, mass }) => ({
    layer: name,
    'overlap with parts': inWords(parts),
    'overlap with the object': inWords(object),
    'mass inside the object': inWords(mass),
  })),
);

const [, , file] = process.argv;
if (file) {
  const data = {
    layers: means,
    selected: null,
    layerNames: true,
    title: 'Signs against parts and object',
    caption: `Grad-CAM, ${SCENES} fresh scenes. Null: the masks moved by 32 offsets.`,
  };
  const size = { width: WIDTH, height: partAgreementHeight(WIDTH, data) };
  writeFileSync(
    file,
    drawnFigure((document) => partAgreement(document, data, size, figureThemes.light)),
  );
}
