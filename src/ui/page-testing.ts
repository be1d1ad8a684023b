import { vi } from 'vitest';
import { firstSizes } from './first-sizes';
import { nextPaint } from './next-paint';

/**
 * What jsdom has not, for tests of components, to be imported before them: media queries, sizes, and a canvas, on which nothing is
 * drawn. Figures have tests of their own.
 */

/** Width and height of every part of the page, in pixels: small, since canvases are coloured for nothing. */
const side = 100;

const asked = { lessMotion: false };

/** Whether the person asks for less motion. */
export const askForLessMotion = (asks: boolean) => {
  asked.lessMotion = asks;
};

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
vi.stubGlobal('matchMedia', (query: string) => ({
  matches: query.includes('reduced-motion') && asked.lessMotion,
  addEventListener: () => {},
  removeEventListener: () => {},
}));
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    disconnect() {}
  },
);
for (const size of ['clientWidth', 'clientHeight'])
  Object.defineProperty(HTMLElement.prototype, size, { configurable: true, get: () => side });
// Nothing is painted that could be waited for.
firstSizes.ask = (work) => {
  work();
  return () => {};
};
nextPaint.after = (work) => work();
Object.defineProperty(document, 'fonts', { value: { check: () => true, ready: Promise.resolve() } });

const answers: Record<string, (width: number, height: number) => unknown> = {
  getTransform: () => ({ a: 1 }),
  measureText: () => ({ width: 10 }),
  createImageData: (width, height) => new ImageData(width, height),
  createLinearGradient: () => paper,
};

/** Takes every order and draws nothing. */
const paper: object = new Proxy(
  {},
  {
    get: (_, name) => answers[String(name)] ?? (() => {}),
    set: () => true,
  },
);
HTMLCanvasElement.prototype.getContext = (() => paper) as never;
vi.stubGlobal(
  'OffscreenCanvas',
  class {
    getContext = () => paper;
  },
);
vi.stubGlobal(
  'ImageData',
  class {
    data: Uint8ClampedArray;
    constructor(width: number, height: number) {
      this.data = new Uint8ClampedArray(width * height * 4);
    }
  },
);
