import type { LayersModelFiles } from './layers-model-files';
import type { TrainedNetwork } from './trained-network';

/** What the training worker writes: it needs neither a training nor a backend for it. */
export interface ExportMethods {
  layersModel: { request: TrainedNetwork; result: LayersModelFiles; progress: never };
  /** A `.keras` file. The HDF5 library is loaded for the first one. */
  keras: { request: TrainedNetwork; result: Uint8Array<ArrayBuffer>; progress: never };
  /** The bytes of an `.onnx` file. */
  onnx: { request: TrainedNetwork; result: Uint8Array<ArrayBuffer>; progress: never };
}
