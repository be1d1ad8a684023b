import { encodingOf } from '../codecs/decode-text';
import { parseLabels } from '../network/labels/labels';
import type { FileKind } from './file-kind';
import type { ForeignName } from './foreign-kinds';
import { baseName } from './named-file';

/** No list of classes is longer, in bytes; nor any text that is read whole to tell what it is. */
export const LONGEST_TEXT = 4e6;

/** The text that a file's beginning is; null for binary files. */
export function textIn(head: Uint8Array, isWhole: boolean): string | null {
  const bytes = isWhole ? head : head.subarray(0, wholeLetters(head));
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  // Lists of classes also come in the letters of old Windows: those have no other control characters.
  if (encoding === 'windows-1252' && /[\x80-\x9f]/.test(text)) return null;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells binary files.
  return /[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/.test(text) ? null : text;
}

/** How many bytes of a part hold whole letters of UTF-8, whose last one may be cut; an even number, for UTF-16. */
function wholeLetters(part: Uint8Array): number {
  let end = part.length - (part.length % 2);
  for (let back = 1; back <= 4 && back <= end; back++) {
    const byte = part[end - back];
    if (byte >= 0x80 && byte < 0xc0) continue;
    if (byte >= 0xc0) end -= back + (back % 2);
    break;
  }
  return end;
}

const foreign = (kind: ForeignName): FileKind => ({ is: 'foreign', kind });

/**
 * What a text is.
 * @param start its beginning, or all of it
 * @param whole reads all of it; null where it is too long to be looked at
 */
export async function textKind(
  start: string,
  path: string,
  whole: () => Promise<string | null>,
): Promise<FileKind> {
  const text = start.replace(/^\uFEFF/, '').trimStart();
  if (text === '') return foreign('blank');
  if (annotation.test(text)) return foreign('boxes');
  const plain = failedDownload(text) ?? programme(text);
  if (plain) return foreign(plain);
  if (/^[[{]/.test(text)) return jsonKind(text, path, whole);
  const name = baseName(path);
  if (/\.(txt|names|labels)$/i.test(name)) return { is: 'labels' };
  if (/\.(csv|tsv|ya?ml)$/i.test(name)) {
    if (await readsAsLabels(await whole(), name)) return { is: 'labels' };
    return foreign(/\.ya?ml$/i.test(name) ? 'text' : 'csv');
  }
  return foreign(isTable(text) ? 'csv' : 'text');
}

/** What comes in place of a file when its download fails, by the beginning of a text. */
export function failedDownload(text: string): ForeignName | null {
  if (text.startsWith('version https://git-lfs.github.com/spec/')) return 'lfs-pointer';
  if (webPage.test(text)) return 'html';
  if (/^(<\?xml[^>]*>\s*)?<Error[\s>]/.test(text)) return 'server-error';
  if (
    /^(404: Not Found|Entry not found|Not Found|Access Denied|Forbidden|Invalid username or password\.?)\s*$/i.test(
      text,
    )
  )
    return 'server-error';
  if (/^\{\s*"(error|message)"\s*:\s*"[^"]{0,300}"/.test(text) && text.length < 2000) return 'server-error';
  if (/^\[InternetShortcut\]/.test(text)) return 'shortcut';
  return null;
}

/** Of PASCAL VOC, behind the notes of XML and of whoever saved it. */
const annotation = /^(<\?xml[^>]*>\s*)?(<!--[\s\S]{0,2000}?-->\s*)*<annotation[\s>]/;

/** Behind the notes of whoever saved it, and of XML. */
const webPage =
  /^(<\?xml[^>]*>\s*)?(<!--[\s\S]{0,2000}?-->\s*)*<(!doctype\s+html|(html|head|body|title|meta|script|style|div|p|h1|iframe|noscript)[\s>/])/i;

function programme(text: string): ForeignName | null {
  if (/^(<\?xml[^>]*>\s*)?<net\s/.test(text)) return 'openvino';
  if (/^\[(net|network)\]\s/.test(text) || /^(#[^\n]*\n)*\[net\]/.test(text)) return 'darknet';
  if (/^model_checkpoint_path:/.test(text)) return 'tensorflow-checkpoint';
  if (/^saved_model_schema_version:/.test(text)) return 'saved-model';
  if (/^node\s*\{\s*name:\s*"[^"]*"\s*op:/.test(text)) return 'frozen-graph';
  if (/^(name:\s*"[^"]*"\s*)?(input:|layers?\s*\{)/.test(text) && /\blayers?\s*\{/.test(text)) return 'caffe';
  if (
    /^(#!.*python|"""|from\s+[\w.]+\s+import\s|import\s+\w+)/.test(text) ||
    /^import\s+(torch|tensorflow|keras|numpy)\b/m.test(text)
  )
    return 'code';
  return null;
}

/** Several lines, each with the same number of columns, two at least. */
function isTable(text: string): boolean {
  const lines = text.split(/\r?\n/).slice(0, 8).filter(Boolean);
  const columns = (line: string) => line.split(/[,;\t]/).length;
  const [first] = lines.map(columns);
  return lines.length > 1 && first > 1 && lines.slice(0, -1).every((line) => columns(line) === first);
}

/** The schemas of files that Supersign writes, with what opens them. */
const own: Record<string, FileKind> = {
  analysis: { is: 'analysis' },
  study: { is: 'study' },
  search: { is: 'search' },
  checkpoint: foreign('checkpoint'),
};

async function jsonKind(text: string, path: string, whole: () => Promise<string | null>): Promise<FileKind> {
  // A file that breaks off within the word is meant to be one all the same: its reader says that it breaks off.
  const schema = /"schema"\s*:\s*"supersign\/([\w-]*)("?)/.exec(text);
  if (schema) {
    const [, name, end] = schema;
    const known = Object.keys(own).find((each) => (end ? each === name : each.startsWith(name)));
    return known ? own[known] : foreign('json');
  }
  if (/"nbformat"|^\{\s*"cells"\s*:/.test(text)) return foreign('notebook');
  if (/^\[\s*\{\s*"(paths|weights)"\s*:/.test(text)) return foreign('tensorflowjs-weights');
  const network: FileKind = { is: 'network', format: 'tensorflow.js' };
  if (/"modelTopology"\s*:/.test(text) || /"format"\s*:\s*"(graph|layers)-model"/.test(text)) return network;
  if (/"class_name"\s*:/.test(text)) {
    const all = await whole();
    return all === null || all.includes('"weightsManifest"') ? network : foreign('keras-architecture');
  }
  if (/"weightsManifest"\s*:/.test(text)) {
    const all = await whole();
    return all === null || all.includes('"modelTopology"') ? network : foreign('tensorflowjs-weights');
  }
  const all = await whole();
  if (isCoco(all ?? text)) return foreign('boxes');
  if (await readsAsLabels(all, baseName(path))) return { is: 'labels' };
  return foreign(all !== null && !isJson(all) ? 'broken-json' : 'json');
}

/** Annotations of COCO, by two of the lists they consist of. */
const isCoco = (text: string) =>
  ['images', 'annotations', 'categories', 'licenses'].filter((list) =>
    new RegExp(`"${list}"\\s*:\\s*\\[`).test(text),
  ).length > 1;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function readsAsLabels(text: string | null, name: string): Promise<boolean> {
  if (text === null) return false;
  try {
    parseLabels(text, name);
    return true;
  } catch {
    return false;
  }
}
