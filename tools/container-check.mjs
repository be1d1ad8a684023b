// npm run container:check: builds and runs deploy/Dockerfile where there is no container engine. Every base image is a root made by
// debootstrap, every step runs in it under chroot; then the image does what deploy/ asks of it. Needs root, debootstrap and a network.
//   --cache FOLDER   keeps there what no file of the project goes into, the base and what is installed, and takes what is there
//   --keep           leaves the image's root, and says where
// Where NODE_EXTRA_CA_CERTS names certificates, as behind a proxy that has its own, npm has them in the root too.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseContainerFile, parseIgnored, scriptIn } from './container/container-file.mjs';
import { fail, root, run } from './install.mjs';

const { values } = parseArgs({ options: { cache: { type: 'string' }, keep: { type: 'boolean' } } });
if (process.getuid?.() !== 0) fail('A root to run in is made by root alone: sudo npm run container:check.');
if (spawnSync('debootstrap', ['--version']).error)
  fail('debootstrap is not here. On Debian: apt-get install debootstrap');

const work = mkdtempSync(path.join(tmpdir(), 'supersign-container-'));
const read = (name) => readFileSync(path.join(root, name), 'utf8');
const ignored = parseIgnored(read('deploy/Dockerfile.dockerignore'));
const certificates = process.env.NODE_EXTRA_CA_CERTS;
const built = new Map();
let image = null;
try {
  for (const [i, stage] of parseContainerFile(read('deploy/Dockerfile')).entries()) {
    image = await build(stage, path.join(work, `stage-${i}`));
    if (stage.name) built.set(stage.name, image);
  }
  use(image);
  said('The container file builds, and its image does what deploy/ asks of it.');
} finally {
  if (values.keep && image) said('The image lies in', image.folder);
  else rmSync(work, { recursive: true, force: true });
}

/** Runs the steps of a stage in a root of its own. */
async function build({ from, steps }, folder) {
  const stage = { folder, workdir: '/', env: {}, entrypoint: [], cmd: [] };
  // What has run before any file was copied, which the cache may hold.
  const done = [from];
  const isFresh = () => steps.slice(0, done.length - 1).every(({ kind }) => kind !== 'copy');
  take(from, folder);
  for (const step of steps) {
    done.push(JSON.stringify(step));
    if (step.kind === 'run') {
      const kept = values.cache && isFresh() ? cached(done) : null;
      if (kept && existsSync(kept)) {
        said('RUN, as it was kept', step.command);
        rmSync(folder, { recursive: true });
        copyRoot(kept, folder);
        continue;
      }
      said('RUN', step.command);
      assert.equal(inside(stage, ['/bin/sh', '-c', step.command]).status, 0, `RUN ${step.command}`);
      if (kept) copyRoot(folder, kept);
    } else if (step.kind === 'copy') {
      for (const each of step.from) place(step, each, stage);
    } else if (step.kind === 'workdir') {
      stage.workdir = step.folder;
      mkdirSync(path.join(folder, step.folder), { recursive: true });
    } else if (step.kind === 'env') {
      Object.assign(stage.env, step.values);
    } else {
      stage[step.kind] = step.words;
    }
  }
  return stage;
}

function cached(steps) {
  const key = createHash('sha256').update(steps.join('\n')).digest('hex').slice(0, 16);
  return path.join(path.resolve(values.cache), key);
}

function copyRoot(from, to) {
  mkdirSync(path.dirname(to), { recursive: true });
  assert.equal(run('cp', ['-a', from, to]), 0);
}

/** A root of Debian's essential packages, in the place of the image of that release. */
function take(from, folder) {
  const [, release] = /^debian:(\w+)-slim$/.exec(from) ?? [];
  if (!release) fail(`${from} is no release of Debian: only those can be made here.`);
  const base = values.cache ? cached([from]) : path.join(work, `base-${release}`);
  if (!existsSync(path.join(base, 'usr/bin'))) {
    said('FROM', from);
    mkdirSync(path.dirname(base), { recursive: true });
    if (run('debootstrap', ['--variant=minbase', release, base, 'http://deb.debian.org/debian']) !== 0)
      fail(`debootstrap could not make ${release}; it says why above.`);
  }
  copyRoot(base, folder);
  copyFileSync('/etc/resolv.conf', path.join(folder, 'etc/resolv.conf'));
  if (certificates) copyFileSync(certificates, path.join(folder, 'tmp/certificates.crt'));
}

