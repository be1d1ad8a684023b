import { counted } from '../text/counted';
import { say } from '../text/say';

/** Backends in the words of the address: `auto` lets the engine choose. */
export const backendNames = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;

export type BackendName = (typeof backendNames)[number];

export type BackendPreference = BackendName | 'auto';

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
  const onThreads = { threads: counted(threads, 'thread') };
  switch (name) {
    case 'webgpu':
      return `WebGPU (${adapter})`;
    case 'webgl':
      return `WebGL (${adapter})`;
    case 'wasm':
      return say('WebAssembly ({threads})', onThreads);
    case 'cpu':
      return say('CPU ({threads})', onThreads);
  }
}
