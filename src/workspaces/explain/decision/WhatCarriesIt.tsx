import { useEffect, useMemo, useRef, useState } from 'react';
import { signColour } from '../../../figures';
import type { DecisionTask } from '../../../state/decision-store';
import { useExplain } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { lazyPart } from '../../../ui/lazy-part';
import reading from '../reading/reading.module.css';
import { Why } from '../reading/Why';
import { follow, pointAt } from '../selection';
import { useTurnMarks } from '../turns/InTurn';
import { evidence } from '../verdict/clause-evidence';
import css from './carries.module.css';
import { begin, watchDecisions } from './decision-controller';
import { carriedBy } from './decision-view';
import { barEnd, type Carried, type CarryingSign, carriedInWords, weightInWords } from './decision-words';
import { Running } from './Running';

// What is opened now and then need not be there at the start.
const DecisionCardDialog = lazyPart(() =>
  import('./DecisionCardDialog').then((module) => module.DecisionCardDialog),
);
const TrustDialog = lazyPart(() => import('./TrustDialog').then((module) => module.TrustDialog));

/** Signs listed one by one. */
const mostListed = 6;

/** What can be asked further, each answered in one place. */
const questions: Record<DecisionTask, string> = {
  weights: 'Weigh all layers',
  curves: 'Deletion and insertion',
  randomised: 'Randomised weights',
};

/** The signs that the explained class rests on: in words, as a list, and what more can be asked about them. */
export function WhatCarriesIt() {
  useEffect(watchDecisions, []);
  const section = useRef<HTMLElement>(null);
  useTurnMarks(section);
  const analysis = useExplain((state) => state.analysis);
  const signs = useExplain((state) => state.signs);
  const weights = useExplain((state) => state.weights);
  const measured = useExplain((state) => state.measurement !== null);
  const carried = useMemo(() => carriedBy({ analysis, signs, weights }), [analysis, signs, weights]);
  const [open, setOpen] = useState<DecisionTask | 'card' | null>(null);
  const ask = (task: DecisionTask) => {
    setOpen(task);
    begin(task);
  };
  const ready = carried !== null && measured;
  return (
    <>
      <section
        ref={section}
        data-part="carries"
        className={css.carries}
        aria-labelledby="carries"
        {...evidence('masking')}
      >
        <div className={reading.head}>
          <h2 id="carries">{say('What carries it')}</h2>
          <Why of="what carries the decision" section="weights" />
        </div>
        {carried && <p>{carriedInWords(carried)}</p>}
        {carried && carried.signs.length > 0 && (
          <SignList carried={carried} layer={(analysis?.layers.length ?? 1) - 1} />
        )}
        <div className={css.asks}>
          <button type="button" disabled={!ready} onClick={() => setOpen('card')}>
            {say('Decision card')}
          </button>
          {Object.entries(questions).map(([task, name]) => (
            <button key={task} type="button" disabled={!ready} onClick={() => ask(task as DecisionTask)}>
              {say(name)}
            </button>
          ))}
        </div>
        {open === null && <Running />}
      </section>

      {open === 'card' && <DecisionCardDialog onClose={() => setOpen(null)} />}
      {open !== null && open !== 'card' && <TrustDialog part={open} onClose={() => setOpen(null)} />}
    </>
  );
}

/** The signs by falling mass; the one that is pointed at is followed in every figure. */
function SignList({ carried, layer }: { carried: Carried; layer: number }) {
  const { signs } = carried;
  const most = barEnd(carried);
  const theme = useFigureTheme();
  const followed = useExplain((state) => state.followed);
  const shown = signs.slice(0, mostListed);
  const further = signs.length - shown.length;
  return (
    <>
      <div className={css.signHeads} aria-hidden="true">
        <span>
          {say('{part} when masked', {
            part: carried.probability === null ? say('lost') : say('logits lost'),
          })}
        </span>
        <span>{say('evidence')}</span>
      </div>
      <ol className={carried.probability === null ? css.ofNumber : undefined}>
        {shown.map((sign, rank) => (
          <li key={sign.id}>
            <button
              type="button"
              aria-pressed={followed?.layer === layer && followed.sign === sign.id}
              onPointerEnter={() => pointAt({ layer, sign: sign.id })}
              onPointerLeave={() => pointAt(null)}
              onClick={() => follow({ layer, sign: sign.id })}
              onFocus={() => pointAt({ layer, sign: sign.id })}
              onBlur={() => pointAt(null)}
            >
              <span className="visually-hidden">{nameOf(sign, rank, carried)}</span>
              <span className={css.badge} aria-hidden="true" style={{ borderColor: signColour(theme, rank) }}>
                {rank + 1}
              </span>
              <span data-drawn className={css.bar}>
                <span
                  className={sign.weight !== null && sign.weight < 0 ? css.against : undefined}
                  style={{
                    width: `${(Math.abs(sign.weight ?? 0) / most) * 100}%`,
                    background: signColour(theme, rank),
                  }}
                />
              </span>
              <span className={css.number} aria-hidden="true">
                {sign.weight === null ? '…' : weightInWords(sign.weight, carried)}
              </span>
              <span className={css.number} aria-hidden="true">
                {Math.round(sign.share * 100)} %
              </span>
            </button>
          </li>
        ))}
      </ol>
      {further > 0 && (
        <p className={css.further}>
          {say('and {further} lesser {plural}', {
            further,
            plural: further === 1 ? say('one') : say('ones'),
          })}
        </p>
      )}
    </>
  );
}

/** "Sign 1, a supersign of 3: 4.1 logits lost when masked, 62 % of the evidence" */
function nameOf(
  { form, order, weight, weightAtInput, share }: CarryingSign,
  rank: number,
  carried: Carried,
): string {
  const forms = {
    supersign: say('a supersign of {order}', { order }),
    carried: say('carried'),
    emerges: say('new in this layer'),
  };
  const unit = carried.probability === null ? '' : say(' logits');
  const lost =
    weight === null
      ? say('not weighed yet')
      : say('{weight}{unit} lost when masked', { weight: weightInWords(weight, carried), unit });
  const atInput =
    weightAtInput === null
      ? ''
      : say(', {weightAtInput} when blurred in the picture', {
          weightAtInput: weightInWords(weightAtInput, carried),
        });
  return say('Sign {rank}, {form}: {lost}{atInput}, {share} % of the evidence', {
    rank: rank + 1,
    form: forms[form],
    lost,
    atInput,
    share: Math.round(share * 100),
  });
}
