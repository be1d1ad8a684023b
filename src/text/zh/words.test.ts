import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { say, speak } from '../say';
import { zh } from '.';
import { readers } from './readers';
import {
  codeFiles,
  englishIn,
  isCited,
  type Node,
  programOf,
  samplesIn,
  sentencesIn,
  walk,
} from './sentences-testing';

const words = { ...zh, ...readers };

/** Rooms that no page shows anything of: the command line, and what a notebook's own frame says. */
const elsewhere = /^(headless|notebook|text\/zh)\//;
/** Documents that are files, in English as those of the command line. */
const documents = new Set(['training/export/report-text.ts']);

const files = codeFiles().filter((file) => !elsewhere.test(file) && !documents.has(file));

/** What `say` is asked for by its own letters, and nouns that are counted, in one file. */
function textsIn(file: string): string[] {
  const found: string[] = [];
  const literals = (node: Node | undefined): string[] => {
    if (node?.type === 'ConditionalExpression')
      return [node.consequent, node.alternate].flatMap((each) => literals(each as Node));
    if (node?.type === 'JSXExpressionContainer') return literals(node.expression as Node);
    return node?.type === 'Literal' && typeof node.value === 'string' ? [node.value] : [];
  };
  const program = programOf(file);
  const isSayOf = ({ type, source }: Node) =>
    type === 'ImportDeclaration' && /\/(say|counted|Said)$/.test(String((source as Node).value));
  if (!(program.body as Node[]).some(isSayOf)) return [];
  walk(program, 0, (node) => {
    if (node.type === 'CallExpression') {
      const { name } = node.callee as Node;
      const args = node.arguments as Node[];
      if (name === 'say') found.push(...literals(args[0]));
      if (name === 'counted') found.push(...literals(args[1]).map((noun) => `# ${noun}`));
    }
    if (node.type === 'JSXOpeningElement' && (node.name as Node).name === 'Said') {
      for (const attribute of node.attributes as Node[]) {
        const isText = (attribute.name as Node | undefined)?.name === 'text';
        if (isText) found.push(...literals(attribute.value as Node));
      }
    }
    return 0;
  });
  return found;
}

/** What is put in; `plural` is an ending or a verb that Chinese has no need of. */
const names = (text: string) => (text.match(/\{(?!plural\b)\w+\}|<\w+>/g) ?? []).toSorted();

beforeAll(() => speak('zh', words));
afterAll(() => speak('en'));

test('every text of the page has its Chinese', () => {
  const missing = files
    .flatMap((file) => textsIn(file).map((text) => ({ file, text })))
    .filter(({ text }) => !Object.hasOwn(words, text))
    .map(({ file, text }) => `${file}: ${text}`);
  expect(missing).toEqual([]);
});

test('every example says in Chinese what it shows', () => {
  const examples = path.resolve(import.meta.dirname, '../../../public/examples/index.json');
  const shown = (JSON.parse(readFileSync(examples, 'utf8')) as { description: string }[]).map(
    ({ description }) => description,
  );
  expect(shown.filter((text) => !Object.hasOwn(words, text))).toEqual([]);
});

test('every sentence that is thrown, refused or told of in any room has its Chinese', () => {
  const isSaid = (text: string) => {
    const said = say(text);
    return said !== text && englishIn(said) === null && samplesIn(said) === samplesIn(text);
  };
  const sentences = sentencesIn(files).filter((each) => !isCited(each));
  expect(sentences.length).toBeGreaterThan(1000);
  expect(
    sentences.filter(({ ways }) => !ways.some(isSaid)).map(({ file, text }) => `${file}: ${text}`),
  ).toEqual([]);
});

test('what is put into a sentence stands in its Chinese, too', () => {
  const differing = Object.entries(words).filter(
    ([text, said]) => !text.startsWith('# ') && String(names(text)) !== String(names(said)),
  );
  expect(differing).toEqual([]);
});

test('a sentence put together elsewhere is found by its own text and no other', () => {
  const filledIn = (text: string) => {
    const put = Object.fromEntries(
      (text.match(/\{\w+\}/g) ?? []).map((name) => [name.slice(1, -1), `Q${name.slice(1, -1)}x`]),
    );
    return { put, sentence: text.replace(/\{(\w+)\}/g, (_, name: string) => put[name]) };
  };
  const other = Object.keys(words)
    // Where two stand side by side nothing tells where the one ends.
    .filter(
      (text) => /\{\w+\}/.test(text) && !text.includes('}{') && text.replace(/\{\w+\}|\s/g, '').length >= 5,
    )
    .map((text) => ({ text, ...filledIn(text) }))
    .filter(({ text, put, sentence }) => say(sentence) !== say(text, put))
    .map(({ text, sentence }) => `${text} > ${say(sentence)}`);
  expect(other).toEqual([]);
});
