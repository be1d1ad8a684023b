// npm run package: what `npm pack` packs, so that nobody needs a clone or a build: the page with its element (dist), the commands in
// plain JavaScript (commands), and the mathematics with its types (library).
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fail, installPackages, root, run } from './install.mjs';

// Before what is imported from them: a fresh clone has none.
installPackages();
const { build } = await import('vite');
const { buildCommands } = await import('./build-commands.mjs');

const library = path.join(root, 'library');
for (const folder of ['commands', 'library'])
  rmSync(path.join(root, folder), { recursive: true, force: true });

await build({ root, logLevel: 'warn' });
await buildCommands('commands');
await mathematics();
types();

async function mathematics() {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      target: 'es2022',
      outDir: path.join(library, 'semiotics'),
      lib: { entry: 'src/semiotics/index.ts', formats: ['es'], fileName: () => 'index.js' },
    },
  });
}

/** Types of the mathematics and of the element, as Node and bundlers read them: with the endings of files. */
function types() {
  const code = run('node', [
    ...['node_modules/typescript/bin/tsc', '--ignoreConfig', '--declaration', '--emitDeclarationOnly'],
    ...['--target', 'es2022', '--lib', 'es2023,dom,dom.iterable', '--module', 'esnext'],
    ...['--moduleResolution', 'bundler', '--strict', '--skipLibCheck', '--types', ''],
    ...['--rootDir', 'src', '--outDir', library],
    ...['src/semiotics/index.ts', 'src/element/supersign-explain.ts'],
  ]);
  if (code !== 0) fail('The types could not be written; the messages above say why.');
  for (const name of readdirSync(library, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.d.ts')) continue;
    const file = path.join(library, name);
    const text = readFileSync(file, 'utf8').replace(
      /((?:from|import\() ?['"])(\.[^'"]*)(['"])/g,
      (_, before, specifier, after) => `${before}${withEnding(file, specifier)}${after}`,
    );
    writeFileSync(file, text);
  }
}

function withEnding(file, specifier) {
  const to = path.resolve(path.dirname(file), specifier);
  return statSync(to, { throwIfNoEntry: false })?.isDirectory() ? `${specifier}/index.js` : `${specifier}.js`;
}
