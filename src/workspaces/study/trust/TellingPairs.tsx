import { useCallback, useMemo } from 'react';
import { nothing } from '../../../export/nothing-to-draw';
import type { FigureTheme } from '../../../figures';
import { tellingHeatMap } from '../../../figures/study/telling-heat-map';
import type { Study } from '../../../study/study-data';
import { mostTelling, type TellingPair } from '../../../study/trust/telling-pairs';
import { effectInNumbers, pairName, tellingInWords } from '../../../study/trust/telling-words';
import { say } from '../../../text/say';
import { StudyFigure } from '../results/StudyFigure';
import { useSummary } from '../results/use-summary';
import { exportTelling, tellingData, tellingTitle } from './telling-figure';
import css from './trust.module.css';
import { tellingPairsSummary } from './trust-summaries';

/** Pairs that are written out below the heat map. */
const MOST_LISTED = 8;

/** Which pair of method and measure tells a trained network from a randomised one; a hint where no twin was asked for. */
export function TellingPairs({ study }: { study: Study }) {
  const asked = (study.settings.trust?.draws ?? 0) > 0;
  const pairs = useSummary(
    useCallback(async () => (asked ? tellingPairsSummary(study) : null), [study, asked]),
  );
  const data = useMemo(() => pairs && tellingData(pairs, study), [pairs, study]);
  const draw = useCallback(
    (width: number, theme: FigureTheme) =>
      tellingHeatMap(document, data as NonNullable<typeof data>, width, theme),
    [data],
  );
  if (!asked) {
    return (
      <>
        <h3>{say('Which pair of method and measure tells a trained network from a randomised one?')}</h3>
        <p className={css.note}>
          {say(
            'Not asked: this study has no randomised twins of the network. Their number stands in the settings.',
          )}
        </p>
      </>
    );
  }
  return (
    <>
      <h3>{say('Which pair of method and measure tells a trained network from a randomised one?')}</h3>
      {pairs && <p>{tellingInWords(pairs, study)}</p>}
      <StudyFigure
        title={say(tellingTitle)}
        svg={data && draw}
        figure={() => (pairs ? exportTelling(pairs, study) : nothing())}
        below={pairs && <Surest pairs={pairs} study={study} />}
      />
    </>
  );
}

function Surest({ pairs, study }: { pairs: readonly TellingPair[]; study: Study }) {
  const telling = mostTelling(pairs).slice(0, MOST_LISTED);
  return (
    <>
      {telling.length > 1 && (
        <ol className={css.surest} aria-label={say('The surest pairs')}>
          {telling.map((pair) => (
            <li key={`${pair.method} ${pair.measure} ${pair.layer}`}>
              {pairName(pair, study)} <span>{effectInNumbers(pair)}</span>
            </li>
          ))}
        </ol>
      )}
      <p className={css.note}>
        {say(
          'Effect sizes: Cohen’s d of the paired differences, trained less randomised, mean over the draws, with the bootstrap bands of all draws together. p is that of the draw that differs least, by sign flips of whole images, corrected for all pairs, layers and draws (Westfall and Young); large squares: p below .05. That the weights can be told does not say that a map is right.',
        )}
      </p>
    </>
  );
}
