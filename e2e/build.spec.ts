import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { built } from './support/files';

const text = (file: string) => readFileSync(path.join(built, file), 'utf8');

/** All scripts of the build, with their texts. */
function builtScripts() {
  const { files } = JSON.parse(text('files.json')) as { files: { path: string; bytes: number }[] };
  return files
    .filter((file) => file.path.endsWith('.js'))
    .map((script) => ({ ...script, text: text(script.path) }));
}

test('what starts the page is small, and nothing heavy is there twice', () => {
  const linked = text('index.html').match(/assets\/[\w-]+\.js/g) ?? [];
  const start = [...new Set(linked)].map((script) => gzipSync(text(script)).length);
  const kilobytes = start.reduce((sum, bytes) => sum + bytes, 0) / 1000;
  expect(linked.length).toBeGreaterThan(1);
  expect(kilobytes, 'scripts that index.html links, gzipped').toBeLessThan(200);

  const scripts = builtScripts();
  const holding = scripts.filter((script) => script.text.includes('nextTensorId'));
  expect(
    holding.map(({ path }) => path),
    'TensorFlow.js',
  ).toHaveLength(1);
  expect(
    scripts.filter(({ bytes }) => bytes > 3e6),
    'HDF5',
  ).toHaveLength(1);
});

/** The one file of the build whose name begins so. */
function builtFile(beginning: string): string {
  const found = readdirSync(path.join(built, 'assets')).filter((name) => name.startsWith(beginning));
  expect(found, `one file called ${beginning}…`).toHaveLength(1);
  return found[0];
}

/** What a script imports at once, by names. */
const importsOf = (script: string): string[] =>
  [...text(`assets/${script}`).matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)].map(
    ([, name]) => name,
  );

/** What a script may ask for in time, by names. */
const laterOf = (script: string): string[] =>
  [...text(`assets/${script}`).matchAll(/import\(["'`]\.\/([\w.-]+\.js)["'`]\)/g)].map(([, name]) => name);

/** A script with all that it imports at once, and what these do; with `later`, also what they ask for in time. */
function withImports(script: string, later = false, all = new Set<string>()): Set<string> {
  if (all.has(script)) return all;
  all.add(script);
  for (const name of [...importsOf(script), ...(later ? laterOf(script) : [])]) withImports(name, later, all);
  return all;
}

test('no script waits for one that waits for it', () => {
  const scripts = readdirSync(path.join(built, 'assets')).filter((name) => name.endsWith('.js'));
  const all = new Map(scripts.map((name) => [name, importsOf(name)]));
  const ends = (name: string, seen: Set<string>): Set<string> => {
    for (const other of all.get(name) ?? []) if (!seen.has(other)) ends(other, seen.add(other));
    return seen;
  };
  const inCircles = scripts.filter((name) => ends(name, new Set()).has(name));
  expect(scripts.length).toBeGreaterThan(50);
  expect(inCircles).toEqual([]);
});

test('workers load nothing of the page, and threads little at all', () => {
  const workers = readdirSync(path.join(built, 'assets')).filter((name) =>
    /-(worker|thread)-[\w-]+\.js$/.test(name),
  );
  expect(workers.length).toBeGreaterThan(7);
  const page = [...new Set(text('index.html').match(/assets\/[\w-]+\.js/g))].map((name) =>
    path.basename(name),
  );
  const shared = page.filter((name) => /^(common|rolldown-runtime)-/.test(name));
  for (const worker of workers) {
    const ofPage = [...withImports(worker, true)].filter(
      (name) => page.includes(name) && !shared.includes(name),
    );
    expect(ofPage, worker).toEqual([]);
  }
  const thread = [...withImports(builtFile('kernel-thread-'))].map((name) => text(`assets/${name}`).length);
  expect(thread.reduce((sum, length) => sum + length)).toBeLessThan(2000);
});

test('a first analysis loads half of what the engine once was', () => {
  // The worker, the test of its backend, and a thread: everything else comes when it is asked for.
  const scripts = new Set(
    ['engine-worker-', 'self-test-', 'kernel-thread-'].flatMap((name) => [...withImports(builtFile(name))]),
  );
  const files = [...scripts, builtFile('shared-relaxed-')];
  const bytes = files.map((name) => gzipSync(readFileSync(path.join(built, 'assets', name))).length);
  expect(scripts.size).toBeGreaterThan(7);
  expect(bytes.reduce((sum, each) => sum + each, 0) / 1000, 'kilobytes of the engine, gzipped').toBeLessThan(
    203,
  );
});

test('nothing imports from the first script of a worker: WebKit would run it a second time', () => {
  const all = builtScripts()
    .map((script) => script.text)
    .join('\n');
  const workers = [...all.matchAll(/new Worker\(new URL\(`([\w-]+\.js)`/g)].map(([, name]) => name);
  expect(workers.length).toBeGreaterThan(5);
  const imported = workers.filter(
    (name) =>
      all.includes(`from"./${name}"`) ||
      all.includes(`import("./${name}")`) ||
      all.includes(`import(\`./${name}\`)`),
  );
  expect(imported).toEqual([]);
});
