import type { WrittenScaling } from '../export/scaling-schema';
import type { TrustMeasure } from '../faithfulness/trust/trust-measures';
import type { LayerKind } from '../network/network';
import { hasProbabilities, type OutputKind, type OutputReads } from '../network/output-kind';
import type { InputScaling } from '../network/scaling/input-scaling';
import { againstMany, type BoxPart } from '../network/targets/target';
import type { SaliencyMethod } from '../saliency/method-names';
import type { MapSmoothing } from '../saliency/smoothing/map-smoothing';
import type { EntropyMeasure } from '../semiotics';

/** What a study can set every picture's class against. A class of its own would leave nothing to explain in the pictures of that class. */
export const studyAgainst = againstMany;
export type StudyAgainst = (typeof studyAgainst)[number];

/** The box of every picture that a study can explain. A number of the network's list means another thing in every picture. */
export const studyBoxes = ['surest'] as const;

/** What decides a study's numbers. */
export interface StudySettings {
  /** Value of the setting `model`. */
  model: string;
  /** Null as the network's file tells or lets guess. */
  inputScaling: InputScaling | null;
  /** As what the network's output was taken; absent as it tells itself. */
  reads?: Exclude<OutputReads, 'auto'>;
  method: SaliencyMethod;
  /** How maps are smoothed; absent where they are not. */
  smooth?: Exclude<MapSmoothing, 'none'>;
  /** What the class of every picture is set against: all others, or itself, for what speaks against it; absent for nothing. */
  against?: StudyAgainst;
  /** The box of every picture that is explained in place of a class, of a detector; absent for none. */
  box?: (typeof studyBoxes)[number];
  /** What of that box is explained; absent for the score of its class. */
  part?: Exclude<BoxPart, 'score'>;
  pooling: boolean;
  measures: EntropyMeasure[];
  levels: number;
  grid: 'input' | 'native';
  neighbourhood: 4 | 8;
  torus: boolean;
  tau: number;
  theta: number;
  /** Shuffled maps behind every null model. */
  shuffles: number;
  /** Of shuffles and sample. */
  seed: number;
  /** Pictures drawn from the set by the seed; null for all. */
  sample: number | null;
  /** The folder of a set laid out split/class/file that is studied (`val`, say); absent or null for all pictures. */
  split?: string | null;
  /** `randomised`: every layer's trained weights shuffled by the seed, to see what the maps owe to training. */
  weights: 'trained' | 'randomised';
  /** Whether of pictures with the same bytes only the first is taken; absent for no. */
  withoutDuplicates?: boolean;
  /** What is asked of how far maps can be trusted; absent for nothing. */
  trust?: TrustSettings;
}

/** Measures of trust, and the methods whose maps are asked. */
export interface TrustSettings {
  methods: SaliencyMethod[];
  measures: TrustMeasure[];
  /** Shares of the pixels that ROAD takes away, in percent. */
  percentages: number[];
  /** Randomised twins of the network whose maps are set beside its own, by every entropy; absent for none. */
  draws?: number;
}

/** A picture that is left out because another one of the set has the same bytes. */
export interface LeftOut {
  path: string;
  /** Path of the one that is taken. */
  sameAs: string;
}

/** A picture that was measured. */
export interface StudyImage {
  /** Unique in the set. */
  path: string;
  /** SHA-256 of its file, hexadecimal. */
  sha256: string;
  width: number;
  height: number;
  /** Index of the class it belongs to; null where that is not known. */
  trueClass: number | null;
  /** Of the highest number where the output stands for no classes; of the box where one is explained. */
  predicted: number;
  /** Of the predicted and of the true class; null where the output stands for no classes. */
  probability: number | null;
  trueProbability: number | null;
  /** What is explained of it, a number or a box's, where the output stands for no classes. */
  value?: number;
  /** Where trust is measured: the entropy of the probabilities in bits, and the energy `log sum exp` of the logits (Liu et al. 2020). */
  doubt?: { entropy: number; energy: number };
  /** Share of the network's input that the picture's mask takes; absent where it has none. */
  maskShare?: number;
  /** What there is to say of its mask, behind the mask's name: why it is not used, or that it was scaled. */
  maskNote?: string;
}

/** The output that was explained: its name in the network's file, what it is, and the same in sentences. */
export interface StudyOutput {
  name: string;
  kind: OutputKind;
  is: string;
  reason: string;
}

/** Whether the network names classes; older files do not say, and do. */
export const namesClasses = ({ model }: Pick<Study, 'model'>): boolean =>
  hasProbabilities(model.output?.kind ?? 'classes');

/** Whether what is explained is a mean over all places of an output that has places. */
export const explainsMeans = ({ model }: Pick<Study, 'model'>): boolean =>
  model.output?.kind === 'places' || model.output?.kind === 'picture';

export interface StudyLayer {
  name: string;
  kind: LayerKind;
  /** Height, width, channels. */
  shape: [number, number, number];
}

/** Classes that a picture's maps are computed for. */
export const studyTargets = ['predicted', 'true'] as const;

/**
 * Numbers by column, one for each picture, target and layer: row `(picture * 2 + target) * layers + layer`. NaN where a number
 * does not exist: no true class known, no positive evidence in the map, no layer before, no null mean to relate to. Where the predicted class is the true one
 * both targets hold the same numbers.
 *
 * Columns: for each measure its id (the value) and `id null`, `id null sd`, `id structure`; `signs`, `signs null`, `supersigns`,
 * `largest share` (of the map's mass, in its largest sign), `class formation`, `complex formation` and each with ` null` (bits,
 * from the layer before). Where trust is measured, `trust METHOD MEASURE` for each method and measure, of the predicted class only; and where
 * randomised twins are set beside the network, `weights METHOD ENTROPY trained` and `weights METHOD ENTROPY 1`, `2` and so on.
 */
export type StudyNumbers = Record<string, Float64Array>;

export interface Study {
  schema: 'supersign/study';
  version: 1;
  app: { version: string };
  settings: StudySettings;
  model: {
    name: string;
    format: string;
    sha256: string;
    inputShape: [number, number, number];
    output?: StudyOutput;
  };
  /** How its pictures were scaled for the network; absent in studies of earlier versions. */
  scaling?: WrittenScaling;
  backend: { name: string; adapter: string | null; threads: number };
  labels: string[];
  layers: StudyLayer[];
  images: StudyImage[];
  numbers: StudyNumbers;
  /** Pictures that could not be read, with the reason in words. */
  failures: { path: string; reason: string }[];
  /** Pictures in the set, before duplicates are left out and a sample is drawn. */
  of: number;
  /** Pictures left out as duplicates; absent for none. */
  leftOut?: LeftOut[];
}
