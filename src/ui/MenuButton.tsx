import type { MenuButtonProps } from './DropdownMenu';
import { lazyPart } from './lazy-part';

/** A button with a menu. The menu's code comes beside the first analysis, before there is anything to choose from it. */
export const MenuButton = lazyPart(
  () => import('./DropdownMenu').then((module) => module.DropdownMenu),
  ({ title, label, className }: MenuButtonProps) => (
    <button type="button" className={className} aria-label={label} disabled>
      {title}
    </button>
  ),
);
