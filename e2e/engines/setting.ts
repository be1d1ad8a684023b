import type { Visitor } from './visitor';

/** What a journey is given: somebody in front of a page, and the address of the page, which isolates itself. */
export interface Setting {
  visitor: Visitor;
  address: string;
  /** Ends a journey that cannot be made in this engine. */
  skip(reason: string): never;
}

/** Journeys by title. They share one page, and each begins at an address of its own. */
export type Journeys = Record<string, (setting: Setting) => Promise<void>>;
