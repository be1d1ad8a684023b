// Starts hdf5-thread.ts as it is written, where nothing is built.
import { register } from 'node:module';
import { register as readTypes } from 'tsx/esm/api';

readTypes();
register('./vite-imports.mjs', import.meta.url);
await import('./hdf5-thread.ts');
