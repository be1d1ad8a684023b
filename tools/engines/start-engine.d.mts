/** A page of a visitor who was never here before. Expressions are JavaScript; promises are waited for. */
export interface EnginePage {
  /** What was thrown on the page and not caught; WebKit's driver does not tell. */
  readonly uncaught: readonly string[];
  go(address: string): Promise<void>;
  reload(): Promise<void>;
  evaluate(expression: string): Promise<unknown>;
  /** Clicks where the element lies, as a pointer does. The expression gives the element. */
  click(expression: string): Promise<void>;
  /** Presses a key by its name, such as "ArrowRight". */
  press(key: string): Promise<void>;
  /** Gives files to a picker. The expression gives the input. */
  setFiles(expression: string, files: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export interface Engine {
  name: EngineName;
  /** The folder that downloads go to. */
  downloads: string;
  open(): Promise<EnginePage>;
  close(): Promise<void>;
}

export type EngineName = 'chromium' | 'firefox' | 'webkit';
export const engineNames: readonly EngineName[];
export function systemFirefox(): string | undefined;

/**
 * Starts a browser without a window; gives a sentence where there is none.
 * @param options.webGpu computes WebGPU in software, where the engine can
 */
export function startEngine(name: string, options?: { webGpu?: boolean }): Promise<Engine | string>;
