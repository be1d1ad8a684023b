import type { AskedTarget } from '../../../network/targets/target';
import type { ExplainState } from '../../../state/explain-store';
import type { ExplainSettings } from '../../../state/settings';

type Targets = Pick<ExplainSettings, 'target' | 'against'>;

/** What the settings say is to be explained. */
export const askedTarget = ({ target, against }: Targets): AskedTarget =>
  against === null ? target : { kind: 'contrast', index: target, against };

/** What the analysis on screen explains, for further questions about it: the winner by its number. */
export const shownTarget = (
  { target }: NonNullable<ExplainState['analysis']>,
  settings: ExplainSettings,
): AskedTarget => askedTarget({ ...settings, target: target.index });
