import { useState } from 'react';
import { useExplain, useStill } from '../../../state/explain-store';
import { useVersus } from '../../../state/versus-store';
import { say } from '../../../text/say';
import { selectLayer } from '../selection';
import css from './versus.module.css';
import { versusFacts } from './versus-view';
import { entropyDifference, shareInWords, signed } from './versus-words';

const fixed = (value: number | null, digits: number) => (value === null ? '–' : signed(value, digits));

/** What differs, layer by layer, as numbers. */
export function VersusTable() {
  const [open, setOpen] = useState(false);
  return (
    <details className={css.values} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{say('A against B in numbers')}</summary>
      {open && <Numbers />}
    </details>
  );
}

function Numbers() {
  const shown = useStill();
  const layer = useExplain((state) => state.layer);
  const known = useVersus();
  const facts = versusFacts(shown, known);
  if (!facts) return null;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys, to be scrolled by them. */}
      <section className={css.scroller} aria-label={say('A against B in numbers')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('Layer{part}', { part: facts.byDepth ? say(' of A') : '' })}</th>
              {facts.byDepth && <th scope="col">{say('Layer of B')}</th>}
              <th scope="col">{say('Correlation')}</th>
              <th scope="col">{say('Shared evidence')}</th>
              <th scope="col">{say('Entropy of A')}</th>
              <th scope="col">{say('Entropy of B')}</th>
              <th scope="col">A − B</th>
            </tr>
          </thead>
          <tbody>
            {facts.layers.map((one, i) => (
              <tr key={one.name} aria-current={i === layer ? 'true' : undefined}>
                <th scope="row">
                  <button type="button" onClick={() => selectLayer(i)}>
                    {one.name}
                  </button>
                </th>
                {facts.byDepth && <td>{one.partner}</td>}
                <td>{fixed(one.correlation, 2)}</td>
                <td>{one.shared === null ? '–' : shareInWords(one.shared)}</td>
                <td>{fixed(one.entropy.a, 3)}</td>
                <td>{fixed(one.entropy.b, 3)}</td>
                <td>{fixed(entropyDifference(one), 3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
