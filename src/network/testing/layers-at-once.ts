import { type BuildOptions, buildNetwork } from '../build';
import type { StoredBytes } from '../files/stored-bytes';
import { otherLayers } from '../keras/other-layers';
import { layersModelGraph as graphOf, type ModelFile } from '../layers-model';
import type { Network } from '../network';
import type { Graph } from '../network-graph';

/** The graph of a TensorFlow.js LayersModel of any layers, without waiting for what reads them. */
export const layersModelGraph = (file: ModelFile, weights: StoredBytes | ArrayBuffer): Graph =>
  graphOf(file, weights, otherLayers);

/** A TensorFlow.js LayersModel on the current backend. */
export const readLayersModel = (file: ModelFile, weights: ArrayBuffer, options?: BuildOptions): Network =>
  buildNetwork(layersModelGraph(file, weights), options);
