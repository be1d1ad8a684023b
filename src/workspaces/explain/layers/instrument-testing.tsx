import { act } from 'react';
import { rootOfEmptyPage } from '../../../ui/root-testing';
import { dropPendingWrite } from '../address-writing';
import { Turns } from '../turns/InTurn';
import { Instrument } from './Instrument';

/**
 * Shows the figures on the axis of layers, drawn in their turns, as the only thing on the page.
 * @returns takes them away
 */
export async function showInstrument(): Promise<() => Promise<void>> {
  const root = rootOfEmptyPage();
  await act(async () =>
    root.render(
      <>
        <Instrument />
        <Turns />
      </>,
    ),
  );
  await act(async () => void (await import('./LayersShown')));
  return async () => {
    await act(async () => root.unmount());
    dropPendingWrite();
  };
}

/** The layer of this name in the film strip. */
export const radio = (name: string) =>
  document.querySelector<HTMLElement>(`[role="radio"][aria-label^="${name}, "]`) as HTMLElement;
