import { csv } from '../../codecs/csv';
import type { Study } from '../study-data';
import { tableColumns, tableRows } from './study-table';

/** Rows written at a time, so that no text grows beyond what a string may hold. */
const PART = 20_000;

/** The long table as CSV: a row for each picture, class and layer. Numbers read back as the same doubles. */
export function studyCsv(study: Study): Blob {
  const columns = tableColumns(study);
  const rows = tableRows(study);
  const parts: string[] = [];
  for (let at = 0; at === 0 || at < rows.length; at += PART) {
    const records = rows
      .slice(at, at + PART)
      .map((row) => Object.fromEntries(columns.map(({ name, value }) => [name, value(row)])));
    const text = csv(records);
    parts.push(at === 0 ? text : text.slice(text.indexOf('\r\n') + 2));
  }
  return new Blob(parts, { type: 'text/csv' });
}
