import { counted } from '../text/counted';
import type {
  CurvesRequest,
  DecisionCurves,
  RandomisedWeights,
  RandomiseRequest,
  SignWeights,
  WeighRequest,
} from './decision/protocol';
import type { LayerKind } from './network/network';
import {
  hasProbabilities,
  type OutputKind,
  type OutputReads,
  outputKinds,
  outputReads,
} from './network/output-kind';
import type { StudyBatchRequest, StudyBatchResult, StudyPlan, StudyRun } from './study/protocol';

export { hasProbabilities, type LayerKind, type OutputKind, type OutputReads, outputKinds, outputReads };

/** Backends in the words of the address: `auto` lets the engine choose. */
export const backendNames = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];
export type BackendPreference = BackendName | 'auto';

/** Methods by id, in the order in which the page lists them. */
export const saliencyMethodNames = {
  'grad-cam': 'Grad-CAM',
  'grad-cam++': 'Grad-CAM++',
  'hires-cam': 'HiResCAM',
  'layer-cam': 'LayerCAM',
  'xgrad-cam': 'XGrad-CAM',
  'eigen-cam': 'Eigen-CAM',
  activation: 'Activation',
  'score-cam': 'Score-CAM',
  'ablation-cam': 'Ablation-CAM',
} as const;
export type SaliencyMethod = keyof typeof saliencyMethodNames;

/** Methods that take one forward pass for every channel of every layer. */
export const slowSaliencyMethods: readonly SaliencyMethod[] = ['score-cam', 'ablation-cam'];

export interface BackendReport {
  name: BackendName;
  /** Why it was chosen, in sentences. */
  reason: string;
  /** GPU adapter in words, null without one. */
  adapter: string | null;
  threads: number;
}

/** "WebAssembly (2 threads)", "WebGPU (nvidia hopper)" */
export function backendTitle({ name, adapter, threads }: Omit<BackendReport, 'reason'>): string {
  const onThreads = `(${counted(threads, 'thread')})`;
  switch (name) {
    case 'webgpu':
      return `WebGPU (${adapter})`;
    case 'webgl':
      return `WebGL (${adapter})`;
    case 'wasm':
      return `WebAssembly ${onThreads}`;
    case 'cpu':
      return `CPU ${onThreads}`;
  }
}

/** A map of numbers, row-major, at the layer's own resolution. */
export interface MapData {
  values: Float32Array;
  width: number;
  height: number;
}

export interface SaliencyLayer {
  /** Position among the layers shown. */
  index: number;
  name: string;
  kind: LayerKind;
  /** Height, width, channels of the layer's output. */
  shape: [number, number, number];
  map: MapData;
  /** Largest saliency of the map; at least 0. */
  maximum: number;
  /** `none`: the map is zero everywhere, the layer holds no positive evidence. */
  outcome: 'evidence' | 'none';
}

/** A layer with what its map tells of itself. */
export function saliencyLayer(layer: Omit<SaliencyLayer, 'maximum' | 'outcome'>): SaliencyLayer {
  const { values } = layer.map;
  return {
    ...layer,
    maximum: values.reduce((a, b) => Math.max(a, b), 0),
    outcome: values.some((value) => value !== 0) ? 'evidence' : 'none',
  };
}

export interface Prediction {
  index: number;
  label: string;
  /** Null where the output stands for no classes. */
  probability: number | null;
  /** The number itself where it is no class's logit. */
  logit: number;
}

/** What the network reads: bytes of an RGBA picture at its input size. */
export interface InputPicture {
  rgba: Uint8ClampedArray;
  width: number;
  height: number;
}

export interface Picture {
  /** Size of the whole picture, orientation applied. */
  width: number;
  height: number;
  /** SHA-256 of the file, hexadecimal. */
  sha256: string;
  input: InputPicture;
  /** The same square, larger, to look at. */
  display: ImageBitmap;
  /** That picture as a JPEG, for what the page draws as SVG. */
  preview: Blob;
  /** Milliseconds. */
  decodeMs: number;
}

