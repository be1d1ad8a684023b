import { create } from 'zustand';

/** The dialog for print: which figure it was opened for, null for none in particular; closed where there is no request. */
export interface PrintState {
  request: { figure: string | null } | null;
}

export const usePrint = create<PrintState>()(() => ({ request: null }));

/** Opens the dialog, for one figure or for all. */
export const askForPrint = (figure: string | null): void => usePrint.setState({ request: { figure } });

export const closePrint = (): void => usePrint.setState({ request: null });
