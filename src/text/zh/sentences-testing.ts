import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';

export type Node = { type: string; start: number; end: number; [key: string]: unknown };

/** A sentence that some code puts together, with samples for what it puts in. */
export interface CodeSentence {
  readonly file: string;
  readonly text: string;
  /** As it may be asked for: by itself, or behind the name or the sentence that it begins with. */
  readonly ways: readonly string[];
}

/** Most ways in which one sentence is tried that has parts of several wordings. */
const mostWays = 48;
/** How far a sentence is followed through functions and constants that make its parts. */
const mostSteps = 5;

const source = path.resolve(import.meta.dirname, '../..');

/** All code of the page but tests, by its path from `src`. */
export const codeFiles = (): string[] =>
  (readdirSync(source, { recursive: true }) as string[])
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|testing|fixtures/.test(file));

const programs = new Map<string, Node>();

/** What a file says, parsed once. */
export function programOf(file: string): Node {
  const known = programs.get(file);
  if (known) return known;
  const { program } = parseSync(file, readFileSync(path.join(source, file), 'utf8'));
  programs.set(file, program as unknown as Node);
  return program as unknown as Node;
}

/** Every node in its order, with what `enter` makes of it handed on to those within. */
export function walk<T>(node: unknown, above: T, enter: (node: Node, above: T) => T | null): void {
  if (Array.isArray(node)) {
    for (const each of node) if (typeof each === 'object') walk(each, above, enter);
    return;
  }
  if (!node) return;
  const within = typeof (node as Node).type === 'string' ? enter(node as Node, above) : above;
  if (within === null) return;
  for (const key in node) {
    const value = (node as Node)[key];
    if (typeof value === 'object' && value !== null) walk(value, within, enter);
  }
}

/** What stands for a value that is put in: no word of any language. */
const sample = 'Qx';

interface Named {
  readonly name: string;
  readonly at: number;
  readonly makes: readonly Node[];
}

const namedBy = new Map<string, Named[]>();

/** Constants and functions of a file by their names, with what they are or give back. */
function namedIn(file: string): Named[] {
  const known = namedBy.get(file);
  if (known) return known;
  const found: Named[] = [];
  walk(programOf(file), 0, (node) => {
    const isConstant = node.type === 'VariableDeclarator' && (node.id as Node).type === 'Identifier';
    if (isConstant && node.init) found.push(madeBy(node.id as Node, node.init as Node));
    const isFunction = node.type === 'FunctionDeclaration' || node.type === 'MethodDefinition';
    const id = (node.id ?? node.key) as Node | null;
    if (isFunction && id) found.push(madeBy(id, node));
    return 0;
  });
  namedBy.set(file, found);
  return found;
}

function madeBy(id: Node, node: Node): Named {
  const makes: Node[] = [];
  const of = { name: id.name as string, at: node.start, makes };
  const isFunction = /Function|MethodDefinition/.test(node.type);
  if (!isFunction) makes.push(node);
  else if (node.type === 'ArrowFunctionExpression' && (node.body as Node).type !== 'BlockStatement') {
    makes.push(node.body as Node);
  } else {
    walk(node.type === 'MethodDefinition' ? (node.value as Node).body : node.body, 0, (each) => {
      if (/Function/.test(each.type)) return null;
      if (each.type === 'ReturnStatement' && each.argument) makes.push(each.argument as Node);
      return 0;
    });
  }
  return of;
}

/** What an expression may read as; null where it is no text that stands in the code. */
class Wordings {
  /** Names that come from other files, with the file of each. */
  private readonly from = new Map<string, string>();

  constructor(private readonly file: string) {
    for (const each of programOf(file).body as Node[]) {
      if (each.type !== 'ImportDeclaration') continue;
      const from = (each.source as Node).value as string;
      if (!from.startsWith('.')) continue;
      const at = path.posix.join(path.posix.dirname(file), from);
      for (const { local } of each.specifiers as { local: Node }[]) this.from.set(local.name as string, at);
    }
  }

