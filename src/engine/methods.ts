import type {
  CurvesRequest,
  DecisionCurves,
  RandomisedWeights,
  RandomiseRequest,
  SignWeights,
  WeighRequest,
} from '../faithfulness/questions';
import type { TrustRequest, TrustResult } from '../faithfulness/trust/trust-questions';
import type { NetworkRequest } from '../network/network-request';
import type { NetworkSummary } from '../network/network-summary';
import type { ScalingTrial, TryScalingsRequest } from '../network/scaling/scaling-trial';
import type { DecodeRequest, Picture } from '../picture/picture';
import type { EngineProgress } from '../rpc/engine-progress';
import type { AnalyseRequest, AnalyseResult, CompareRequest, CompareResult } from '../saliency/analysis';
import type { ConceptsRequest, LayerConcepts } from '../saliency/concepts/concepts';
import type { StudyBatchRequest, StudyBatchResult, StudyPlan, StudyRun } from './study/study-methods';

/** How far the concepts have come, with the layer that was done last. */
export interface ConceptsProgress extends EngineProgress {
  layer?: LayerConcepts;
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
  /** The concepts that layers are factorised into; each layer is told of as it is done. */
  concepts: { request: ConceptsRequest; result: LayerConcepts[]; progress: ConceptsProgress };
  /** What every sign of some layers is worth to the class. */
  weighSigns: { request: WeighRequest; result: SignWeights; progress: EngineProgress };
  /** Deletion and insertion curves of a map. */
  curves: { request: CurvesRequest; result: DecisionCurves; progress: EngineProgress };
  /** How fast the maps fall apart as the network's weights are randomised. */
  randomise: { request: RandomiseRequest; result: RandomisedWeights; progress: EngineProgress };
  /** How far the maps of some layers and methods can be trusted, by each of several measures. */
  trust: { request: TrustRequest; result: TrustResult; progress: EngineProgress };
  /** Loads a network for a study and says how it will run. */
  planStudy: { request: StudyRun; result: StudyPlan; progress: EngineProgress };
  /** The maps of many pictures at once. */
  studyBatch: { request: StudyBatchRequest; result: StudyBatchResult; progress: EngineProgress };
}
