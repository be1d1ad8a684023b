// npm run package:check: packs the package, installs it into an empty folder as its users do, and uses it: the command, the mathematics
// with its types, the element in a page. A script of its own and no part of `npm test`: it builds, packs and installs for a minute.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quietFlags, systemChromium } from './browser.mjs';
import { installPackages, root } from './install.mjs';

// Before what is imported from them: a fresh clone has none.
installPackages();
const { chromium } = await import('playwright-core');
const { preview } = await import('vite');

const folder = mkdtempSync(path.join(tmpdir(), 'supersign-package-'));
const inFolder = { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] };
const port = Number(process.env.SUPERSIGN_PORT ?? 4179);
const picture = path.join(root, 'public/examples/tench.jpg');
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
  await opening();
  await element();
  said('The package does what it says.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function command() {
  const help = execFileSync('npx', ['--no-install', 'supersign', '--help'], inFolder);
  assert.match(help, /npx supersign study/);
  said('npx supersign --help', `${help.split('\n').length} lines`);
  const supersign = (...words) => execFileSync('npx', ['--no-install', 'supersign', ...words], inFolder);
  const one = ['--model', 'photos10', '--images', picture];
  supersign('explain', ...one, '--out', 'explained');
  const file = path.join(folder, 'explained/tench.jpg/analysis.json');
  const { target, layers } = JSON.parse(readFileSync(file, 'utf8'));
  assert.equal(target.label, 'tench');
  said('npx supersign explain', `${target.label}, ${layers.length} layers`);
  supersign('compare', ...one, '--out', 'compared', '--methods', 'grad-cam,layer-cam');
  const rows = readFileSync(path.join(folder, 'compared/methods.csv'), 'utf8').trim().split('\n').length - 1;
  assert.equal(rows, 2 * layers.length);
  said('npx supersign compare', `${rows} maps`);
  const sizes = ['--epochs', '1', '--train', '32', '--held-out', '20', '--test', '20'];
  supersign('train', 'pictographs', ...sizes, '--out', 'trained');
  assert.match(
    readFileSync(path.join(folder, 'trained/README.md'), 'utf8'),
    /npx supersign train pictographs/,
  );
  said('npx supersign train', readdirSync(path.join(folder, 'trained')).join(', '));
  const few = [
    '--seeds',
    '1',
    '--orders',
    'random',
    '--trainings',
    '1',
    '--reference-epochs',
    '1',
    '--epochs',
    '1',
  ];
  supersign('search', 'pictographs', ...few, ...sizes.slice(2, 6), '--pictures', '4', '--out', 'searched');
  assert.ok(readdirSync(path.join(folder, 'searched')).includes('search.json'));
  said('npx supersign search', readdirSync(path.join(folder, 'searched')).join(', '));
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
  const served = spawn('npx', ['--no-install', 'supersign', '--no-open', '--port', String(port + 1)], {
    cwd: folder,
    detached: true,
  });
  try {
    const address = await addressOf(served);
    const response = await fetch(address);
    assert.equal(response.headers.get('cross-origin-opener-policy'), 'same-origin');
    assert.match(await response.text(), /<title>Supersign<\/title>/);
    said('npx supersign', address);
  } finally {
    process.kill(-served.pid, 'SIGINT');
  }
}

/** `npx supersign open` serves the page with a network and a picture that lie on this machine. */
async function opening() {
  const model = path.join(folder, 'trained/model.json');
  const words = [
    'open',
    picture,
    '--model',
    model,
    '--layer',
    'conv1_1',
    '--no-open',
    '--port',
    String(port + 3),
  ];
  const served = spawn('npx', ['--no-install', 'supersign', ...words], { cwd: folder, detached: true });
  const browser = await chromium.launch({ executablePath: systemChromium(), args: quietFlags });
  try {
    const address = await addressOf(served);
    const tab = await browser.newPage();
    await tab.goto(address);
    await tab.getByText(/Ready: \d+ layers/).waitFor({ timeout: 120_000 });
    await tab
      .getByText(/tench\.jpg/)
      .first()
      .waitFor();
    await tab
      .getByText(/conv1_1, layer 1 of/)
      .first()
      .waitFor();
    said('npx supersign open', address.replace(/\?.*/, ''));
  } finally {
    await browser.close();
    process.kill(-served.pid, 'SIGINT');
  }
}

/** The address that a command says it serves at. */
function addressOf(served) {
  return new Promise((resolve, reject) => {
    served.stdout.on('data', (data) => resolve(/http:\S+/.exec(data)?.[0]));
    served.on('exit', (code) => reject(new Error(`npx supersign ended with ${code}`)));
  });
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
    preview: { port: port + 2 },
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
    const whole = gaps.reduce((sum, gap) => sum + gap, 0);
    // In shares: a busy machine draws every frame later.
    assert.ok(
      gaps[0] < whole / 5,
      `the page stood still for ${gaps[0].toFixed(0)} of ${whole.toFixed(0)} ms`,
    );
    const median = gaps[Math.floor(gaps.length / 2)];
    const frames = `${gaps.length} frames while they loaded for ${(whole / 1000).toFixed(1)} s`;
    said('three elements', `${frames}, median ${median.toFixed(0)} ms, the longest ${gaps[0].toFixed(0)} ms`);
  } finally {
    await browser.close();
    await site.close();
  }
}

function said(...words) {
  console.log(words.join(': '));
}
