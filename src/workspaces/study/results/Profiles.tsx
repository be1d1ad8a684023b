import { useCallback } from 'react';
import { nothing } from '../../../export/nothing-to-draw';
import type { FigureTheme } from '../../../figures';
import type { Study } from '../../../study/study-data';
import { explainedInWords } from '../../../study/study-words';
import { groupingName, groupingsOf } from '../../../study/summary/groups';
import { studyColumns, type Target } from '../../../study/summary/number-columns';
import { say } from '../../../text/say';
import { Choice } from '../../../ui/fields';
import { look, useViewOf } from '../run/study-store';
import css from '../study.module.css';
import { columnOf, numberOptions } from './figure-data';
import {
  drawMultiples,
  drawProfile,
  exportMultiples,
  exportProfile,
  multiplesTitle,
  profileTitle,
} from './profile-figures';
import { StudyFigure } from './StudyFigure';
import { multiplesSummary, profileSummary } from './summaries';
import { useSummary } from './use-summary';

/** Whose maps a study has: those of two classes, or of one box a picture. */
const targetsOf = (study: Study): { value: Target; title: string }[] =>
  study.settings.box
    ? [{ value: 'predicted', title: explainedInWords(study, 'predicted') }]
    : [
        { value: 'predicted', title: say('the predicted class') },
        { value: 'true', title: say('the true class') },
      ];

/** A number by layer: for all images, and for groups of them. */
export function Profiles({ study }: { study: Study }) {
  const { column: chosen, target, grouping } = useViewOf(study);
  const column = columnOf(study, chosen);
  const { id } = column;
  const make = useCallback(() => profileSummary(study, id, target), [study, id, target]);
  const profile = useSummary(make);
  const draw = useCallback(
    (width: number, theme: FigureTheme) => drawProfile(profile as NonNullable<typeof profile>, width, theme),
    [profile],
  );
  const makePanels = useCallback(
    () => multiplesSummary(study, id, target, grouping),
    [study, id, target, grouping],
  );
  const multiples = useSummary(makePanels);
  const drawPanels = useCallback(
    (width: number, theme: FigureTheme) =>
      drawMultiples(multiples as NonNullable<typeof multiples>, width, theme),
    [multiples],
  );
  return (
    <>
      <StudyFigure
        title={profileTitle(column)}
        svg={profile && draw}
        figure={() => (profile ? exportProfile(profile) : nothing())}
      >
        <Choice
          label={say('Number')}
          value={id}
          options={numberOptions(studyColumns(study))}
          onChange={(column) => look({ column })}
        />
        <Choice
          label={say('Maps of')}
          value={target}
          options={targetsOf(study)}
          onChange={(target) => look({ target })}
        />
      </StudyFigure>
      <StudyFigure
        title={multiplesTitle(column, grouping, study)}
        svg={multiples && multiples.panels.length > 0 ? drawPanels : null}
        hasNothing={multiples?.panels.length === 0}
        figure={() => (multiples ? exportMultiples(multiples) : nothing())}
        below={
          multiples && multiples.panels.length < multiples.groups ? (
            <p className={css.note}>
              {say('The {panels} largest of {groups} groups.', {
                panels: multiples.panels.length,
                groups: multiples.groups,
              })}
            </p>
          ) : multiples?.panels.length === 0 ? (
            <p className={css.note}>{say('The classes of these images are not known.')}</p>
          ) : null
        }
      >
        <Choice
          label={say('By')}
          value={grouping}
          options={groupingsOf(study).map((value) => ({ value, title: groupingName(study, value) }))}
          onChange={(grouping) => look({ grouping })}
        />
      </StudyFigure>
    </>
  );
}
