import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';

/**
 * The files of a built page with the places at which its scripts name each other (`src/notebook/page-pieces.ts`), so that the page can
 * be put together where no host serves it.
 * @throws Error for an import of what is no file of the page
 */
export function listPieces(dist) {
  const html = readFileSync(path.join(dist, 'index.html'), 'utf8');
  const [, script] = /<script type="module"[^>]* src="\.\/([^"]+)"/.exec(html);
  const names = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dist, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter(
      (name) => !/\.html$|^(files\.json|service-worker\.js|element\.js)$|^assets\/headless-|\.md$/.test(name),
    )
    .sort();
  const files = {};
  for (const name of names) {
    const content = readFileSync(path.join(dist, name));
    files[name] = { bytes: content.length };
    if (name.endsWith('.js')) files[name].places = placesIn(name, content.toString('utf8'), names);
  }
  return { script, styles: names.filter((name) => name.endsWith('.css')), files };
}

function placesIn(name, text, names) {
  const { module } = parseSync(name, text);
  const resolved = (specifier) => {
    const file = path.posix.join(path.posix.dirname(name), specifier);
    if (!names.includes(file)) throw new Error(`${name} imports ${specifier}, which is no file of the page.`);
    return file;
  };
  const quoted = ({ start, end }) => resolved(text.slice(start + 1, end - 1));
  const handedOn = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest }) => moduleRequest ?? []),
  );
  return [
    ...[...module.staticImports.map(({ moduleRequest }) => moduleRequest), ...handedOn].map((request) => ({
      ...{ kind: 'static', from: request.start, to: request.end, path: quoted(request) },
    })),
    ...module.dynamicImports
      .filter(({ moduleRequest: { start } }) => /["'`]/.test(text[start]))
      .map(({ start, end, moduleRequest }) => ({
        kind: 'dynamic',
        from: start,
        to: end,
        path: quoted(moduleRequest),
      })),
    ...module.importMetas
      .filter(({ end }) => text.startsWith('.url', end))
      .map(({ start, end }) => ({ kind: 'self', from: start, to: end + 4, path: name })),
  ]
    .filter(({ from }, i, all) => all.findIndex((other) => other.from === from) === i)
    .sort((a, b) => a.from - b.from);
}