/** Where a network comes from: from beside the page, from an address, or from files of the user's own. */
export type NetworkSource =
  | { kind: 'bundled'; address: string }
  | { kind: 'address'; address: string }
  | {
      kind: 'files';
      /** Tells it from other networks opened from files. */
      id: string;
      /** Path of the file that describes the network. */
      main: string;
      files: { path: string; blob: Blob }[];
    };

/** How a network is to be read, where its file leaves a choice. */
export interface NetworkReading {
  /** Output to explain, by its name; null for the first that classifies. */
  output: string | null;
  /** Rows and columns of the pictures, where the file leaves them open; null as usual. */
  size: number | null;
  /** Every operation of the file as a layer of its own. */
  operations: boolean;
  /** As what the output is taken; left out, as it tells itself. */
  reads?: OutputReads;
}

/** A file that names the classes of a network, one a line or as JSON. */
export interface LabelFile {
  name: string;
  text: string;
}

/** A network, how to read it, and where it runs. */
export interface NetworkRequest {
  backend: BackendPreference;
  network: NetworkSource;
  /** Left out, as usual. */
  reading?: NetworkReading;
  /** Whoever opened the network was told that it takes much memory or time, and goes on. */
  evenIfLarge?: boolean;
  /** Names of the classes in place of those the network has; null for its own. */
  labels?: LabelFile | null;
}

/** Endings of the files that can describe a network. */
export const networkEndings = ['json', 'onnx', 'h5', 'hdf5', 'keras', 'zip'] as const;
export type NetworkEnding = (typeof networkEndings)[number];

export type InputScaling = 'unit' | 'signed' | 'imagenet' | 'caffe' | 'bytes' | 'mnist';

/** Ways in which networks take the values of pixels, by id. */
export const inputScalingNames: Record<InputScaling, string> = {
  unit: '0 to 1',
  signed: '-1 to 1',
  imagenet: 'ImageNet mean and deviation',
  caffe: 'Caffe BGR',
  bytes: '0 to 255',
  mnist: 'MNIST mean and deviation',
};

/** What a network reads: `value * factor + offset` of every 0..255 value, one entry a channel of the network. */
export interface ScalingNumbers {
  factor: number[];
  offset: number[];
  /** Whether the channels come as B, G, R; factor and offset are in the network's order. */
  bgr: boolean;
}

/** How a network takes pictures, and how that is known. */
export interface ScalingReport extends ScalingNumbers {
  /** Null where the numbers are none of the usual ones. */
  name: InputScaling | null;
  /** A sentence. */
  reason: string;
  /** False where the file settles it. */
  isGuess: boolean;
}

/** How pictures were scaled in a run, and who said so. */
export interface UsedScaling extends ScalingReport {
  source: 'file' | 'guess' | 'chosen';
}

/** What the check of a guessed scaling found, where it did not find that the guess fits. */
export type ScalingDoubt =
  /** Pictures are scaled otherwise than in training: this scaling fits much better; how that shows, in a sentence, where it is not by what the network remembers. */
  | { outcome: 'another'; scaling: InputScaling; reason?: string }
  /** The network remembers nothing of how pictures were scaled in training; why, in a sentence. */
  | { outcome: 'unknown'; scaling: null; reason: string };

/** The `manifest.json` beside a bundled network. */
export interface NetworkManifest {
  id: string;
  title: string;
  description: string;
  format: 'tfjs-layers-model';
  /** Model file, relative to the manifest. */
  model: string;
  /** Size of the weights, for the progress bar. */
  bytes: number;
  /** Height, width, channels. */
  inputShape: [number, number, number];
  /** The network reads value * scale + offset of each 0..255 channel value. */
  preprocessing: { scale: number; offset: number };
  labels: string[];
}

export interface NetworkSummary {
  id: string;
  title: string;
  format: string;
  /** SHA-256 of the joined weight files, hexadecimal. */
  sha256: string;
  /** Height, width, channels. */
  inputShape: [number, number, number];
  labels: string[];
  /** Why pictures are scaled as they are, unless the settings say otherwise; a sentence. */
  scalingReason: string;
  /** The same with its numbers; null for a network of an analysis file that does not tell. */
  scaling: ScalingReport | null;
  /** Names of all outputs of the file, and of the one that is explained. */
  outputs: string[];
  output: string;
  /** What that output is; the same in words that go on a sentence, and in sentences with what of it is explained. */
  kind: OutputKind;
  outputIs: string;
  outputReason: string;
  /** Whether it can be read otherwise as well: as classes, or as numbers. */
  readsEitherWay: boolean;
  /** Whether it takes pictures of any size. */
  takesAnySize: boolean;
}

