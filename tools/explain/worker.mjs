// Starts worker.ts as it is written, where nothing is built.
import { register } from 'node:module';
import { register as readTypes } from 'tsx/esm/api';

readTypes();
register('../node/vite-imports.mjs', import.meta.url);
await import('./worker.ts');
