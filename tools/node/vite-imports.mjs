// Module hooks with which Node reads what Vite would bundle: `file?url` is a file as a data URL, `import.meta.env` that of a tool.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const types = { '.wasm': 'application/wasm', '.json': 'application/json' };

export async function resolve(specifier, context, nextResolve) {
  if (!specifier.endsWith('?url')) return nextResolve(specifier, context);
  const { url } = await nextResolve(specifier.slice(0, -4), context);
  return { url: `${url}?url`, format: 'module', shortCircuit: true };
}

export async function load(url, context, nextLoad) {
  if (url.endsWith('?url')) {
    const file = fileURLToPath(url.slice(0, -4));
    const type = types[path.extname(file)] ?? 'application/octet-stream';
    const address = `data:${type};base64,${readFileSync(file).toString('base64')}`;
    return { format: 'module', source: `export default ${JSON.stringify(address)};`, shortCircuit: true };
  }
  const loaded = await nextLoad(url, context);
  if (loaded.format !== 'module' || !url.includes('/src/')) return loaded;
  const source = String(loaded.source);
  if (!source.includes('import.meta.env')) return loaded;
  return { ...loaded, source: `import.meta.env ??= { DEV: true };${source}` };
}
