// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { rootOfEmptyPage } from '../../../ui/root-testing';

const { change, openSource, chooseModel } = vi.hoisted(() => ({
  ...{ change: vi.fn(), openSource: vi.fn(), chooseModel: vi.fn() },
}));
vi.mock('../explain-controller', () => ({ change, openSource, chooseModel, showExplain: vi.fn() }));

const { explainSettings, initialSettings } = await import('../../../state/settings');
const { useExplain } = await import('../../../state/explain-store');
const { analysis, picture } = await import('../explain-testing');
const { find } = await import('./command');
const { commandsFor } = await import('./commands');
const { CommandPalette } = await import('./CommandPalette');
const { Palette } = await import('./Palette');

const commands = commandsFor({
  ...useExplain.getState(),
  ...{ analysis, picture, settings: initialSettings, layer: 11 },
  manifest: { ...analysis.network, labels: ['horn', 'crane', 'crane'] },
  examples: [
    { network: 'photos10', id: 'french-horn', file: '', title: 'French horn', description: '', label: '' },
  ],
});
const titles = (asked: string) => find(commands, asked).map(({ group, title }) => `${group}: ${title}`);

beforeEach(() => {
  change.mockClear();
});

describe('the palette of commands', () => {
  it('finds by the beginnings of words, in any order, titles that begin so first', () => {
    expect(titles('horn')).toEqual(['Explain: horn', 'Example: French horn']);
    expect(titles('exa fre')).toEqual(['Example: French horn']);
    expect(titles('conv4')).toEqual(['Layer: conv4_1', 'Layer: conv4_2', 'Layer: conv4_3']);
    expect(titles('score cam')).toEqual(['Saliency method: Score-CAM', 'Compare with: Score-CAM']);
    expect(titles('grad-cam++')).toEqual(['Saliency method: Grad-CAM++', 'Compare with: Grad-CAM++']);
    expect(titles('zebra')).toEqual([]);
    expect(find(commands, ' ')).toEqual(commands);
  });

  it('opens what lays figures out for print', async () => {
    const { usePrint } = await import('../../../state/print-store');
    const [command] = find(commands, 'print size');
    expect(command).toMatchObject({ group: 'Figures', title: 'Print size' });
    command.run();
    expect(usePrint.getState().request).toEqual({ figure: null });
    usePrint.setState({ request: null });
    const before = commandsFor({ ...useExplain.getState(), analysis: null });
    expect(before.map(({ title }) => title)).not.toContain('Print size');
  });

  it('keeps classes of one name apart', () => {
    const cranes = find(commands, 'explain crane');
    expect(new Set(cranes.map(({ id }) => id)).size).toBe(2);
    cranes[1].run();
    expect(change).toHaveBeenCalledWith(expect.objectContaining({ target: 2 }));
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
  });

  it('changes only to what the address may say, and says what is so already', () => {
    for (const { group, run } of commands) {
      if (['Layer', 'Example', 'Network', 'Go to', 'Figures'].includes(group)) continue;
      change.mockClear();
      run();
      for (const [key, value] of Object.entries(change.mock.calls[0][0])) {
        const { parse, format } = explainSettings[key as keyof typeof explainSettings];
        const written =
          value === null || value === '' ? undefined : (format as (value: unknown) => string)(value);
        if (written !== undefined) expect(parse(written), `${key}=${written}`).toEqual(value);
      }
    }
    expect(commands.filter(({ chosen }) => chosen).map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        'conv5_2',
        'French horn',
        'Grad-CAM',
        'Aura matrix (AME)',
        '256',
        'input',
        'N4',
      ]),
    );
  });
});

describe('its window', () => {
  it('is typed into, walked by arrows, and does what Enter chooses', async () => {
    Object.assign(HTMLDialogElement.prototype, { showModal() {}, close() {} });
    Element.prototype.scrollIntoView = () => {};
    useExplain.setState({ analysis, manifest: analysis.network, settings: initialSettings });
    const root = rootOfEmptyPage();
    const closed = vi.fn();
    await act(async () => root.render(<CommandPalette onClose={closed} />));
    const field = document.querySelector('[role=combobox]') as HTMLInputElement;
    const press = (key: string) =>
      act(async () => field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
    const type = (text: string) =>
      act(async () => {
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
        field.dispatchEvent(new Event('input', { bubbles: true }));
      });
    const lit = () => document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent;
    await type('zebra');
    expect(document.querySelector('[role=status]')?.textContent).toBe('Nothing is called so.');
    await press('Enter');
    expect(closed).not.toHaveBeenCalled();
    await type('levels');
    expect(lit()).toBe('Levels 2');
    await press('ArrowUp');
    expect(lit()).toBe('Levels 256now');
    await press('ArrowUp');
    await press('Enter');
    expect(change).toHaveBeenCalledWith({ levels: 128 });
    expect(closed).toHaveBeenCalledTimes(1);
    await act(async () => root.unmount());
  });

  it('asks for what was typed before it was there', async () => {
    Object.assign(HTMLDialogElement.prototype, { showModal() {}, close() {} });
    useExplain.setState({ analysis, manifest: analysis.network, settings: initialSettings });
    const root = rootOfEmptyPage();
    await act(async () => root.render(<Palette />));
    const keysOfThePage = vi.fn();
    document.addEventListener('keydown', keysOfThePage);
    const press = (key: string, ctrlKey = false) =>
      act(() => {
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }),
        );
      });
    press('k', true);
    keysOfThePage.mockClear();
    for (const key of ['t', 'p', 'Backspace', 'o', 'Shift', 'r']) press(key);
    expect(keysOfThePage.mock.calls.map(([{ key }]) => key)).toEqual(['Shift']);
    // Pressed in the moment in which it is there, before React has let go of what stood in its place.
    await new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector('[role=combobox]')) return;
        observer.disconnect();
        press('x');
        resolve();
      });
      observer.observe(document.body, { childList: true, subtree: true });
    });
    expect((document.querySelector('[role=combobox]') as HTMLInputElement).value).toBe('tor');
    expect(keysOfThePage.mock.calls.map(([{ key }]) => key)).toEqual(['Shift', 'x']);
    document.removeEventListener('keydown', keysOfThePage);
    await act(async () => root.unmount());
  });
});
