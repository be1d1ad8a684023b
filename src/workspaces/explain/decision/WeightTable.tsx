import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { weightRows } from './decision-view';
import { weightInWords } from './decision-words';
import css from './weight-table.module.css';

/** What the signs of every layer are worth: the weightiest one, and all of them at once. */
export function WeightTable() {
  const analysis = useExplain((state) => state.analysis);
  const signs = useExplain((state) => state.signs);
  const weights = useExplain((state) => state.weights);
  const rows = weightRows({ analysis, signs, weights });
  const probability = analysis?.predictions[0]?.probability ?? null;
  const shown = (weight: number | null) => (weight === null ? '' : weightInWords(weight, { probability }));
  const gathered = rows.filter(({ others }) => others > 0).map(({ name }) => name);
  const most = weights?.flatMap((layer) =>
    layer?.others ? [layer.signs.length - layer.others.count] : [],
  )[0];
  return (
    <div className={css.weightTable}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys, to be scrolled by them. */}
      <section className={css.scroll} aria-label={say('Table of weights')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('Layer')}</th>
              <th scope="col">{say('Signs')}</th>
              <th scope="col">{say('Weightiest')}</th>
              <th scope="col">{say('All at once')}</th>
              <th scope="col">{say('Weightiest, at the input')}</th>
              <th scope="col">{say('All at once, at the input')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                <td>{row.signs}</td>
                <td>{shown(row.weightiest)}</td>
                <td>{shown(row.together)}</td>
                <td>{shown(row.weightiestAtInput)}</td>
                <td>{shown(row.togetherAtInput)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {gathered.length > 0 && (
        <p>
          {say(
            'Of {value} the {most} signs of greatest mass are weighed one by one, the others all at once.',
            { value: gathered.join(say(', ')), most },
          )}
        </p>
      )}
    </div>
  );
}
