import type { BackendPreference } from '../backend/backend-names';
import type { OutputReads } from './output-kind';

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
