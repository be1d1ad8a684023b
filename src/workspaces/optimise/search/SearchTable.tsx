import { useMemo } from 'react';
import type { SearchState } from '../../../search/search-state';
import { say } from '../../../text/say';
import css from '../optimise.module.css';
import { summaryRows } from './search-view';

/** What every order came to, means and deviations over the seeds. */
export function SearchTable({ state }: { state: SearchState }) {
  const rows = useMemo(() => summaryRows(state), [state]);
  if (rows.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
    <section className={css.scroll} tabIndex={0} aria-label={say('Results by order')}>
      <table>
        <caption>
          {say('What every order came to; mean ± standard deviation where there is more than one seed.')}
        </caption>
        <thead>
          <tr>
            <th scope="col">{say('Order')}</th>
            <th scope="col">{say('Seeds')}</th>
            <th scope="col">{say('Blocks')}</th>
            <th scope="col">{say('Parameters')}</th>
            <th scope="col">{say('Multiply-adds')}</th>
            <th scope="col">{say('Latency')}</th>
            <th scope="col">{say('Test accuracy')}</th>
            <th scope="col">{say('Validation')}</th>
            <th scope="col">{say('Front area')}</th>
            <th scope="col">{say('Trainings')}</th>
            <th scope="col">{say('Minutes')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.order}>
              <th scope="row">{row.order}</th>
              <td>{row.seeds}</td>
              <td>{row.blocks}</td>
              <td>{row.parameters}</td>
              <td>{row.multiplyAdds}</td>
              <td>{row.latency}</td>
              <td>{row.test}</td>
              <td>{row.validation}</td>
              <td>{row.front}</td>
              <td>{row.trainings}</td>
              <td>{row.minutes}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
