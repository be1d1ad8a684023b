// npm run package:check: packs the package, installs it into an empty folder as its users do, and uses it: the command, the mathematics
// with its types, the element in a page. A script of its own and no part of `npm test`: it builds, packs and installs for half a minute.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { quietFlags, systemChromium } from './browser.mjs';
import { root } from './install.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'supersign-package-'));
const inFolder = { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] };
const write = (name, text) => writeFileSync(path.join(folder, name), text);

try {
  execFileSync('npm', ['pack', '--pack-destination', folder], { cwd: root, stdio: 'ignore' });
  const [packed] = readdirSync(folder);
  write('package.json', JSON.stringify({ name: 'user', private: true, type: 'module' }));
  execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', packed], inFolder);
  said('installed', readdirSync(path.join(folder, 'node_modules')).join(', '));
  command();
  mathematics();
  await serving();
  await element();
  said('The package does what it says.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function command() {
  const help = execFileSync('npx', ['--no-install', 'supersign', '--help'], inFolder);
  assert.match(help, /npx supersign study/);
  said('npx supersign --help', `${help.split('\n').length} lines`);
  const picture = path.join(root, 'public/examples/tench.jpg');
  execFileSync(
    'npx',
    [
      '--no-install',
      'supersign',
      'explain',
      '--model',
      'photos10',
      '--images',
      picture,
      '--out',
      'explained',
    ],
    inFolder,
  );
  const file = path.join(folder, 'explained/tench.jpg/analysis.json');
  const { target, layers } = JSON.parse(readFileSync(file, 'utf8'));
  assert.equal(target.label, 'tench');
  said('npx supersign explain', `${target.label}, ${layers.length} layers`);
}

/** The example of docs/library.md: values and types. */
function mathematics() {
  write(
    'try.ts',
    `import { type EntropyOptions, nullModel, spatialEntropy } from 'supersign/semiotics';
const options: EntropyOptions = { measure: 'aura-matrix', levels: 16 };
const map = Float32Array.from({ length: 784 }, (_, i) => Math.exp(-(((i % 28) - 8) ** 2 + (Math.floor(i / 28) - 14) ** 2) / 20) + 0.6 * Math.exp(-(((i % 28) - 21) ** 2 + (Math.floor(i / 28) - 12) ** 2) / 12));
const { mean }: { mean: number } = nullModel(map, 28, 28, options);
console.log(Number(spatialEntropy(map, 28, 28, options)).toFixed(3), mean.toFixed(3));
// @ts-expect-error there is no such measure
const wrong: EntropyOptions = { measure: 'none' };
`,
  );
  for (const [module, resolution] of [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ]) {
    execFileSync(
      process.execPath,
      [
        path.join(root, 'node_modules/typescript/bin/tsc'),
        ...['--strict', '--target', 'es2022', '--module', module, '--moduleResolution', resolution],
        ...['--types', '', '--outDir', 'out', 'try.ts'],
      ],
      inFolder,
    );
  }
  const told = execFileSync(process.execPath, ['out/try.js'], inFolder).trim();
  assert.equal(told, '0.455 0.934');
  said('supersign/semiotics', told);
}

/** `npx supersign` serves the page, isolated. */
async function serving() {
  const served = spawn('npx', ['--no-install', 'supersign', '--no-open', '--port', '4179'], {
    cwd: folder,
    detached: true,
  });
  try {
    const address = await new Promise((resolve, reject) => {
      served.stdout.on('data', (data) => resolve(/http:\S+/.exec(data)?.[0]));
      served.on('exit', (code) => reject(new Error(`npx supersign ended with ${code}`)));
    });
    const response = await fetch(address);
    assert.equal(response.headers.get('cross-origin-opener-policy'), 'same-origin');
    assert.match(await response.text(), /<title>Supersign<\/title>/);
    said('npx supersign', address);
  } finally {
    process.kill(-served.pid, 'SIGINT');
  }
}

/** A page of a site that serves its node_modules holds three elements, and stays responsive while they load. */
async function element() {
  const images = ['golf-ball', 'tench', 'church'];
  write(
    'index.html',
    `<script type="module" src="/node_modules/supersign/dist/element.js"></script>${images.map((image) => `<supersign-explain image="${image}"></supersign-explain>`).join('')}`,
  );
  const site = await preview({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    build: { outDir: '.' },
    preview: { port: 4180 },
  });
  const browser = await chromium.launch({ executablePath: systemChromium(), args: quietFlags });
  try {
    const tab = await browser.newPage({ viewport: { width: 1200, height: 2400 } });
    await tab.goto(site.resolvedUrls.local[0]);
    const gaps = await tab.evaluate(
      () =>
        new Promise((resolve) => {
          const longest = [];
          let settled = 0;
          addEventListener('supersign-settled', () => {
            settled += 1;
          });
          let before = performance.now();
          const look = () => {
            const now = performance.now();
            longest.push(now - before);
            before = now;
            if (settled === 3) resolve(longest.sort((a, b) => b - a));
            else requestAnimationFrame(look);
          };
          look();
        }),
    );
    said('three elements', `${gaps.length} frames while they loaded, the longest ${gaps[0].toFixed(0)} ms`);
  } finally {
    await browser.close();
    await site.close();
  }
}

function said(...words) {
  console.log(words.join(': '));
}
