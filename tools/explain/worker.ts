// A process that explains one picture after the other, for tools/explain/pool.ts; in a clone started by worker.mjs.
import { becomeHost } from '../node/host';

becomeHost();
const { serveExplain } = await import('./serve-explain');
serveExplain();
