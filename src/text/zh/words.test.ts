import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';
import { expect, test } from 'vitest';
import { zh } from '.';

type Node = { type: string; [key: string]: unknown };

/** Rooms of which every text is in Chinese. */
const spoken = [
  'app',
  'ui',
  'text',
  'workspaces/study',
  'workspaces/optimise',
  'workspaces/about',
  'study',
  'search',
  'training',
];

/** What `say` is asked for by its own letters, and nouns that are counted, in one file. */
function textsIn(file: string): string[] {
  const { program } = parseSync(file, readFileSync(file, 'utf8'));
  const found: string[] = [];
  const literals = (node: Node | undefined): string[] => {
    if (node?.type === 'ConditionalExpression')
      return [node.consequent, node.alternate].flatMap((each) => literals(each as Node));
    if (node?.type === 'JSXExpressionContainer') return literals(node.expression as Node);
    return node?.type === 'Literal' && typeof node.value === 'string' ? [node.value] : [];
  };
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const each of node) visit(each);
    if (!node || typeof node !== 'object' || Array.isArray(node)) return;
    const each = node as Node;
    if (each.type === 'CallExpression') {
      const name = (each.callee as Node).name;
      const args = each.arguments as Node[];
      if (name === 'say') found.push(...literals(args[0]));
      if (name === 'counted') found.push(...literals(args[1]).map((noun) => `# ${noun}`));
    }
    if (each.type === 'JSXOpeningElement' && (each.name as Node).name === 'Said') {
      for (const attribute of each.attributes as Node[]) {
        const isText = (attribute.name as Node | undefined)?.name === 'text';
        if (isText) found.push(...literals(attribute.value as Node));
      }
    }
    for (const [key, value] of Object.entries(each)) if (key !== 'start' && key !== 'end') visit(value);
  };
  visit(program);
  return found;
}

const source = path.resolve(import.meta.dirname, '../..');
const files = (readdirSync(source, { recursive: true }) as string[])
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|testing|fixtures/.test(file));

const names = (text: string) => (text.match(/\{\w+\}|<\w+>/g) ?? []).toSorted();

test('every text of the page has its Chinese', () => {
  const missing = files
    .filter((file) => spoken.some((room) => file.startsWith(`${room}/`)))
    .flatMap((file) => textsIn(path.join(source, file)).map((text) => ({ file, text })))
    .filter(({ text }) => !Object.hasOwn(zh, text))
    .map(({ file, text }) => `${file}: ${text}`);
  expect(missing).toEqual([]);
});

test('what is put into a sentence stands in its Chinese, too', () => {
  const differing = Object.entries(zh).filter(
    ([text, words]) => !text.startsWith('# ') && String(names(text)) !== String(names(words)),
  );
  expect(differing).toEqual([]);
});