function place({ stage, to }, from, { folder, workdir }) {
  const source = stage ? path.join(built.get(stage).folder, from) : path.join(root, from);
  const target = path.join(
    folder,
    path.resolve(workdir, to.endsWith('/') ? path.join(to, path.basename(from)) : to),
  );
  said('COPY', stage ? `${stage}:${from}` : from, to);
  const isIgnored = (file) => {
    const name = path.relative(root, file);
    return ignored.some((each) => name === each || name.startsWith(`${each}/`));
  };
  cpSync(source, target, {
    ...{ recursive: true, verbatimSymlinks: true },
    filter: (file) => stage !== null || !isIgnored(file),
  });
}

/** Runs a command in a root, in mounts of its own that end with it. */
function inside({ folder, workdir, env }, words, { more = {}, output = 'inherit' } = {}) {
  const script = `mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && exec chroot "$0" /usr/bin/env -i -C "$1" "\${@:2}"`;
  const searched = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  const trusted = certificates ? { NODE_EXTRA_CA_CERTS: '/tmp/certificates.crt' } : {};
  const set = Object.entries({ PATH: searched, HOME: '/root', ...trusted, ...env, ...more }).map((pair) =>
    pair.join('='),
  );
  return spawnSync('unshare', ['--mount', 'bash', '-c', script, folder, workdir, ...set, ...words], {
    ...{ encoding: 'utf8', maxBuffer: 2 ** 26, stdio: ['ignore', output, 'inherit'] },
  });
}

/** What deploy/ does with the image: its command, the pods of the job, a task of the array. */
function use(image) {
  const from = (...names) => path.join(image.folder, ...names);
  const examples = ['tench', 'church', 'golf-ball', 'gas-pump'];
  for (const name of examples) {
    mkdirSync(from('images', name), { recursive: true });
    copyFileSync(path.join(root, `public/examples/${name}.jpg`), from('images', name, 'a.jpg'));
  }
  mkdirSync(from('results'));
  const command = (...args) => {
    const { status, stdout } = inside(image, [...image.entrypoint, ...args], { output: 'pipe' });
    assert.equal(status, 0, args.join(' '));
    return stdout;
  };
  assert.match(command(...image.cmd), /supersign COMMAND/);
  said('run', image.cmd.join(' '));

  const figures = ['--figures', 'heat,flow,sheet', '--format', 'png,svg,pdf'];
  command(
    ...[
      'explain',
      '--model',
      'photos10',
      '--images',
      '/images/tench',
      '--out',
      '/results/explained',
      ...figures,
    ],
  );
  assert.ok(existsSync(from('results/explained/a.jpg/flow.pdf')));
  said('run explain', readFileSync(from('results/explained/pictures.csv'), 'utf8').split('\n')[1]);

  const job = read('deploy/kubernetes-indexed-job.yaml');
  const shards = 2;
  for (let index = 0; index < shards; index++) {
    const more = { MODEL: 'photos10', SHARDS: shards, JOB_COMPLETION_INDEX: index };
    const { status } = inside(image, ['/bin/sh', '-c', scriptIn(job)], { more, output: 'pipe' });
    assert.equal(status, 0, `pod ${index}`);
  }
  const merged = JSON.parse(
    command(
      'merge',
      '/results/shard-00001.parquet',
      '/results/shard-00002.parquet',
      '--out',
      '/results/all.csv',
    )
      .trim()
      .split('\n')
      .at(-1),
  );
  assert.equal(merged.measured, examples.length);
  said('run the job', `${shards} pods, ${merged.measured} pictures`);

  copyFileSync(path.join(root, 'deploy/slurm-array.sh'), from('results/slurm-array.sh'));
  const task = { SLURM_ARRAY_TASK_ID: 2, SLURM_ARRAY_TASK_COUNT: 2, SLURM_ARRAY_TASK_MIN: 1 };
  const { status } = inside(image, ['bash', '/results/slurm-array.sh'], {
    more: { SUPERSIGN: '/supersign', MODEL: 'photos10', IMAGES: '/images', OUT: '/results/slurm', ...task },
    output: 'pipe',
  });
  assert.equal(status, 0, 'task of the array');
  assert.ok(existsSync(from('results/slurm/shard-00002.parquet')));
  said('run a task of the array', 'shard-00002.parquet');
}

function said(...words) {
  console.log(words.join(': '));
}
