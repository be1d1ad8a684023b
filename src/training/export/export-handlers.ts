import type { Handlers } from '../../rpc/serve';
import type { ExportMethods } from './export-methods';
import { kerasArchive } from './keras-archive';
import { layersModelFiles } from './layers-model-files';
import { onnxFile } from './onnx-file';

/** Answers of the training worker about files. */
export const exportHandlers: Handlers<ExportMethods> = {
  layersModel: async (network) => {
    const files = layersModelFiles(network);
    return { result: files, transfer: [files.weights.buffer] };
  },
  onnx: async (network) => {
    const file = onnxFile(network);
    return { result: file, transfer: [file.buffer] };
  },
  keras: async (network) => {
    const archive = await kerasArchive(network);
    return { result: archive, transfer: [archive.buffer] };
  },
};
