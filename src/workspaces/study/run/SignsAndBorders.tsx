import { useId } from 'react';
import { Choice } from '../../../ui/fields';
import css from '../study.module.css';
import { choose } from './study-controller';
import { initialChoices } from './study-settings';
import { type FormChoices, useStudy } from './study-store';

type Rare = Pick<FormChoices, 'neighbourhood' | 'torus' | 'tau' | 'theta'>;

const initial: Rare = (({ neighbourhood, torus, tau, theta }) => ({ neighbourhood, torus, tau, theta }))(
  initialChoices,
);

/** What is seldom changed, in words. */
const inWords = ({ neighbourhood, torus, tau, theta }: Rare): string =>
  `N${neighbourhood}, border ${torus ? 'torus' : 'cut off'}; signs: persistence ${tau.toFixed(2)}, cut-off ${theta.toFixed(2)}`;

/** What counts as a neighbour and what as a sign: folded behind a sentence, as it is seldom changed. */
export function SignsAndBorders() {
  const { neighbourhood, torus, tau, theta } = useStudy((state) => state.choices);
  const chosen: Rare = { neighbourhood, torus, tau, theta };
  const isChanged = (Object.keys(initial) as (keyof Rare)[]).some((key) => chosen[key] !== initial[key]);
  return (
    <details className={css.rare}>
      <summary>
        Neighbours and signs <span data-changed={isChanged}>{inWords(chosen)}</span>
      </summary>
      <div className={css.pair}>
        <Choice
          label="Neighbourhood"
          value={neighbourhood}
          options={[
            { value: 4, title: 'N4' },
            { value: 8, title: 'N8' },
          ]}
          onChange={(neighbourhood) => choose({ neighbourhood })}
        />
        <Choice
          label="Border"
          value={torus ? 'torus' : 'cut off'}
          options={[
            { value: 'cut off', title: 'cut off' },
            { value: 'torus', title: 'torus' },
          ]}
          onChange={(border) => choose({ torus: border === 'torus' })}
        />
      </div>
      <Share
        label="Persistence"
        title="Least height of a sign’s peak above its saddle, as a share of the map’s maximum (tau)"
        value={tau}
        onChange={(tau) => choose({ tau })}
      />
      <Share
        label="Cut-off"
        title="What is lower than this share of the map’s maximum belongs to no sign (theta)"
        value={theta}
        onChange={(theta) => choose({ theta })}
      />
      {isChanged && (
        <button type="button" onClick={() => choose(initial)}>
          Reset
        </button>
      )}
    </details>
  );
}

/** A share from 0 to 1, in hundredths. */
function Share({
  label,
  title,
  value,
  onChange,
}: {
  label: string;
  title: string;
  value: number;
  onChange(value: number): void;
}) {
  const id = useId();
  return (
    <div className={css.share} title={title}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={1}
        step={0.01}
        value={value}
        onChange={({ target }) => onChange(Number(target.value))}
      />
      <span>{value.toFixed(2)}</span>
    </div>
  );
}