  of(node: Node, steps = 0): string[] | null {
    switch (node.type) {
      case 'Literal':
        return typeof node.value === 'string' || typeof node.value === 'number' ? [String(node.value)] : null;
      case 'TemplateLiteral': {
        const quasis = (node.quasis as Node[]).map((each) => (each.value as { cooked: string }).cooked);
        return (node.expressions as Node[]).reduce<string[]>(
          (ways, each, i) => product(ways, this.of(each, steps) ?? [sample], quasis[i + 1]),
          [quasis[0]],
        );
      }
      case 'ConditionalExpression':
        return this.either(node.consequent as Node, node.alternate as Node, steps);
      case 'LogicalExpression':
        return this.either(node.left as Node, node.right as Node, steps);
      case 'BinaryExpression': {
        if (node.operator !== '+') return null;
        const [left, right] = [this.of(node.left as Node, steps), this.of(node.right as Node, steps)];
        if (!left && !right) return null;
        return product(left ?? [sample], right ?? [sample]);
      }
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'ParenthesizedExpression':
      case 'ChainExpression':
        return this.of(node.expression as Node, steps);
      case 'Identifier':
        return this.named(node.name as string, node.start, steps);
      case 'CallExpression':
        return this.called(node, steps);
    }
    return null;
  }

  private either(one: Node, other: Node, steps: number): string[] | null {
    const [left, right] = [this.of(one, steps), this.of(other, steps)];
    if (!left && !right) return null;
    return [...new Set([...(left ?? [sample]), ...(right ?? [sample])])];
  }

  private called(node: Node, steps: number): string[] | null {
    const callee = node.callee as Node;
    const args = node.arguments as Node[];
    const property = callee.type === 'MemberExpression' ? (callee.property as Node).name : null;
    if (callee.name === 'counted') {
      const [one] = (args[1] && this.of(args[1], steps)) ?? [null];
      if (one === null) return null;
      const [several] = args[2] ? (this.of(args[2], steps) ?? [`${one}s`]) : [`${one}s`];
      return [`1 ${one}`, `3 ${several}`];
    }
    if (callee.name === 'say') return null;
    if (property === 'trim' || property === 'trimEnd')
      return this.of(callee.object as Node, steps)?.map((text) => text.trim()) ?? null;
    const isOwn = property !== null && (callee.object as Node).type === 'ThisExpression';
    const name = isOwn ? (property as string) : callee.name;
    return typeof name === 'string' ? this.named(name, Number.POSITIVE_INFINITY, steps) : null;
  }

  /** By a constant before that place, the nearest, or a function of that name. */
  private named(name: string, before: number, steps: number): string[] | null {
    if (steps >= mostSteps) return null;
    const here = namedIn(this.file).findLast((each) => each.name === name && each.at < before);
    const elsewhere = here ? null : fileAt(this.from.get(name));
    const found = here ?? (elsewhere && namedIn(elsewhere).find((each) => each.name === name));
    if (!found) return null;
    const reading = elsewhere ? new Wordings(elsewhere) : this;
    const ways = found.makes.map((each) => reading.of(each, steps + 1));
    if (ways.every((each) => each === null)) return null;
    return [...new Set(ways.flatMap((each) => each ?? [sample]))];
  }
}

/** The file of a path without its ending; null for a folder's index, which makes no sentences. */
const fileAt = (at: string | undefined) =>
  at === undefined
    ? null
    : ([`${at}.ts`, `${at}.tsx`].find((file) => existsSync(path.join(source, file))) ?? null);

function product(left: readonly string[], right: readonly string[], end = ''): string[] {
  return left.flatMap((one) => right.map((other) => `${one}${other}${end}`)).slice(0, mostWays);
}

