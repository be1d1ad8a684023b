// A process that explains one picture after the other, for tools/explain/pool.ts.
import { register } from 'node:module';
import { register as readTypes } from 'tsx/esm/api';

readTypes();
register('../node/vite-imports.mjs', import.meta.url);
const { becomeHost } = await import('../node/host.ts');
becomeHost();
const { serveExplain } = await import('./serve-explain.ts');
serveExplain();
