import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { picturesInWords } from '../../../figures/study/study-figures';
import { findingsOf, whatAFallDoesNotProve } from '../../../study/findings/findings';
import { duplicatesIn, duplicatesInWords, sameInWords } from '../../../study/run/duplicates';
import type { Study } from '../../../study/study-data';
import { measureColumns } from '../../../study/summary/number-columns';
import { say } from '../../../text/say';
import { Reasons } from '../images/Images';
import { useViewOf } from '../run/study-store';
import css from '../study.module.css';
import { columnOf } from './figure-data';
import { onAnswer, type Progress } from './remembered';
import { evidenceProgress, evidenceSummary } from './summaries';
import { useSummary } from './use-summary';

/** What holds for these images, each sentence with its evidence. */
export function Findings({ study }: { study: Study }) {
  const { target, column: chosen } = useViewOf(study);
  // Findings are about an entropy; beside another number the first one stands.
  const measures = measureColumns(study);
  const column = measures.find(({ id }) => id === chosen) ?? columnOf(study, null);
  const { id } = column;
  const make = useCallback(() => evidenceSummary(study, id, target), [study, id, target]);
  const evidence = useSummary(make);
  const far = useSyncExternalStore(onAnswer, () => farInWords(evidenceProgress(study, id, target)));
  const duplicates = useMemo(() => duplicatesIn(study.images), [study]);
  const findings = useMemo(() => evidence && findingsOf(evidence), [evidence]);
  return (
    <section className={css.findings} aria-labelledby="findings">
      <h2 id="findings">{say('Findings')}</h2>
      {findings ? (
        <ul>
          {findings.map(({ text, evidence: numbers }) => (
            <li key={text}>
              <p>{text}</p>
              <p className={css.evidence}>{numbers}</p>
            </li>
          ))}
        </ul>
      ) : (
        <p className={css.pending}>{say('Being computed{far}', { far })}</p>
      )}
      <p className={css.note}>{say(whatAFallDoesNotProve)}</p>
      {duplicates.length > 0 && (
        <>
          <Reasons title={duplicatesInWords(duplicates.length)} of={duplicates.map(sameInWords)} />
          <p className={css.note}>
            {say(
              'Each of them counts as an image of its own, as if it agreed with the others by itself: bands and p come out smaller than they should. They can be left out before a study is run.',
            )}
          </p>
        </>
      )}
      <Failures study={study} />
    </section>
  );
}

/** Images that could not be studied, each with its reason. */
export function Failures({ study: { failures } }: { study: Study }) {
  if (failures.length === 0) return null;
  const title = say('{failures} could not be studied', { failures: picturesInWords(failures.length) });
  return <Reasons title={title} of={failures} />;
}

/** ": 3 of 9 tests" */
const farInWords = ({ answered, asked }: Progress) =>
  asked > 0 ? say(': {answered} of {asked} tests', { answered, asked }) : '';
