import { useCallback, useMemo } from 'react';
import { decisionCard } from '../../../figures/faithfulness/decision-card';
import { asMeasured, useExplain } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { Dialog } from '../../../ui/Dialog';
import { ExportMenu } from '../../../ui/ExportMenu';
import { SvgFigure } from '../../../ui/SvgFigure';
import { exportDecisionCard } from '../files/export-decision';
import css from './decision-card.module.css';
import { decisionCardData } from './decision-view';

/** The decision on one sheet, to look at and to take along. */
export function DecisionCardDialog({ onClose }: { onClose(): void }) {
  const state = useExplain();
  const theme = useFigureTheme();
  const data = useMemo(() => decisionCardData(state), [state]);
  const svg = useCallback(() => (data ? decisionCard(document, data, theme) : null), [data, theme]);
  return (
    <Dialog title={say('Decision card')} onClose={onClose}>
      <figure className={css.card}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys, to be scrolled by them. */}
        <section className={css.preview} aria-label={say('Preview')} tabIndex={0}>
          <SvgFigure svg={svg} />
        </section>
        <figcaption>
          <span>
            {say('For a paper or a slide. Files are drawn on white paper; the PNG opens here again.')}
          </span>
          <ExportMenu
            title={say('Decision card')}
            table
            print="card"
            figure={() => exportDecisionCard(asMeasured())}
          />
        </figcaption>
      </figure>
    </Dialog>
  );
}
