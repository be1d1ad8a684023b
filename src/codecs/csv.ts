/** What a table cell may hold. */
export type CsvValue = string | number | boolean | null | undefined;

/**
 * RFC 4180 table of the records: a header of all keys in order of first appearance, CRLF line ends, quotes
 * where they are needed, empty cells for null and for what is not finite. Numbers are written in the shortest
 * form that reads back as the same double.
 */
export function csv(rows: readonly Readonly<Record<string, CsvValue>>[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  return lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

function cell(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number')
    return Number.isFinite(value) ? (Object.is(value, -0) ? '0' : String(value)) : '';
  const text = String(value);
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
