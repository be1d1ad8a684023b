import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { SignRef } from '../../../semiotics';
import { useExplain } from '../../../state/explain-store';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { weightInWords } from '../decision/decision-words';
import { follow, selectLayer } from '../selection';
import { explainedThing } from '../target/target-words';
import { signInWords, signName } from './flow-view';
import css from './sign-sheet.module.css';

/** So many of the signs that one takes in are named. */
const mostNamed = 6;

/** On a phone, from below: the sign that is held, what it is worth, where it comes from and where it goes. */
export function SignSheet() {
  const shown = useExplain(
    useShallow(({ analysis, signs, followed, weights, layer }) => ({
      analysis,
      signs,
      followed,
      weights,
      layer,
    })),
  );
  const { analysis, signs, followed, layer } = shown;
  const worth = useMemo(() => worthOf(shown), [shown]);
  if (!analysis || !signs || !followed) return null;
  const linked = signs.linked.layers[followed.layer]?.[followed.sign];
  if (!linked) return null;
  const [name, share, ...rest] = signInWords(shown, followed).split(', ');
  const parts = linked.parts.map(({ from }) => from).sort((a, b) => massOf(b) - massOf(a));
  function massOf(ref: SignRef): number {
    return signs?.layers[ref.layer].signs[ref.sign].mass ?? 0;
  }
  const goTo = (ref: SignRef) => {
    follow(ref, true);
    selectLayer(ref.layer);
  };
  const link = (ref: SignRef) => (
    <button key={`${ref.layer} ${ref.sign}`} type="button" onClick={() => goTo(ref)}>
      {signName(shown, ref)}
    </button>
  );
  return (
    <section
      className={css.sheet}
      role="dialog"
      aria-label={say('Sign')}
      onKeyDown={({ key }) => key === 'Escape' && follow(null)}
    >
      <header>
        <h2>{name}</h2>
        <button type="button" onClick={() => follow(null)}>
          {say('Let go')}
        </button>
      </header>
      <p>{`${share}, ${rest.join(say(', '))}.`}</p>
      <p>{worth}</p>
      {followed.layer !== layer && (
        <button type="button" onClick={() => selectLayer(followed.layer)}>
          {say('Show its layer, and mask it there')}
        </button>
      )}
      {linked.into && (
        <p className={css.links}>
          <span>{say('Taken into')}</span> {link(linked.into.to)}
        </p>
      )}
      {parts.length > 0 && (
        <p className={css.links}>
          <span>{say('Takes in')}</span> {parts.slice(0, mostNamed).map(link)}
          {parts.length > mostNamed && (
            <span>{say('and {parts} more', { parts: parts.length - mostNamed })}</span>
          )}
        </p>
      )}
    </section>
  );
}

/** What masking the sign costs, in a sentence; that it is being found out where that is so. */
function worthOf({
  analysis,
  followed,
  weights,
}: Pick<ReturnType<typeof useExplain.getState>, 'analysis' | 'followed' | 'weights'>): string {
  const thing = analysis && explainedThing(analysis);
  if (!analysis || !followed || !thing) return '';
  const known = weights?.[followed.layer];
  const words = (value: number) => weightInWords(value, thing);
  const of = say('of {logit}{part}', {
    logit: words(thing.logit),
    part: thing.probability === null ? '' : say(' logits'),
  });
  const own = known?.signs[followed.sign];
  if (own)
    return own.weight < 0
      ? say('Masking it adds {value} to {logit}: it speaks against.', {
          value: words(-own.weight),
          logit: words(thing.logit),
        })
      : say('Masking it costs {weight} {of}.', { weight: words(own.weight), of });
  if (known?.others)
    return say(
      'It was masked with {lesserSigns} of its layer, all at once: together they cost {weight} {of}.',
      { lesserSigns: counted(known.others.count, 'lesser sign'), weight: words(known.others.weight), of },
    );
  return say('What masking it costs is found out while its layer is shown.');
}
