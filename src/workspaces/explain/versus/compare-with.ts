import { type Versus, versusInText } from '../../../state/versus';
import { change } from '../explain-controller';

/** Sets something beside what is on screen. */
export const compareWith = (versus: Versus): void => change({ versus: versusInText(versus) });

/** Sets a class beside the one on screen, or takes it away where it is there. */
export function toggleVersusClass(index: number, now: string): void {
  const versus = versusInText({ kind: 'class', index });
  change({ versus: now === versus ? '' : versus });
}
