import { useCallback, useState } from 'react';
import { trustNumber } from '../../../figures/faithfulness/trust-by-layer';
import { saliencyMethodNames } from '../../../saliency/method-names';
import type { Study } from '../../../study/study-data';
import type { TrustCell, TrustLayer, TrustTableRow } from '../../../study/trust/trust-table';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { Choice } from '../../../ui/fields';
import { useSummary } from '../results/use-summary';
import { MethodsAgainst } from './MethodsAgainst';
import { Scrolled } from './Scrolled';
import css from './trust.module.css';
import { trustTableSummary } from './trust-summaries';

/** Means of every method by every measure at a layer, and the methods against each other there. */
export function MethodsByMeasures({ study }: { study: Study }) {
  const [layer, setLayer] = useState<string | number>(String(study.layers.length - 1));
  const at: TrustLayer = layer === 'best' ? 'best' : Math.min(Number(layer), study.layers.length - 1);
  const table = useSummary(useCallback(() => trustTableSummary(study, at), [study, at]));
  const methods = study.settings.trust?.methods ?? [];
  const rows = (table ?? []).filter(({ cells }) => cells.some(({ band }) => band));
  const fewer = rows.some(({ cells }) => cells.some(({ band }) => band && band.count < study.images.length));
  return (
    <>
      <div className={css.head}>
        <h3>{say('Methods by measures')}</h3>
        <Choice
          label={say('Maps of')}
          value={layer}
          options={[
            ...study.layers.map(({ name }, index) => ({ value: String(index), title: name })),
            { value: 'best', title: say('the best layer of each') },
          ]}
          onChange={setLayer}
        />
      </div>
      <Scrolled>
        <table aria-label={say('Methods by measures')}>
          <thead>
            <tr>
              <th scope="col">{say('Measure')}</th>
              {methods.map((method) => (
                <th key={method} scope="col">
                  {say(saliencyMethodNames[method])}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.measure}>
                <th scope="row">
                  {say(row.name)}
                  {row.better && (
                    <span> {row.better === 'high' ? say('higher is better') : say('lower is better')}</span>
                  )}
                </th>
                {row.cells.map((cell) => (
                  <Cell key={cell.method} cell={cell} row={row} study={study} best={at === 'best'} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
      <p className={css.note}>
        {say(
          'Means over the images with 95 % bootstrap bands; ranks by mean. p: that the best method is no better, on the same images by sign flips, corrected for all comparisons of the table (Holm).',
        )}
        {fewer && say(fewerInWords)}
        {at === 'best' && say(' The best layer is chosen on these images: its means are flattered.')}
      </p>
      <MethodsAgainst study={study} at={at} />
    </>
  );
}

/** Why a mean does not rest on all images. */
const fewerInWords =
  ' Fewer images, where said: their maps are zero everywhere there, they have no mask to be held against, or (efficient MPRT) the map’s values lie in so few bins that a quotient of entropies means nothing.';

function Cell({
  cell,
  row,
  study,
  best,
}: {
  cell: TrustCell;
  row: TrustTableRow;
  study: Study;
  best: boolean;
}) {
  const { band, rank, p, layer } = cell;
  if (!band) return <td>–</td>;
  return (
    <td className={rank === 1 && row.cells.length > 1 ? css.first : undefined}>
      {trustNumber(band.mean)}
      <span>{say('{low} to {high}', { low: trustNumber(band.low), high: trustNumber(band.high) })}</span>
      {row.cells.length > 1 && rank !== null && (
        <span>
          {say('rank {rank}', { rank })}
          {p !== null && `, p ${p < 0.001 ? '< .001' : `= ${p.toFixed(3).replace(/^0/, '')}`}`}
        </span>
      )}
      {band.count < study.images.length && <span>{counted(band.count, 'image')}</span>}
      {best && layer !== null && <span>{study.layers[layer].name}</span>}
    </td>
  );
}
