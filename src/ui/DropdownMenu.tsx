import * as Menu from '@radix-ui/react-dropdown-menu';
import { useRef, useState } from 'react';
import css from './dropdown-menu.module.css';

export interface MenuItem {
  title: string;
  disabled?: boolean;
  onSelect(): void;
}

export interface MenuButtonProps {
  /** What stands on the button. */
  title: string;
  /** Its name, where that says more. */
  label?: string;
  className?: string;
  disabled?: boolean;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
  items: readonly MenuItem[];
  /** What else it is found by in the palette of commands. */
  found?: string;
}

/** A button with a menu. */
export function DropdownMenu({
  title,
  label,
  className,
  disabled = false,
  align = 'end',
  side = 'bottom',
  items,
  found,
}: MenuButtonProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  // A modal dialog covers what lies outside of it, menus too.
  const [container, setContainer] = useState<Element | null>(null);
  return (
    <Menu.Root
      modal={false}
      onOpenChange={(open) =>
        open && setContainer(trigger.current?.closest('dialog') ?? document.querySelector('main'))
      }
    >
      <Menu.Trigger asChild>
        <button
          ref={trigger}
          type="button"
          className={className}
          aria-label={label}
          disabled={disabled}
          data-find={found}
        >
          {title}
        </button>
      </Menu.Trigger>
      <Menu.Portal container={container}>
        <Menu.Content className={css.menu} align={align} side={side} sideOffset={side === 'top' ? 6 : 4}>
          <Menu.Label className={css.title}>{label ?? title}</Menu.Label>
          {items.map((item) => (
            <Menu.Item key={item.title} disabled={item.disabled} onSelect={item.onSelect}>
              {item.title}
            </Menu.Item>
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
