import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import packaged from '../../package.json';
import { parseContainerFile, parseIgnored, type Step, scriptIn } from './container-file.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
const stages = parseContainerFile(read('deploy/Dockerfile'));
const image = stages[stages.length - 1];
const of = <Kind extends Step['kind']>({ steps }: { steps: Step[] }, kind: Kind) =>
  steps.filter((step): step is Extract<Step, { kind: Kind }> => step.kind === kind);

describe('the container file', () => {
  it('copies what there is, from stages that are built before', () => {
    for (const [i, stage] of stages.entries()) {
      for (const { stage: other, from } of of(stage, 'copy')) {
        if (other) expect(stages.slice(0, i).map(({ name }) => name)).toContain(other);
        else for (const each of from) expect(existsSync(path.join(root, each)), each).toBe(true);
      }
    }
  });

  it('leaves out what is built, and nothing of the sources', () => {
    const ignored = parseIgnored(read('deploy/Dockerfile.dockerignore'));
    expect(ignored).toEqual(expect.arrayContaining(['node_modules', 'dist', 'commands', 'library', '.git']));
    const built = read('.gitignore')
      .split('\n')
      .map((line) => line.replace(/^\/|\/$/g, ''));
    for (const each of ignored.filter((name) => name !== '.git')) expect(built, each).toContain(each);
  });

  it('begins the package as the manifests do', () => {
    const [{ words }] = of(image, 'entrypoint');
    const command = words.join(' ');
    expect(command).toBe(`node /supersign/${packaged.bin.supersign}`);
    expect(packaged.files).toContain(path.dirname(packaged.bin.supersign));
    expect(scriptIn(read('deploy/kubernetes-indexed-job.yaml'))).toContain(`exec ${command} study`);
    expect(read('deploy/slurm-array.sh')).toContain(`node "$SUPERSIGN/${packaged.bin.supersign}" study`);
  });

  it('installs what the commands look for', () => {
    const installed = of(image, 'run')
      .map(({ command }) => command)
      .join('\n');
    for (const name of ['chromium', 'nodejs']) expect(installed).toMatch(new RegExp(`\\b${name}\\b`));
  });
});

describe('reading a container file', () => {
  it('knows stages, steps and lines that go on', () => {
    const text =
      'FROM a:1 AS one\n# said\nENV A=1 B=2\nRUN x \\\n  && y\nFROM b\nCOPY --from=one /p /q\nCMD ["z"]';
    expect(parseContainerFile(text)).toEqual([
      {
        ...{ from: 'a:1', name: 'one' },
        steps: [
          { kind: 'env', values: { A: '1', B: '2' } },
          { kind: 'run', command: 'x && y' },
        ],
      },
      {
        ...{ from: 'b', name: null },
        steps: [
          { kind: 'copy', stage: 'one', from: ['/p'], to: '/q' },
          { kind: 'cmd', words: ['z'] },
        ],
      },
    ]);
  });

  it.each([
    ['RUN x', /before any FROM/],
    ['FROM a\nHEALTHCHECK x', /"HEALTHCHECK x" is not understood/],
    ['FROM a\nCMD z', /list of words in JSON/],
    ['FROM a\nCOPY --chown=1 a b', /is not understood/],
  ])('refuses what it would have to pass over: %j', (text, message) =>
    expect(() => parseContainerFile(text)).toThrow(message),
  );
});
