import type { OutputKind } from './output-kind';
import type { ScalingReport } from './scaling/input-scaling';
import type { AttentionSummary } from './tokens/attention-summary';

/** The `manifest.json` beside a bundled network. */
export interface NetworkManifest {
  id: string;
  title: string;
  description: string;
  format: 'tfjs-layers-model' | 'onnx';
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
  /** Names of the classes that a detector has chosen among already, of whose boxes the page knows one score alone; empty where the file does not tell them. */
  things?: string[];
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
  /** Whether the file rounds what is computed to numbers of a few bits; absent where it does not. */
  isQuantised?: boolean;
  /** Layers of attention between tokens that make no grid over the picture; absent where there are none. */
  withoutGrid?: number;
  /** What its attention allows; absent or null where it has none between all tokens of a grid. */
  attention?: AttentionSummary | null;
}
