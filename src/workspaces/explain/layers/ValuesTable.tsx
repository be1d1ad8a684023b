import { useState } from 'react';
import { csv } from '../../../codecs/csv';
import { nullShuffles } from '../../../engine/measure/null-shuffles';
import { useStill } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { entropyRows, measuredInWords } from '../view-model';
import css from './values-table.module.css';

const headings: Record<string, string> = {
  layer: '#',
  name: 'Layer',
  kind: 'Kind',
  height: 'Height',
  width: 'Width',
  channels: 'Channels',
  evidence: 'Evidence',
  entropy: 'Entropy',
  null_mean: 'Null mean',
  null_sd: 'Null sd',
  structure: 'Structure',
  marginal: 'Marginal',
  conditional: 'Conditional',
  mutual: 'Mutual',
};

const shown = (value: string | number | null) =>
  value === null
    ? ''
    : typeof value === 'number' && !Number.isInteger(value)
      ? value.toFixed(4)
      : typeof value === 'string'
        ? say(value)
        : value;

/** The numbers of the entropy chart, to be read aloud or copied. */
export function ValuesTable() {
  const state = useStill();
  const rows = entropyRows(state);
  const [copied, setCopied] = useState(false);
  if (rows.length === 0) return null;
  const columns = Object.keys(rows[0]);
  const copy = async () => {
    await navigator.clipboard.writeText(csv(rows));
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <details className={css.values}>
      <summary>{say('Table of values')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys, to be scrolled by them. */}
      <section className={css.scroll} aria-label={say('Values by layer')} tabIndex={0}>
        <table>
          <caption>
            {say(
              '{measured}. Null: mean and standard deviation over {nullShuffles} shuffles. Marginal and conditional in bits.',
              { measured: measuredInWords(state), nullShuffles },
            )}
          </caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {say(headings[column] ?? column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={row.name} aria-current={i === state.layer ? 'true' : undefined}>
                {columns.map((column) =>
                  column === 'name' ? (
                    <th key={column} scope="row">
                      {row.name}
                    </th>
                  ) : (
                    <td key={column}>{shown(row[column])}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <button type="button" onClick={copy}>
        {copied ? say('Copied') : say('Copy as CSV')}
      </button>
    </details>
  );
}