/** Classes whose errors tell of a mistake in the code that calls, or of nothing. */
const forProgrammers = new Set(['RangeError', 'TypeError', 'DOMException', 'SyntaxError']);
/** Functions that make an error, or a refusal, of a part of a sentence. */
const refusing = new Set(['problem', 'fail', 'damaged', 'refuse']);
/** Under which results tell something of themselves. */
const telling = new Set(['text', 'reason', 'note', 'maskNote', 'failure']);
/** Where texts are for who looks at the console, or no texts. */
const silent =
  /^(console|test|assert|postMessage|mark|querySelector(All)?|matchMedia|getContext|register|replace|startsWith|endsWith|includes|split|join)$/;

/** All that is thrown, refused or told as a sentence in one of the files, in every wording. */
export function sentencesIn(files: readonly string[]): CodeSentence[] {
  return files.flatMap((file) => {
    const program = programOf(file);
    const wordings = new Wordings(file);
    const found = new Set<string>();
    const add = (node: Node | undefined, isSentence: (text: string) => boolean) => {
      for (const text of (node && wordings.of(node)) ?? []) if (isSentence(text)) found.add(text);
    };
    walk(program, 0, (node) => {
      if (node.type.startsWith('TS') && !/Expression$/.test(node.type)) return null;
      if (/^(Import|ExportAll)/.test(node.type)) return null;
      const callee = node.callee as Node | undefined;
      if (node.type === 'NewExpression' && /Error$|^Un(available|sound)$/.test(String(callee?.name))) {
        if (forProgrammers.has(String(callee?.name))) return null;
        add((node.arguments as Node[])[0], hasWords);
      }
      if (node.type === 'CallExpression') {
        const name = String(((callee as Node).property as Node | undefined)?.name ?? (callee as Node).name);
        const of = String(((callee as Node).object as Node | undefined)?.name);
        if (name === 'say' || name === 'counted' || silent.test(name) || silent.test(of)) return null;
        if (refusing.has(name)) add((node.arguments as Node[])[0], hasWords);
      }
      if (node.type === 'Property' && telling.has(String((node.key as Node).name))) {
        add(node.value as Node, hasWords);
      }
      if (node.type === 'JSXOpeningElement' && (node.name as Node).name === 'Said') return null;
      if (node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string')) {
        add(node, isWholeSentence);
      }
      return 0;
    });
    return [...found].map((text) => ({
      file,
      text,
      ways: [text, text.trim(), text.trim().replace(/^(Qx )+/, '')],
    }));
  });
}

const hasWords = (text: string) =>
  /[a-z]{2}.*[a-z]{2}/.test(text.replaceAll(sample, '')) && / /.test(text) && !text.startsWith('<');
/** From its first word to its full stop, or what follows a name to its full stop. */
const isWholeSentence = (text: string) => {
  const own = text.replaceAll(sample, '').trim();
  return /[a-z]+ [a-z]+/.test(own) && /[.?!]$/.test(own);
};

/** Works that are cited are called as they are in every language. */
export const isCited = ({ file, text }: CodeSentence): boolean =>
  file === 'workspaces/about/About.tsx' && /\b(19|20)\d\d\b|^Frank: /.test(text);

/** Names of files, commands and code in a sentence, which are the same in every language. */
const code =
  /python -m [^，。]*|tensorflowjs_converter [^，。]*|[\w.]+\([^()]*(\([^()]*(\([^()]*\))?[^()]*\))?[^()]*\)(\.\w+\([^()]*\))*|\b\w+(\.\w+)+\b|"[^"]*"|“[^“”]*”|--?\w[\w-]*/g;

/** What is left of English in a sentence that was said in another language. */
export const englishIn = (said: string): string | null =>
  said
    .replaceAll(sample, '')
    .replace(code, '')
    .match(/[a-z]{2,} [a-z]{2,}/)?.[0] ?? null;

/** How often something was put in: it has to be in what was said as often. */
export const samplesIn = (text: string): number => text.split(sample).length - 1;
