import type { ExplainSettings } from './settings';

/** A picture that another workspace shows in Explain, by settings of its own. */
export interface PictureToShow {
  readonly file: Blob;
  readonly name: string;
  readonly settings: ExplainSettings;
}

/** What other workspaces ask of Explain, which keeps the network in use and the picture it reads. */
export interface ExplainPort {
  /** Changes settings and does what they ask for. */
  change(changes: Partial<ExplainSettings>): void;
  /** Runs a network on a picture; until that succeeds, what was there before stays. */
  show(picture: PictureToShow): Promise<void>;
}

const connected: { port: ExplainPort | null } = { port: null };

/** Workspaces import none of each other: Explain connects itself here when the page starts. */
export function connectExplain(port: ExplainPort): void {
  connected.port = port;
}

function port(): ExplainPort {
  if (!connected.port) throw new Error('Explain has not started.');
  return connected.port;
}

/** Explain, for the other workspaces. @throws Error before the page has started */
export const explain: ExplainPort = {
  change: (changes) => port().change(changes),
  show: (picture) => port().show(picture),
};
