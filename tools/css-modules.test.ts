import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { className } from './class-name';

const source = path.resolve(import.meta.dirname, '../src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).map((name) =>
  path.join(source, name),
);
const modules = files.filter((file) => file.endsWith('.module.css'));
const components = files.filter((file) => file.endsWith('.tsx'));

/** The classes of a style sheet that are its own, as scripts call them. */
function classesOf(sheet: string): Set<string> {
  const selectors = readFileSync(sheet, 'utf8')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/:global\([^)]*\)/g, '')
    .replace(/\{[^{}]*\}/g, '{}');
  const names = Array.from(selectors.matchAll(/\.([a-z][\w-]*)/gi), ([, name]) => name);
  return new Set(names.map((name) => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())));
}

/** A sheet may be called as a file is. */
const withoutImports = (text: string) => text.replace(/^import .*;$/gm, '');

/** The components that take this style sheet, by what they call it. */
const takers = (sheet: string) =>
  components.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return Array.from(text.matchAll(/^import (\w+) from '([^']*\.module\.css)';/gm))
      .filter(([, , from]) => path.resolve(path.dirname(file), from) === sheet)
      .map(([, name]) => ({ file, text, name }));
  });

describe.each(modules.map((sheet) => [path.relative(source, sheet), sheet]))('%s', (_, sheet) => {
  const own = classesOf(sheet);
  const used = takers(sheet).flatMap(({ file, text, name }) =>
    Array.from(withoutImports(text).matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g')), ([, key]) => ({
      file,
      key,
    })),
  );

  it('has every class that components ask it for', () => {
    expect(used.filter(({ key }) => !own.has(key))).toEqual([]);
  });

  it('has no class that nobody asks for', () => {
    const chosen = takers(sheet)
      .flatMap(({ text, name }) => (text.includes(`${name}[`) ? [text] : []))
      .join('\n');
    const asked = new Set(used.map(({ key }) => key));
    // Those that are chosen by a value are named somewhere in the component that chooses.
    expect(
      [...own].filter(
        (key) => !asked.has(key) && !chosen.includes(`'${key}'`) && !chosen.includes(`${key}:`),
      ),
    ).toEqual([]);
  });
});

it('no two sheets come to the same name for a class', () => {
  const names = modules.flatMap((sheet) => [...classesOf(sheet)].map((name) => className(name, sheet)));
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});
