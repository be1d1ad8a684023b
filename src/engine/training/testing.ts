import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Graph } from '../network/graph';
import { layersModelGraph } from '../network/layers-model';

const folder = path.resolve(import.meta.dirname, '../../../public/networks/photos10');

/** The bundled photograph network as its file is read. */
export function bundledGraph(): Graph {
  const model = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
  const { buffer, byteOffset, byteLength } = readFileSync(path.join(folder, 'weights.bin'));
  return layersModelGraph(model, buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
}
