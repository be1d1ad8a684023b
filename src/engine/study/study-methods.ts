import type { BackendReport } from '../../backend/backend-names';
import type { TrustMask } from '../../faithfulness/trust/trust-questions';
import type { LayerKind } from '../../network/network';
import type { NetworkRequest } from '../../network/network-request';
import type { NetworkSummary } from '../../network/network-summary';
import type { UsedScaling } from '../../network/scaling/input-scaling';
import type { Against, Box } from '../../network/targets/target';
import type { InputPicture } from '../../picture/picture';
import type { AnalyseRequest } from '../../saliency/analysis';
import type { EntropyMeasure } from '../../semiotics';
import type { MapData } from '../../semiotics/map-data';

/** What decides the maps of a study. */
export interface StudyRun
  extends NetworkRequest,
    Pick<AnalyseRequest, 'scaling' | 'method' | 'smooth' | 'pooling'> {
  /** Seed by which all weights of the network are shuffled, each within itself; null for the network as it was trained. */
  shuffled: number | null;
  /** What every picture's class is set against; left out or null, nothing. */
  against?: Exclude<Against, number> | null;
  /** The box of every picture that is explained in place of a class, of a detector; left out or null, none. */
  box?: Box | null;
}

/** How a network will be studied. */
export interface StudyPlan {
  backend: BackendReport;
  network: NetworkSummary;
  /** How its pictures will be scaled. */
  scaling: UsedScaling;
  layers: { name: string; kind: LayerKind; shape: [number, number, number] }[];
  /** Pictures that run together. */
  batch: number;
}

export interface StudyBatchRequest extends StudyRun {
  pictures: InputPicture[];
  /** Class that each belongs to; null where that is not known. */
  trueClasses: (number | null)[];
}

/** What the network makes of one picture. */
export interface StudiedPicture {
  predicted: number;
  /** Of the predicted and of the true class; null where the output stands for no classes. */
  probability: number | null;
  trueProbability: number | null;
  /** The number that is explained, or what is of a box, where the output stands for no classes. */
  value?: number;
  /** How unsure the network is: entropy of its probabilities in bits, energy of its logits; absent where its output stands for no classes. */
  doubt?: { entropy: number; energy: number };
  /** The map of every layer for the predicted class. */
  maps: MapData[];
  /** For the true class, where that is known and another one. */
  trueMaps: MapData[] | null;
}

export interface StudyBatchResult {
  backend: BackendReport;
  /** In the order of the request; in words why there is none for a picture. */
  pictures: (StudiedPicture | { failure: string })[];
}

/** A picture as the network reads it, and the file it came from. */
export interface StudyPicture {
  width: number;
  height: number;
  sha256: string;
  input: InputPicture;
  /** Where the thing is that the picture shows, cropped and resized as the picture is; absent where it has no mask. */
  mask?: TrustMask;
  /** What there is to say of the mask: why it is not used, or that it was scaled. */
  maskNote?: string;
}

export interface StudyMeasureRequest {
  /** Of all layers, in order. */
  maps: MapData[];
  measures: EntropyMeasure[];
  levels: number;
  neighbourhood: 4 | 8;
  torus: boolean;
  /** Size every map is resized to before its entropy is measured; null for each layer's own. */
  grid: { width: number; height: number } | null;
  /** The network's input size, on which signs are found. */
  signGrid: { width: number; height: number };
  tau: number;
  theta: number;
  shuffles: number;
  seed: number;
}

/** Numbers by column, one a layer; the columns are those of `StudyNumbers`. */
export type MeasuredColumns = Record<string, Float64Array>;

/** What the workers beside the engine can be asked. */
export interface StudyMethods {
  decode: {
    request: { file: Blob; inputSize: { width: number; height: number }; mask?: Blob };
    result: StudyPicture;
    progress: never;
  };
  measure: { request: StudyMeasureRequest; result: MeasuredColumns; progress: never };
  /** Every entropy of maps that are asked for nothing else. */
  entropies: {
    request: Pick<StudyMeasureRequest, 'maps' | 'levels' | 'neighbourhood' | 'torus' | 'grid'>;
    result: Record<EntropyMeasure, Float64Array>;
    progress: never;
  };
  /** SHA-256 of a file, hexadecimal; empty where the page is not served securely. */
  digest: { request: { file: Blob }; result: string; progress: never };
}
