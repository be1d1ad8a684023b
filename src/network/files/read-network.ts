import type { Graph } from '../network-graph';
import type { FoundScaling } from '../scaling/scaling';

/** What the files of a network tell, before anything is computed. */
export interface ReadNetwork {
  graph: Graph;
  /** Format in the words of the analysis file. */
  format: string;
  /** SHA-256 of the weights as they lie in the file, hexadecimal; taken when nothing else is in memory, since browsers copy what they hash. */
  sha256: string;
  /** What the file calls the network; absent where it does not. */
  name?: string;
  /** Names of the classes, where the file has any. */
  labels: string[] | null;
  /** Rows and columns the network was trained on, where the file tells although it takes any. */
  sizeHint?: number;
  /** How pictures are to be scaled, where the file tells or lets guess. */
  scaling: FoundScaling | null;
}
