import { useCallback, useState } from 'react';
import { nothing } from '../../../export/nothing-to-draw';
import type { FigureTheme } from '../../../figures';
import { comparisonFinding } from '../../../study/findings/difference-findings';
import type { Study } from '../../../study/study-data';
import { explainedInWords, madeBy, toldApart } from '../../../study/study-words';
import { ComparisonError } from '../../../study/summary/difference';
import { messageOf } from '../../../text/message-of';
import { say } from '../../../text/say';
import { endComparison, runRandomised } from '../run/study-controller';
import { type Comparison, useStudy, useViewOf } from '../run/study-store';
import css from '../study.module.css';
import { columnOf } from './figure-data';
import {
  columnDifferenceTitle,
  type DifferenceFigure,
  drawDifference,
  exportDifference,
  matchInWords,
} from './layer-figures';
import { StudyFigure } from './StudyFigure';
import { StudyPicker } from './StudyFiles';
import { compareWithFile } from './study-files';
import { answerSummary, comparisonSummary } from './summaries';
import { useSummary } from './use-summary';

/** This study against another one of the same images. */
export function Comparisons({ study }: { study: Study }) {
  const comparison = useStudy((state) => state.comparison);
  const busy = useStudy((state) => state.running !== null);
  const randomised = study.settings.weights === 'randomised';
  return (
    <>
      <section className={css.compare} aria-labelledby="compare-studies">
        <h2 id="compare-studies">{say('Compare')}</h2>
        <p>
          {say(
            'With another study of the same images: run one by another network, method or measure, then choose “Compare” in the list of studies kept here, or take one from its file.',
          )}
        </p>
        <div className={css.buttons}>
          <button type="button" disabled={busy || randomised} onClick={() => void runRandomised()}>
            {say('Against randomised weights')}
          </button>
          <StudyPicker title={say('Against a study file')} disabled={busy} open={compareWithFile} />
          {comparison && (
            <button type="button" disabled={busy} onClick={endComparison}>
              {say('End comparison')}
            </button>
          )}
        </div>
      </section>
      {comparison && <Against study={study} comparison={comparison} />}
    </>
  );
}

/** Wrong against right answers; nothing where one of the two is missing. */
export function Answers({ study }: { study: Study }) {
  const { column: chosen, target } = useViewOf(study);
  const column = columnOf(study, chosen);
  const { id } = column;
  const make = useCallback(() => answerSummary(study, id, target), [study, id, target]);
  const difference = useSummary(make);
  const draw = useDrawing(difference);
  if (!difference) return null;
  return (
    <StudyFigure
      title={columnDifferenceTitle(column, difference)}
      svg={draw}
      figure={() => exportDifference(difference)}
    />
  );
}

function Against({ study, comparison }: { study: Study; comparison: Comparison }) {
  const { column: chosen, target } = useViewOf(study);
  const column = columnOf(study, chosen);
  const { id } = column;
  const [problem, setProblem] = useState<string | null>(null);
  const make = useCallback(async (): Promise<DifferenceFigure | null> => {
    try {
      const difference = await comparisonSummary(study, comparison, id, target);
      setProblem(null);
      return difference;
    } catch (error) {
      if (!(error instanceof ComparisonError)) throw error;
      setProblem(messageOf(error));
      return null;
    }
  }, [study, comparison, id, target]);
  const difference = useSummary(make);
  const draw = useDrawing(difference);
  const names = toldApart(study, comparison.study);
  const found = difference && comparisonFinding(difference.difference, names, difference.column, study);
  if (problem) return <p className={css.note}>{say(problem)}</p>;
  return (
    <StudyFigure
      title={columnDifferenceTitle(column, names)}
      svg={draw}
      figure={() => (difference ? exportDifference(difference) : nothing())}
      below={
        <>
          {found && (
            <div className={css.finding}>
              <p>{found.text}</p>
              <p className={css.evidence}>{found.evidence}</p>
            </div>
          )}
          <p className={css.note}>
            {say('{first} against {second}, for {explained}.', {
              first: madeBy(study),
              second: madeBy(comparison.study),
              explained: explainedInWords(study, target).replace(/[,，]$/, ''),
            })}{' '}
            {difference && matchInWords(difference)}
          </p>
        </>
      }
    />
  );
}

function useDrawing(difference: DifferenceFigure | null) {
  const draw = useCallback(
    (width: number, theme: FigureTheme) => drawDifference(difference as DifferenceFigure, width, theme),
    [difference],
  );
  return difference && draw;
}
