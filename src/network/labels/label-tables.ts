/** Columns that hold the name of a class, the best first, and those that hold its position. */
const nameColumns = [
  'name',
  'class_name',
  'classname',
  'label',
  'label_name',
  'display_name',
  'class',
  'category',
  'title',
  'description',
];
const positionColumns = [
  'index',
  'id',
  'idx',
  'class_id',
  'classid',
  'class_index',
  'label_id',
  'number',
  'no',
  '',
];
/** A table with one of these tells of pictures and not of classes. */
const pictureColumns = /^(image|img|file|path|filename|file_?name|url|x_?min|width)/;

/**
 * Names of classes in a table: one column of them, beside their position or not, with a head or without.
 * @returns null where the table holds anything else
 */
export function labelsInTable(text: string): string[] | null {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  if (lines.length === 0) return null;
  const separator = [',', ';', '\t'].find((each) => lines[0].includes(each)) ?? ',';
  const rows = lines.map((line) => cellsOf(line, separator));
  const columns = rows[0].length;
  if (columns > 6 || rows.some((row) => row.length !== columns)) return null;
  const head = rows[0].map((cell) => cell.toLowerCase().replaceAll(' ', '_'));
  if (head.some((cell) => pictureColumns.test(cell))) return null;
  const name = nameColumns.map((each) => head.indexOf(each)).find((at) => at >= 0);
  const position = positionColumns.map((each) => head.indexOf(each)).find((at) => at >= 0 && at !== name);
  if (name !== undefined) return named(rows.slice(1), name, position ?? countedColumn(rows.slice(1), name));
  if (columns === 1) return rows.map(([cell]) => cell);
  if (columns !== 2) return null;
  const counted = countedColumn(rows, null);
  return counted === undefined ? null : named(rows, 1 - counted, counted);
}

/** The column of whole numbers from 0 on, each once. */
function countedColumn(rows: readonly string[][], besides: number | null): number | undefined {
  const columns = [...(rows[0] ?? []).keys()];
  return columns.find((column) => column !== besides && positions(rows, column) !== null);
}

function positions(rows: readonly string[][], column: number): number[] | null {
  const numbers = rows.map((row) => (/^\d+$/.test(row[column]) ? Number(row[column]) : Number.NaN));
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted.every((number, i) => number === i) ? numbers : null;
}

function named(rows: readonly string[][], name: number, position: number | undefined): string[] | null {
  if (rows.length === 0) return null;
  if (position === undefined) return rows.map((row) => row[name]);
  const numbers = positions(rows, position);
  if (!numbers) return null;
  const labels: string[] = [];
  numbers.forEach((number, i) => {
    labels[number] = rows[i][name];
  });
  return labels;
}

/** Cells of a line, of which those in quotation marks may hold the separator. */
function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    const quoted = /^\s*(["'])((?:(?!\1).|\1\1)*)\1\s*/.exec(line.slice(at));
    const behind = quoted ? at + quoted[0].length : Number.NaN;
    if (quoted && (behind === line.length || line[behind] === separator)) {
      cells.push(quoted[2].replaceAll(quoted[1] + quoted[1], quoted[1]).trim());
      at = behind + 1;
      continue;
    }
    const next = line.indexOf(separator, at);
    const end = next < 0 ? line.length : next;
    cells.push(line.slice(at, end).trim());
    at = end + 1;
  }
  return cells;
}

/** Keys under which YAML files name classes: `data.yaml` of Ultralytics, and what others write alike. */
const yamlKey = /^(names|classes|labels|class_names|categories)\s*:\s*(.*)$/;

/**
 * Names of classes in a YAML file: a list or a mapping from positions under one of the usual keys, or nothing but a list. Only
 * what lists of names need of the language is read.
 * @returns null where there are none
 */
export function labelsInYaml(text: string): string[] | null {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trimEnd());
  const at = lines.findIndex((line) => yamlKey.test(line));
  if (at < 0) {
    const items = lines.filter((line) => line.trim() !== '' && line !== '---');
    return items.length > 0 && items.every((line) => /^- /.test(line)) ? block(items) : null;
  }
  const [, , behind] = yamlKey.exec(lines[at]) as RegExpExecArray;
  if (behind !== '') return flow([behind, ...lines.slice(at + 1)].join(' '));
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => /^[^\s-]/.test(line));
  return block((end < 0 ? rest : rest.slice(0, end)).filter((line) => line.trim() !== ''));
}

/** `- cat` or `0: cat`, a line each. */
function block(lines: readonly string[]): string[] | null {
  const labels: string[] = [];
  for (const line of lines) {
    const item = /^\s*-\s+(.*)$/.exec(line);
    const entry = /^\s+(\d+)\s*:\s*(.*)$/.exec(line);
    if (item) labels.push(plain(item[1]));
    else if (entry && Number(entry[1]) === labels.length) labels.push(plain(entry[2]));
    else return null;
  }
  return labels.length > 0 ? labels : null;
}

/** `[cat, dog]` or `{0: cat, 1: dog}`. */
function flow(text: string): string[] | null {
  const inside = /^(?:\[([^\]]*)\]|\{([^}]*)\})/.exec(text.trim());
  if (!inside) return null;
  const items = cellsOf(inside[1] ?? inside[2], ',').filter(
    (item, i, all) => item !== '' || i < all.length - 1,
  );
  if (inside[1] !== undefined) return items.map(plain);
  return block(items.map((item) => ` ${item}`));
}

const plain = (value: string) => value.trim().replace(/^(["'])(.*)\1$/, '$2');
