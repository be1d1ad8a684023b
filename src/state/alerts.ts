import { create } from 'zustand';
import { plainMessage } from '../text/shorten';

/** Who has something to say that must not be missed. What one of them achieves says nothing about the others. */
export type AlertOwner =
  | 'explain'
  | 'address'
  | 'target'
  | 'video'
  | 'study'
  | 'optimise'
  | 'export'
  | 'page'
  | 'storage'
  | 'version';

export interface Alert {
  readonly owner: AlertOwner;
  /** Full sentences. */
  readonly text: string;
  /** What can be done about it. */
  readonly action?: { readonly title: string; run(): void };
}

/** What went wrong or wants attention, in the order in which it came: one alert an owner, its newest. */
export const useAlerts = create<{ readonly alerts: readonly Alert[] }>()(() => ({ alerts: [] }));

const { getState, setState } = useAlerts;

const withoutThoseOf = (owner: AlertOwner) => getState().alerts.filter((alert) => alert.owner !== owner);

/** Says what an owner has to say, in place of what it said before; those of others stand. */
export function warn(owner: AlertOwner, text: string, action?: Alert['action']): void {
  setState({ alerts: [...withoutThoseOf(owner), { owner, text: plainMessage(text), action }] });
}

/** Takes away what an owner said: it has succeeded since, or the user has read it. */
export function settle(owner: AlertOwner): void {
  if (alertOf(owner) !== null) setState({ alerts: withoutThoseOf(owner) });
}

/** What an owner says just now; null for nothing. */
export const alertOf = (owner: AlertOwner): string | null =>
  getState().alerts.find((alert) => alert.owner === owner)?.text ?? null;
