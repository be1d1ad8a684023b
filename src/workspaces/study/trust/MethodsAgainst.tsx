import { useCallback, useMemo, useState } from 'react';
import { nothing } from '../../../export/nothing-to-draw';
import type { FigureTheme } from '../../../figures';
import { methodsAgainst } from '../../../figures/study/methods-against';
import type { Study } from '../../../study/study-data';
import { methodSquare, type SquareMeasure, type SquareOrder } from '../../../study/trust/method-square';
import { squareInWords } from '../../../study/trust/method-square-words';
import type { TrustLayer } from '../../../study/trust/trust-table';
import { say } from '../../../text/say';
import { Choice } from '../../../ui/fields';
import { StudyFigure } from '../results/StudyFigure';
import { useSummary } from '../results/use-summary';
import { againstData, againstNote, againstTitle, exportAgainst } from './methods-against-figure';
import css from './trust.module.css';
import { methodPairsSummary } from './trust-summaries';

/** Methods against each other on the same pictures, by one measure or over all of them; nothing where the study has one method only. */
export function MethodsAgainst({ study, at }: { study: Study; at: TrustLayer }) {
  const [chosen, setMeasure] = useState<SquareMeasure | null>(null);
  const [order, setOrder] = useState<SquareOrder>('best');
  const several = (study.settings.trust?.methods ?? []).length > 1;
  const found = useSummary(
    useCallback(async () => (several ? methodPairsSummary(study, at) : null), [study, at, several]),
  );
  const compared = (found?.measured ?? []).filter(({ measure }) =>
    found?.pairs.some((pair) => pair.measure === measure),
  );
  const measure =
    chosen !== null && (chosen === 'all' || compared.some((one) => one.measure === chosen))
      ? chosen
      : (compared[0]?.measure ?? 'all');
  const square = useMemo(() => found && methodSquare(found, measure, order), [found, measure, order]);
  const against = useMemo(() => ({ at, measure, order }), [at, measure, order]);
  const draw = useCallback(
    (width: number, theme: FigureTheme) =>
      methodsAgainst(
        document,
        againstData(square as NonNullable<typeof square>, against, study),
        width,
        theme,
      ),
    [square, against, study],
  );
  if (!several) return null;
  return (
    <StudyFigure
      title={say(againstTitle)}
      svg={square && square.methods.length > 1 ? draw : null}
      figure={() => (found ? exportAgainst(found, against, study) : nothing())}
      below={
        found &&
        square && (
          <>
            <p>{squareInWords(found, square, measure)}</p>
            <p className={css.note}>{againstNote(against)}</p>
          </>
        )
      }
    >
      <Choice<SquareMeasure>
        label={say('Measure')}
        value={measure}
        options={[
          ...compared.map(({ measure: value, name }) => ({
            value,
            title: say(name),
          })),
          { value: 'all', title: say('All measures') },
        ]}
        onChange={setMeasure}
      />
      <Choice<SquareOrder>
        label={say('Order')}
        value={order}
        options={[
          { value: 'best', title: say('best first') },
          { value: 'study', title: say('as in the study') },
        ]}
        onChange={setOrder}
      />
    </StudyFigure>
  );
}
