import { say } from '../../../text/say';
import { showExplain } from '../explain-controller';
import type { Command } from './command';

/** What somebody can do on the page: buttons, files to choose, what unfolds, the way to the method; and choices that are no settings, where they say so. */
const pressed = 'button, summary, a[href^="#about"], input[type=file], select[data-find]';

/** Where each one is a value of something that is found by itself, or belongs to a window of its own. */
const elsewhere = 'dialog, [role=dialog], [role=tablist], [role=radiogroup], [role=menu], [role=listbox]';

/** Buttons that only show or hide, or stand for one of several values: found where they say so. */
const onlyWhereSaid = '[aria-pressed], [aria-expanded]:not([aria-haspopup])';

/**
 * Everything that can be done with the controls of the page as they are now, by pressing the very control: what is not there, or off, is not offered. A control
 * says by `data-find` what else it is found by, and with `data-find="never"` that it is not.
 */
export function pageControls(page: ParentNode): Command[] {
  const controls = [...page.querySelectorAll<HTMLElement>(pressed)].filter(
    (control) =>
      !control.closest(elsewhere) &&
      !control.matches(':disabled, [aria-disabled=true], [data-find=never]') &&
      (control.hasAttribute('data-find') || !control.matches(onlyWhereSaid)) &&
      nameOf(control) !== '',
  );
  const commands = controls.map((control, i) =>
    control instanceof HTMLSelectElement ? optionsOf(control, i) : [commandOf(control, i)],
  );
  // Long lists last.
  return commands.sort((a, b) => a.length - b.length).flat();
}

function commandOf(control: HTMLElement, i: number): Command {
  return {
    id: `control ${i}`,
    group: control instanceof HTMLAnchorElement ? say('Go to') : groupOf(control),
    title: nameOf(control),
    words: `${control.dataset.find ?? ''} ${control.title}`,
    chosen: control.getAttribute('aria-pressed') === 'true',
    run: () => afterwards(() => press(control)),
  };
}

function optionsOf(control: HTMLSelectElement, i: number): Command[] {
  return [...control.options].map((option, at) => ({
    ...{ id: `control ${i} ${at}`, group: nameOf(control), title: option.text.trim() },
    words: control.dataset.find,
    chosen: option.selected,
    run: () =>
      afterwards(() => {
        control.value = option.value;
        control.dispatchEvent(new Event('change', { bubbles: true }));
      }),
  }));
}

/** Once the window that was asked is closed, and has given the focus back. */
const afterwards = (run: () => void) => void setTimeout(run);

function press(control: HTMLElement): void {
  const isAtEdge = control.closest('footer') !== null || !control.closest('main');
  if (control.closest('main')) showExplain();
  unfold(control);
  // The bars at the edges of the page are in view wherever it is scrolled to.
  control.focus({ preventScroll: isAtEdge });
  // A menu opens by keys, and then has the focus.
  if (control.getAttribute('aria-haspopup') === 'menu')
    control.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  else control.click();
}

/** Opens what a control is folded away in: on a phone the menu of the page, and more of the player. */
function unfold(control: HTMLElement): void {
  for (let part: Element | null = control; part; part = part.parentElement) {
    if (part instanceof HTMLDetailsElement && control.parentElement !== part) part.open = true;
    const folds =
      part.id && document.querySelector<HTMLElement>(`[aria-controls="${part.id}"][aria-expanded=false]`);
    if (folds && folds.offsetParent !== null) folds.click();
  }
}

/** What a control is called for who hears it. */
function nameOf(control: HTMLElement): string {
  const labels = control instanceof HTMLInputElement || control instanceof HTMLSelectElement;
  const [label] = (labels && control.labels) || [];
  const text =
    control.getAttribute('aria-label') ??
    (labels ? (label?.querySelector('span') ?? label)?.textContent : control.textContent);
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

/** The part of the page a control stands in; what stands at its edges is of the page itself. */
function groupOf(control: HTMLElement): string {
  const part = control.closest('section, aside, fieldset, [role=group], [role=note], header, footer');
  const heading = document.getElementById(part?.getAttribute('aria-labelledby') ?? '');
  return part?.getAttribute('aria-label') ?? heading?.textContent?.trim() ?? say('Do');
}