export interface AnalyseRequest extends NetworkRequest {
  /** How pictures are scaled; null as the network's file tells or lets guess. */
  scaling: InputScaling | null;
  input: InputPicture;
  method: SaliencyMethod;
  /** Class to explain; null for the winner. */
  target: number | null;
  /** Pooling layers beside the convolutions. */
  pooling: boolean;
}

export interface AnalyseResult {
  method: SaliencyMethod;
  backend: BackendReport;
  network: NetworkSummary;
  /** All classes, most probable first. */
  predictions: Prediction[];
  target: { index: number; label: string };
  /** How the picture was scaled; left out in analyses of files that do not tell. */
  scaling?: UsedScaling;
  /** Where the scaling was guessed: what speaks against it; null where nothing does. */
  scalingDoubt?: ScalingDoubt | null;
  layers: SaliencyLayer[];
  /** Milliseconds. */
  timings: { forward: number; saliency: number };
}

export interface TryScalingsRequest extends NetworkRequest {
  inputs: InputPicture[];
  /** Those to be tried, in order. */
  scalings: InputScaling[];
}

/** What a network says of some pictures if they are scaled so. */
export interface ScalingTrial {
  scaling: InputScaling;
  /** The first of its predictions for each picture, in the order of the request. */
  answers: Prediction[];
}

export interface CompareRequest extends Omit<AnalyseRequest, 'method'> {
  methods: SaliencyMethod[];
  /** Names of the layers wanted; null for all. */
  layers: string[] | null;
}

/** The layers asked for, by each method asked for. */
export interface CompareResult {
  methods: { method: SaliencyMethod; layers: SaliencyLayer[] }[];
  /** Milliseconds. */
  timings: { forward: number; saliency: number };
}

export interface DecodeRequest {
  file: Blob;
  /** The picture as the page decoded it, where a worker cannot (SVG). */
  bitmap: ImageBitmap | null;
  inputSize: { width: number; height: number };
}

/** Progress of long work: what is going on, and how far (0..1) where that is known. */
export interface EngineProgress {
  text: string;
  fraction: number | null;
}

/** What the engine's worker can be asked. */
export interface EngineMethods {
  /** Starts the backend and loads the network, so that the first analysis need not wait for them. */
  prepare: {
    request: NetworkRequest;
    result: NetworkSummary;
    progress: EngineProgress;
  };
  /** Refuses a drawing (SVG) that is not to be drawn; browsers draw on the page only. */
  checkDrawing: { request: { file: Blob }; result: null; progress: never };
  decode: { request: DecodeRequest; result: Picture; progress: never };
  analyse: { request: AnalyseRequest; result: AnalyseResult; progress: EngineProgress };
  /** What the network says of pictures by each of several scalings, forward only. */
  tryScalings: { request: TryScalingsRequest; result: ScalingTrial[]; progress: EngineProgress };
  compare: { request: CompareRequest; result: CompareResult; progress: EngineProgress };
  /** What every sign of some layers is worth to the class. */
  weighSigns: { request: WeighRequest; result: SignWeights; progress: EngineProgress };
  /** Deletion and insertion curves of a map. */
  curves: { request: CurvesRequest; result: DecisionCurves; progress: EngineProgress };
  /** How fast the maps fall apart as the network's weights are randomised. */
  randomise: { request: RandomiseRequest; result: RandomisedWeights; progress: EngineProgress };
  /** Loads a network for a study and says how it will run. */
  planStudy: { request: StudyRun; result: StudyPlan; progress: EngineProgress };
  /** The maps of many pictures at once. */
  studyBatch: { request: StudyBatchRequest; result: StudyBatchResult; progress: EngineProgress };
}
