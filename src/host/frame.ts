/** Name of the frame that a page around this one opens it in; it tells the page to speak with what is around it. */
export const frameName = 'supersign-explain';

/** What the page in a frame says to the window around it, whoever that is: no word of what it shows. */
export interface FrameWord {
  /** `ready`: it listens; `settled`: what it was opened with is analysed, or cannot be. */
  supersign: 'ready' | 'settled';
}

/** The answer of a window of the same origin to `ready`, with a port for all that follows. */
export interface Connect {
  supersign: 'connect';
  opening: Opening | null;
}

/** What the page is to open in place of what its address names. */
export interface Opening {
  /** Settings as address parameters. */
  parameters: Record<string, string>;
  network: {
    name: string;
    /** The first describes the network, others lie beside it. */
    files: { path: string; blob: Blob }[];
    /** Names of the classes, as a file would list them; null for those the network has. */
    labels: { name: string; text: string } | null;
  } | null;
  picture: { name: string; blob: Blob } | null;
  /** The picture that `alike=file` means among the parameters; left out where there is none. */
  second?: { name: string; blob: Blob } | null;
}

/** What the window around the page may ask through the port: another picture. */
export interface FrameOrder {
  kind: 'picture';
  name: string;
  blob: Blob;
}

/** What goes through the port from the page to the window around it. */
export type FrameReport =
  /** All that is on screen, as an analysis file. */
  | { kind: 'analysis'; text: string }
  /** Settings, as address parameters, that changed nothing of the numbers. */
  | { kind: 'view'; view: Record<string, string> }
  /** What the page tells its reader. */
  | { kind: 'told'; text: string };

/** Whether the page stands in a frame that a window around it opened for it. */
export const isHosted = (): boolean => window.parent !== window && window.name === frameName;

/** Whether a message is a word of a page in a frame. */
export const isFrameWord = (data: unknown): data is FrameWord =>
  typeof data === 'object' && data !== null && 'supersign' in data;
