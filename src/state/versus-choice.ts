import { create } from 'zustand';

/** Whether the window that asks what to compare with is open. */
export const useVersusChoice = create<{ open: boolean }>()(() => ({ open: false }));

export const askWhatToCompare = (open: boolean): void => useVersusChoice.setState({ open });
