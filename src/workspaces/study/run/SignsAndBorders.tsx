import { say } from '../../../text/say';
import { Choice } from '../../../ui/fields';
import { SignSliders } from '../../../ui/SignSliders';
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
  say(
    torus
      ? 'N{neighbourhood}, border torus; signs: persistence {tau}, cut-off {theta}'
      : 'N{neighbourhood}, border cut off; signs: persistence {tau}, cut-off {theta}',
    { neighbourhood, tau: tau.toFixed(2), theta: theta.toFixed(2) },
  );

/** What counts as a neighbour and what as a sign: folded behind a sentence, as it is seldom changed. */
export function SignsAndBorders() {
  const { neighbourhood, torus, tau, theta } = useStudy((state) => state.choices);
  const chosen: Rare = { neighbourhood, torus, tau, theta };
  const isChanged = (Object.keys(initial) as (keyof Rare)[]).some((key) => chosen[key] !== initial[key]);
  return (
    <details className={css.rare}>
      <summary>
        {say('Neighbours and signs')} <span data-changed={isChanged}>{inWords(chosen)}</span>
      </summary>
      <div className={css.pair}>
        <Choice
          label={say('Neighbourhood')}
          value={neighbourhood}
          options={[
            { value: 4, title: 'N4' },
            { value: 8, title: 'N8' },
          ]}
          onChange={(neighbourhood) => choose({ neighbourhood })}
        />
        <Choice
          label={say('Border')}
          value={torus ? 'torus' : 'cut off'}
          options={[
            { value: 'cut off', title: say('cut off') },
            { value: 'torus', title: say('torus') },
          ]}
          onChange={(border) => choose({ torus: border === 'torus' })}
        />
      </div>
      <SignSliders className={css.share} tau={tau} theta={theta} change={choose} />
      {isChanged && (
        <button type="button" onClick={() => choose(initial)}>
          {say('Reset')}
        </button>
      )}
    </details>
  );
}
