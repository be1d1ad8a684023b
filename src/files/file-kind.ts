import type { ForeignName } from './foreign-kinds';

/** Formats of networks that are read here, by what a file says. */
export type NetworkFormat = 'onnx' | 'keras' | 'hdf5' | 'tensorflow.js' | 'zip';

/** What a file is by its content. */
export type FileKind =
  | { is: 'picture' }
  /** A zip archive of pictures. */
  | { is: 'pictures' }
  /** The file that describes a network; a zip archive may hold pictures beside it. */
  | { is: 'network'; format: NetworkFormat; pictures?: boolean }
  /** A list of classes. */
  | { is: 'labels' }
  | { is: 'analysis' }
  | { is: 'study' }
  | { is: 'search' }
  /** What is not read here; of an archive, the file in it that tells. */
  | { is: 'foreign'; kind: ForeignName; member?: string };
