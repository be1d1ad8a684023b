import { useCallback } from 'react';
import { nothing } from '../explain/export-figures';
import type { FigureTheme } from '../figures';
import { Choice } from './Choice';
import { columnOf } from './figure-data';
import {
  drawMultiples,
  drawProfile,
  exportMultiples,
  exportProfile,
  multiplesTitle,
  profileTitle,
} from './profile-figures';
import { StudyFigure } from './StudyFigure';
import type { AskStatistics } from './statistics/protocol';
import type { Study } from './study-data';
import { look, useStudy } from './study-store';
import { studyColumns, type Target } from './summary/columns';
import { type Grouping, groupings, groupsOf } from './summary/groups';
import { profileOf } from './summary/profile';
import { useSummary } from './use-summary';

/** Most groups that small panels are drawn for: of more classes the largest. */
const mostPanels = 24;

/** A number by layer: for all images, and for groups of them. */
export function Profiles({ study }: { study: Study }) {
  const { column: chosen, target, grouping } = useStudy((state) => state.view);
  const column = columnOf(study, chosen);
  const { id } = column;
  const make = useCallback(
    async (ask: AskStatistics) => {
      const column = columnOf(study, id);
      const profile = await profileOf(study, column, target, ask);
      return { study, column, target, profile };
    },
    [study, id, target],
  );
  const profile = useSummary(make);
  const draw = useCallback(
    (width: number, theme: FigureTheme) => drawProfile(profile as NonNullable<typeof profile>, width, theme),
    [profile],
  );
  const makePanels = useCallback(
    async (ask: AskStatistics) => {
      const column = columnOf(study, id);
      const all = await profileOf(study, column, target, ask);
      const groups = groupsOf(study, grouping);
      const largest = [...groups].sort((a, b) => b.images.length - a.images.length).slice(0, mostPanels);
      const panels = await Promise.all(
        groups
          .filter((group) => largest.includes(group))
          .map(async ({ name, images }) => ({
            name,
            ...(await profileOf(study, column, target, ask, images)),
          })),
      );
      return { study, column, target, profile: all, grouping, panels, groups: groups.length };
    },
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
        <Choice label="Number" value={id} onChange={(column) => look({ column })}>
          {studyColumns(study).map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </Choice>
        <Choice label="Maps of" value={target} onChange={(value) => look({ target: value as Target })}>
          <option value="predicted">the predicted class</option>
          <option value="true">the true class</option>
        </Choice>
      </StudyFigure>
      <StudyFigure
        title={multiplesTitle(column, grouping)}
        svg={multiples && multiples.panels.length > 0 ? drawPanels : null}
        figure={() => (multiples ? exportMultiples(multiples) : nothing())}
        below={
          multiples && multiples.panels.length < multiples.groups ? (
            <p className="note">
              The {multiples.panels.length} largest of {multiples.groups} groups.
            </p>
          ) : multiples?.panels.length === 0 ? (
            <p className="note">The classes of these images are not known.</p>
          ) : null
        }
      >
        <Choice label="By" value={grouping} onChange={(value) => look({ grouping: value as Grouping })}>
          {Object.entries(groupings).map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </Choice>
      </StudyFigure>
    </>
  );
}
