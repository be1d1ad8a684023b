import type { Browser } from '@playwright/test';
import type { NetworkId } from '../networks/folder';
import type { Measured } from './row';
import type { Servers } from './servers';

/** What a part of the bench works with. */
export interface Bench {
  browser: Browser;
  servers: Servers;
  /** Folder of the files that both servers give out. */
  files: string;
  /** Few runs, to see that the bench itself works. */
  quick: boolean;
  /** Other programs use the machine's cores as well: the smallest times count, not the median ones. */
  shared: boolean;
  /** Also measure WebGPU, on whatever adapter there is. */
  webgpu: boolean;
  /** Writes a network into the folder on its first use; says why there is none, or null. */
  network(id: NetworkId): string | null;
  /** Versions of what was measured, by name; parts add to it. */
  versions: Record<string, string>;
}

export interface PartResult {
  rows: Measured[];
  /** Series over a part's run, for `results.json`. */
  curve?: object[];
}

/** A part of the bench; `npm run bench -- --only <id>` runs it alone. */
export interface Part {
  id: string;
  run(bench: Bench): Promise<PartResult>;
}
