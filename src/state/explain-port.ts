import type { FoundNetwork, Recognised } from '../files/recognise';
import { say } from '../text/say';
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
  /** Goes to Explain and opens there what was found among files. */
  open(found: Recognised): Promise<void>;
  /** Opens a network that was found, one of several where the user says which; gives back whether it is open now. */
  openNetwork(networks: readonly FoundNetwork[], found: Recognised): Promise<boolean>;
  /** Gives the classes of the network in use the names in a file. */
  nameClasses(file: { name: string; text: string }): Promise<void>;
}

const connected: Partial<ExplainPort> = {};

/** Workspaces import none of each other: Explain connects itself here when the page starts. */
export function connectExplain(part: Partial<ExplainPort>): void {
  Object.assign(connected, part);
}

function asked<Key extends keyof ExplainPort>(key: Key): ExplainPort[Key] {
  const answer = connected[key];
  if (!answer) throw new Error(say('Explain has not started.'));
  return answer;
}

/** Explain, for the other workspaces. @throws Error before the page has started */
export const explain: ExplainPort = {
  change: (changes) => asked('change')(changes),
  show: (picture) => asked('show')(picture),
  open: (found) => asked('open')(found),
  openNetwork: (networks, found) => asked('openNetwork')(networks, found),
  nameClasses: (file) => asked('nameClasses')(file),
};
