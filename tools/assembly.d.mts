import type { Plugin } from 'vite';

export function compileAssembly(): Promise<void>;
export function assembly(): Plugin;
