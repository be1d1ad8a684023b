import { useEffect, useMemo } from 'react';
import type { VersusData } from '../../../figures/versus/versus-data';
import { useExplain, useStill } from '../../../state/explain-store';
import { versusOf } from '../../../state/versus';
import { askWhatToCompare } from '../../../state/versus-choice';
import { useVersus } from '../../../state/versus-store';
import { say } from '../../../text/say';
import { partOf, useShownSpan } from '../layers/shown-layers';
import { setAgainst } from '../target/AgainstChoice';
import { VersusCurves } from './VersusCurves';
import { VersusMaps } from './VersusMaps';
import { VersusStrips } from './VersusStrips';
import { VersusTable } from './VersusTable';
import css from './versus.module.css';
import { cancelVersus, compareAgain, endVersus, goOnBeside, watchVersus } from './versus-controller';
import { versusData, versusFacts } from './versus-view';
import { versusSentences } from './versus-words';

/** The analysis on screen beside a second one, on the axis of the layers; the slider of the page is that of both. */
export function Versus({ width }: { width: number }) {
  useEffect(watchVersus, []);
  const shown = useStill();
  const layer = useExplain((state) => state.layer);
  const known = useVersus();
  const span = useShownSpan();
  const data = useMemo(() => versusData(shown, known), [shown, known]);
  const facts = useMemo(() => versusFacts({ ...shown, layer }, known), [shown, layer, known]);
  const part = useMemo(
    () => data && partOf<VersusData['layers'][number], VersusData>(data, span),
    [data, span],
  );
  return (
    <section className={css.versus} aria-labelledby="versus">
      <header className={css.head}>
        <h2 id="versus">{say('A against B')}</h2>
        {data && (
          <dl className={css.sides}>
            <div>
              <dt className={css.a}>A</dt>
              <dd>{data.a.title}</dd>
            </div>
            <div>
              <dt className={css.b}>B</dt>
              <dd>{data.b.title}</dd>
            </div>
          </dl>
        )}
        <div className={css.actions}>
          {data && <ExplainDifference />}
          <button type="button" onClick={() => askWhatToCompare(true)}>
            {say('Compare with another …')}
          </button>
          <button type="button" onClick={endVersus}>
            {say('End comparison')}
          </button>
        </div>
      </header>
      <State />
      {facts && (
        <div className={css.says}>
          {versusSentences(facts).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
      {data && part && (
        <>
          <VersusMaps data={data} layer={layer} />
          <VersusStrips data={part} width={width} />
          <VersusCurves data={part} width={width} />
          <VersusTable />
        </>
      )}
    </section>
  );
}

/** What two classes differ in can be explained itself: their difference in the place of the class. */
function ExplainDifference() {
  const versus = versusOf(useExplain(({ settings }) => settings.versus));
  const kind = useExplain(({ manifest }) => manifest?.kind ?? 'classes');
  const explained = useExplain(({ analysis }) => analysis?.target.index);
  // Of two classes told by one unit, one speaks for what the other speaks against.
  if (versus?.kind !== 'class' || kind === 'binary' || versus.index === explained) return null;
  return (
    <button type="button" title={say('Why A and not B')} onClick={() => setAgainst(versus.index)}>
      {say('Explain the difference')}
    </button>
  );
}

/** What is under way, and what went wrong. */
function State() {
  const progress = useVersus((state) => state.progress);
  const problem = useVersus((state) => state.problem);
  const note = useVersus((state) => state.b?.note ?? '');
  const busy = useExplain((state) => state.progress !== null);
  return (
    <div className={css.state} aria-live="polite">
      {note && <p>{note.trim()}</p>}
      {progress && (
        <>
          <progress
            aria-label={say('Progress of the comparison')}
            {...(progress.fraction === null ? {} : { value: progress.fraction })}
            max={1}
          />
          <span>{say(progress.text)} …</span>
          <button type="button" onClick={cancelVersus}>
            {say('Cancel comparison')}
          </button>
        </>
      )}
      {problem && (
        <>
          <p>{say(problem.text)}</p>
          <button
            type="button"
            disabled={busy}
            onClick={() => (problem.asksToGoOn ? goOnBeside() : void compareAgain())}
          >
            {problem.asksToGoOn ? say('Go on') : say('Try again')}
          </button>
        </>
      )}
    </div>
  );
}
