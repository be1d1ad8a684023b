import { useCallback, useState } from 'react';
import { nothing } from '../explain/export-figures';
import { messageOf } from '../explain/messages';
import type { FigureTheme } from '../figures';
import { endComparison, runRandomised } from './controller';
import { columnOf } from './figure-data';
import {
  type DifferenceFigure,
  differenceTitle,
  drawDifference,
  exportDifference,
  matchInWords,
} from './layer-figures';
import { StudyFigure } from './StudyFigure';
import type { AskStatistics } from './statistics/protocol';
import type { Study } from './study-data';
import { type Comparison, useStudy } from './study-store';
import { madeBy } from './study-words';
import { answerDifference, ComparisonError, matchLayers, pairedDifference } from './summary/difference';
import { useSummary } from './use-summary';

/** This study against another one of the same images. */
export function Comparisons({ study }: { study: Study }) {
  const comparison = useStudy((state) => state.comparison);
  const images = useStudy((state) => state.images);
  const busy = useStudy((state) => state.running !== null);
  const randomised = study.settings.weights === 'randomised';
  return (
    <>
      <section className="compare" aria-labelledby="compare-studies">
        <h2 id="compare-studies">Compare</h2>
        <p>
          With another study of the same images: run one by another network, method or measure, then choose
          “Compare” in the list of studies kept here.
        </p>
        <div className="buttons">
          <button type="button" disabled={busy || !images || randomised} onClick={runRandomised}>
            Against randomised weights
          </button>
          {comparison && (
            <button type="button" disabled={busy} onClick={endComparison}>
              End comparison
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
  const { column: chosen, target } = useStudy((state) => state.view);
  const { id, name } = columnOf(study, chosen);
  const make = useCallback(
    async (ask: AskStatistics): Promise<DifferenceFigure | null> => {
      const column = columnOf(study, id);
      const difference = await answerDifference(study, column, target, ask);
      const words = { first: 'wrong', second: 'right', by: 'name' as const };
      return difference && { study, other: null, column, target, difference, ...words };
    },
    [study, id, target],
  );
  const difference = useSummary(make);
  const draw = useDrawing(difference);
  if (!difference) return null;
  return (
    <StudyFigure
      title={`${name}: ${differenceTitle(difference)}`}
      svg={draw}
      figure={() => exportDifference(difference)}
    />
  );
}

function Against({ study, comparison }: { study: Study; comparison: Comparison }) {
  const { column: chosen, target } = useStudy((state) => state.view);
  const { id, name } = columnOf(study, chosen);
  const [problem, setProblem] = useState<string | null>(null);
  const make = useCallback(
    async (ask: AskStatistics): Promise<DifferenceFigure | null> => {
      const { study: other, first, second } = comparison;
      const column = columnOf(study, id);
      try {
        if (!other.numbers[id]) {
          throw new ComparisonError(
            `The other study has no ${column.name}: it was made with other measures.`,
          );
        }
        const difference = await pairedDifference(study, other, column, target, ask);
        setProblem(null);
        return { study, other, column, target, difference, first, second, by: matchLayers(study, other).by };
      } catch (error) {
        if (!(error instanceof ComparisonError)) throw error;
        setProblem(messageOf(error));
        return null;
      }
    },
    [study, comparison, id, target],
  );
  const difference = useSummary(make);
  const draw = useDrawing(difference);
  if (problem) return <p className="note">{problem}</p>;
  return (
    <StudyFigure
      title={`${name}: ${differenceTitle(comparison)}`}
      svg={draw}
      figure={() => (difference ? exportDifference(difference) : nothing())}
      below={
        <p className="note">
          {madeBy(study)} against {madeBy(comparison.study)}, for the {target} class.{' '}
          {difference && matchInWords(difference)}
        </p>
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
