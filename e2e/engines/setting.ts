import type { StaticHost } from '../support/static-host';
import type { Visitor } from './visitor';

/** What a journey is given: somebody in front of a page, and the address of the page, which isolates itself. */
export interface Setting {
  visitor: Visitor;
  address: string;
  /** A second host of the page, which isolates it too, for whoever alters scripts on their way. It stays as journeys leave it. */
  ownHost(): Promise<StaticHost>;
  /** Ends a journey that cannot be made in this engine. */
  skip(reason: string): never;
}

/** Journeys by title. They share one page, and each begins at an address of its own. */
export type Journeys = Record<string, (setting: Setting) => Promise<void>>;
