import type { BackendReport } from '../backend/backend-names';
import type { NetworkRequest } from '../network/network-request';
import type { NetworkSummary } from '../network/network-summary';
import type { Prediction } from '../network/prediction';
import type { InputScaling, ScalingDoubt, UsedScaling } from '../network/scaling/input-scaling';
import type { Detection } from '../network/targets/detections';
import type { ExplainedTarget } from '../network/targets/explained-target';
import type { PlaceClasses } from '../network/targets/regions';
import type { AskedTarget } from '../network/targets/target';
import type { InputPicture } from '../picture/picture';
import type { AttentionChoice } from './attention/raw-attention';
import type { SaliencyMethod } from './method-names';
import type { SaliencyLayer } from './saliency-layer';
import type { MapSmoothing } from './smoothing/map-smoothing';

export interface AnalyseRequest extends NetworkRequest {
  /** How pictures are scaled; null as the network's file tells or lets guess. */
  scaling: InputScaling | null;
  input: InputPicture;
  method: SaliencyMethod;
  /** What is explained; null for the winner. */
  target: AskedTarget;
  /** Whose attention is shown, where the method is `attention`; left out, the class token's by all heads. */
  attention?: AttentionChoice;
  /** How maps are smoothed; left out, they are not. */
  smooth?: MapSmoothing;
  /** Pooling layers beside the convolutions. */
  pooling: boolean;
  /** Names of the layers wanted; left out, all. Whoever wants some has many pictures to come: no doubt of the scaling is looked for. */
  only?: string[];
}

export interface AnalyseResult {
  method: SaliencyMethod;
  /** How its maps are smoothed; left out, they are not. */
  smooth?: MapSmoothing;
  backend: BackendReport;
  network: NetworkSummary;
  /** All classes, most probable first. */
  predictions: Prediction[];
  target: ExplainedTarget;
  /** The class of every place, where the network tells what is where; left out in analyses of PNG files and of earlier versions. */
  places?: PlaceClasses;
  /** What is found in the picture, the surest first, where the network is a detector; left out in analyses of files of earlier versions. */
  boxes?: Detection[];
  /** How the picture was scaled; left out in analyses of files that do not tell. */
  scaling?: UsedScaling;
  /** Where the scaling was guessed: what speaks against it; null where nothing does. */
  scalingDoubt?: ScalingDoubt | null;
  layers: SaliencyLayer[];
  /** Milliseconds. */
  timings: { forward: number; saliency: number };
}

export interface CompareRequest extends Omit<AnalyseRequest, 'method' | 'only'> {
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
