import { counted } from '../../text/counted';
import { NetworkError } from '../network-errors';
import { countInWords, fittingNames, type OutputKind } from '../output-kind';
import { labelsInTable, labelsInYaml } from './label-tables';

/** More classes than any network has. */
const MOST_LABELS = 1_000_000;

/** Keys under which tools write the names of classes. */
const keys = ['labels', 'classes', 'names', 'class_names', 'classNames', 'id2label', 'categories'];

/**
 * Names of classes in a text: one a line, a JSON list, or an object by position, by name, or under one of the usual keys;
 * also as Python writes lists and dictionaries, a table (`.csv`, `.tsv`), or YAML as Ultralytics writes `data.yaml`.
 * @param file its name, for the message
 * @throws NetworkError where it holds no names, or leaves some out
 */
export function parseLabels(text: string, file: string): string[] {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  const labels = labelsIn(trimmed, file);
  if (!labels || labels.length === 0 || labels.length > MOST_LABELS || labels.some((label) => label === '')) {
    throw new NetworkError(
      `${file} does not read as a list of classes: one name a line, a JSON list, or {"0": "tench", "1": …} without a gap.`,
    );
  }
  return labels;
}

/** What comes in place of a list whose download failed: a pointer of Git LFS, or a web page. */
const notTheFile = /^(version https:\/\/git-lfs\.|<(!doctype|html|\?xml)\b)/i;

function labelsIn(text: string, file: string): string[] | null {
  if (/^[[{]/.test(text)) return labelsOf(parseValue(text));
  if (/\.json$/i.test(file) || notTheFile.test(text)) return null;
  if (/\.[ct]sv$/i.test(file)) return labelsInTable(text);
  if (/\.ya?ml$/i.test(file)) return labelsInYaml(text);
  return linesOf(text);
}

/** The names that a file has beside its network, under one of the usual keys; null without. */
export function labelsInMetadata(metadata: unknown): string[] | null {
  const entries = record(metadata);
  for (const key of keys) {
    const value = entries?.[key];
    if (value === undefined) continue;
    const labels = labelsOf(typeof value === 'string' ? parseValue(value.trim()) : value);
    if (labels && labels.length > 0) return labels;
  }
  return null;
}

/**
 * The names for what a network tells.
 * @param network what its output is, and the names it has so far
 * @throws NetworkError where there are more or fewer of them
 */
export function named(
  names: readonly string[],
  network: { kind: OutputKind; labels: readonly string[] },
  file: string,
): string[] {
  const fitting = fittingNames(names, network);
  if (fitting) return fitting;
  const { kind, labels } = network;
  const isUnit = kind === 'number' && names.length === 2;
  const told = countInWords(kind, labels.length);
  throw new NetworkError(
    isUnit
      ? `${file} lists ${names.length} names, but ${told}. If it tells two classes, read its output as classes first.`
      : `${file} lists ${counted(names.length, 'name')}, but ${told}.`,
  );
}

const record = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return parsePython(text);
  }
}

const quoted = String.raw`'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"`;

/** `{0: 'tench', 1: "bull's eye"}` and `['tench', 'goldfish']`. */
function parsePython(text: string): unknown {
  const unescaped = (one?: string, other?: string) => (one ?? other ?? '').replace(/\\(.)/g, '$1');
  if (text.startsWith('{')) {
    const entries = [...text.matchAll(new RegExp(String.raw`(\d+)\s*:\s*(?:${quoted})`, 'g'))];
    return Object.fromEntries(entries.map(([, key, one, other]) => [key, unescaped(one, other)]));
  }
  return [...text.matchAll(new RegExp(quoted, 'g'))].map(([, one, other]) => unescaped(one, other));
}

function labelsOf(value: unknown, depth = 0): string[] | null {
  if (Array.isArray(value)) return value.map(labelOf);
  const entries = record(value);
  if (!entries || depth > 2) return null;
  const names = Object.keys(entries);
  if (names.every((key) => /^\d+$/.test(key)))
    return inOrder(names.map((key) => [Number(key), labelOf(entries[key])]));
  // As a generator of Keras tells its classes: {"cat": 0, "dog": 1}.
  if (names.every((key) => Number.isInteger(entries[key]))) {
    return inOrder(names.map((key) => [entries[key] as number, key]));
  }
  const known = keys.find((key) => entries[key] !== undefined);
  return known === undefined ? null : labelsOf(entries[known], depth + 1);
}

/** Names by position; null where one is missing. */
function inOrder(entries: [number, string][]): string[] | null {
  const labels = entries.sort(([a], [b]) => a - b).map(([, label]) => label);
  return entries.every(([position], i) => position === i) ? labels : null;
}

/** A name alone, ["n01440764", "tench"] as Keras lists ImageNet, or an object with a name; empty for anything else. */
function labelOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
  if (Array.isArray(value)) return String(value[1] ?? '').replaceAll('_', ' ');
  const { name, label } = (record(value) ?? {}) as { name?: unknown; label?: unknown };
  return String(name ?? label ?? '');
}

/** One name a line; where every line begins with its own number, that is left out. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const numbered = lines.map((line) => /^(\d+)\s*[\s:,;]\s*(.+)$/.exec(line));
  const first = Number(numbered[0]?.[1]);
  const counts =
    numbered.every((match, i) => Number(match?.[1]) === first + i) && (first === 0 || first === 1);
  return counts ? numbered.map((match) => match?.[2] ?? '') : lines;
}
