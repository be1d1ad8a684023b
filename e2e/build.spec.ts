import { gzipSync } from 'node:zlib';
import type { APIRequestContext } from '@playwright/test';
import { expect, test } from './support/test';

/** All scripts of the build, with their texts. */
async function builtScripts(request: APIRequestContext) {
  const { files } = (await (await request.get('/files.json')).json()) as {
    files: { path: string; bytes: number }[];
  };
  const scripts = files.filter(({ path }) => path.endsWith('.js'));
  return Promise.all(
    scripts.map(async (script) => ({ ...script, text: await (await request.get(`/${script.path}`)).text() })),
  );
}

test('what starts the page is small, and nothing heavy is there twice', async ({ request }) => {
  const text = async (path: string) => (await request.get(path)).text();
  const linked = (await text('/')).match(/assets\/[\w-]+\.js/g) ?? [];
  const start = await Promise.all(
    [...new Set(linked)].map(async (path) => gzipSync(await text(`/${path}`)).length),
  );
  const kilobytes = start.reduce((sum, bytes) => sum + bytes, 0) / 1000;
  expect(linked.length).toBeGreaterThan(1);
  expect(kilobytes, 'scripts that index.html links, gzipped').toBeLessThan(200);

  const scripts = await builtScripts(request);
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

test('nothing imports from the first script of a worker: WebKit would run it a second time', async ({
  request,
}) => {
  const all = (await builtScripts(request)).map(({ text }) => text).join('\n');
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
