import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inputScalingNames } from '../src/network/scaling/input-scaling';
import { saliencyMethodNames } from '../src/saliency/method-names';
import { ENTROPY_MEASURES } from '../src/semiotics';

const root = path.resolve(import.meta.dirname, '..');
const text = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n');

/** What is told of that is not in the repository: what the build, a browser or a network writes, and the examples of how to add something. */
const elsewhere =
  /^(files|about|metadata)\.json$|peak-cam|renyi|coverage-|CoverageFigure|^service-worker\.js$|^(model|index)\.json$/;

const named = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name);

describe('docs/architecture.md', () => {
  it('names files that are there', () => {
    const names = named(/`([\w./-]+\.(?:tsx?|mjs|py|css|json))`/g).filter((name) => !elsewhere.test(name));
    const missing = names.filter((name) => !files.some((file) => file === name || file.endsWith(`/${name}`)));
    expect(names.length).toBeGreaterThan(80);
    expect(missing).toEqual([]);
  });

  it('names folders that are there', () => {
    const folders = named(/`((?:src|tools|bench|public|docs)\/[\w/-]+?)\/?`/g).filter(
      (name) => !elsewhere.test(name),
    );
    const missing = folders.filter(
      (name) => !files.some((file) => file === name || file.startsWith(`${name}/`)),
    );
    expect(missing).toEqual([]);
  });

  it('tells of every worker, and of none that is not there', () => {
    const sources = files.filter((file) => /^src\/.*\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));
    const started = sources.flatMap((file) =>
      [...readFileSync(path.join(root, file), 'utf8').matchAll(/new Worker\(\s*new URL\('([^']+)'/g)].map(
        ([, script]) => path.posix.join(path.posix.dirname(file), script),
      ),
    );
    const [table] = text.slice(text.indexOf('| Worker | Started by')).split('\n\n');
    const told = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => `src/${name}`);
    expect(told.toSorted()).toEqual([...new Set(started)].toSorted());
  });
});

describe('what users read', () => {
  const read = (name: string) => readFileSync(path.join(root, 'docs', name), 'utf8');
  const rowOf = (parameter: string) => {
    const [, values] = new RegExp(`^\\| \`${parameter}\` +\\| ([^|]*)`, 'm').exec(read('address.md')) ?? [];
    return [...(values ?? '').matchAll(/`([^`]+)`/g)].map(([, value]) => value);
  };

  it('lists the saliency methods there are', () => {
    expect(rowOf('method').toSorted()).toEqual(Object.keys(saliencyMethodNames).toSorted());
    const using = read('using.md').toLowerCase();
    expect(Object.values(saliencyMethodNames).filter((name) => !using.includes(name.toLowerCase()))).toEqual(
      [],
    );
  });

  it('lists the measures there are', () => {
    expect(rowOf('measure').toSorted()).toEqual(ENTROPY_MEASURES.map(({ id }) => id as string).toSorted());
  });

  it('lists the ways to scale there are', () => {
    expect(rowOf('scaling').toSorted()).toEqual(['auto', ...Object.keys(inputScalingNames)].toSorted());
  });
});
