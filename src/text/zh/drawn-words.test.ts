import { afterAll, beforeAll, expect, test } from 'vitest';
import { saliencyMethodNames } from '../../saliency/method-names';
import { explainSettings } from '../../state/settings';
import { optimiseSettings } from '../../workspaces/optimise/optimise-settings';
import { studySettings } from '../../workspaces/study/run/study-settings';
import { say, speak } from '../say';
import { zh } from '.';
import { readers } from './readers';
import { codeFiles, type Node, programOf, walk } from './sentences-testing';

const words = { ...zh, ...readers };
beforeAll(() => speak('zh', words));
afterAll(() => speak('en'));

/** Functions of figures that write their first text, or measure it. */
const writing = new Set(['appendText', 'drawText', 'word', 'write', 'planNames', 'wrapText', 'shortenText']);
/** What names a thing in a table, by its key. */
const naming = /^(title|label|name|heading|group|says|asks|summary|description|noun|advice|hint)$/;
/** Rooms whose tables are shown. */
const shown = /^(workspaces|ui|app|figures|models|state)\//;
/** Names, which are the same in every language: of methods, of what others made, of themes and files. */
const areNames = new Set<string>([
  ...Object.values(saliencyMethodNames),
  ...['ReLU', 'tanh', 'Adam', 'same', 'valid', 'TensorFlow.js LayersModel', 'dark', 'light'],
  ...['model.json', 'weights.bin'],
]);

const isWord = ({ type, value }: Node) =>
  type === 'Literal' && typeof value === 'string' && /[A-Za-z]{3}/.test(value);

/** Every literal that some code writes or names something by. */
function literalsIn(file: string, of: (node: Node) => readonly (Node | null)[]): string[] {
  const found: string[] = [];
  walk(programOf(file), 0, (node) => {
    for (const each of of(node)) if (each && isWord(each)) found.push(`${file}: ${each.value}`);
    return 0;
  });
  return found;
}

test('what a figure writes by its own letters is said', () => {
  const written = (node: Node): readonly (Node | null)[] => {
    if (node.type === 'Property' && (node.key as Node).name === 'text') return [node.value as Node];
    // Rows of names and values.
    if (node.type === 'ArrayExpression' && (node.elements as (Node | null)[]).length === 2) {
      const [first, second] = node.elements as (Node | null)[];
      // Attributes of SVG have their rounded numbers.
      const { name } = (second?.callee ?? {}) as Node;
      const isValue = second && /^(Conditional|Call|Member)Expression$/.test(second.type) && name !== 'round';
      return isValue ? [first] : [];
    }
    const { name } = (node.callee ?? {}) as Node;
    if (node.type !== 'CallExpression' || !writing.has(String(name))) return [];
    return (node.arguments as Node[]).flatMap((each) =>
      each.type === 'ArrayExpression' ? (each.elements as Node[]) : [each],
    );
  };
  const figures = codeFiles().filter((file) => file.startsWith('figures/'));
  expect(figures.flatMap((file) => literalsIn(file, written))).toEqual([]);
});

test('what a table of the page names has its Chinese', () => {
  const named = (node: Node) => {
    if (node.type !== 'Property') return [];
    const value = node.value as Node;
    const isShort = naming.test(String((node.key as Node).name));
    return isShort && !areNames.has(String(value.value)) && !Object.hasOwn(words, String(value.value))
      ? [value]
      : [];
  };
  const tables = codeFiles().filter((file) => shown.test(file));
  expect(
    tables.flatMap((file) => literalsIn(file, named)).filter((each) => !/: [a-z]+-CAM|CAM$/.test(each)),
  ).toEqual([]);
});

test('every mistake of an address is told of in Chinese', () => {
  const tables = { ...explainSettings, ...studySettings, ...optimiseSettings };
  for (const { parameter, allowed } of Object.values(tables)) {
    const told = say(`"${parameter}=?" is not understood; allowed: ${allowed}.`);
    expect(told).toMatch(/^无法理解“[^”]+=\?”；允许：/);
    expect(told).not.toMatch(/[a-z]{2,} [a-z]{2,} [a-z]{2,}/);
  }
  expect(say('There is no setting "nothing".')).toBe('没有名为“nothing”的设置。');
});
