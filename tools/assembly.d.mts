import type { Plugin } from 'vite';

export function compileAssembly(): Promise<void>;
export function withOwnMemory(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>;
export function assembly(): Plugin;
