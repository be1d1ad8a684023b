import { textWidth } from '../kit/chart-text';
import type { Box, Context2D } from '../kit/figure-types';

/** A word as it was written: its box on the figure, turned text already turned. */
export interface WrittenText {
  readonly text: string;
  readonly box: Box;
  readonly colour: string;
  readonly weight: number;
  readonly turned: boolean;
}

export interface Painted {
  readonly box: Box;
  readonly colour: unknown;
  readonly alpha: number;
  readonly blend: string;
}

export interface Recording {
  readonly ctx: Context2D;
  readonly texts: WrittenText[];
  readonly fills: Painted[];
  readonly frames: Painted[];
  /** Images drawn; `pixels` is null for the picture itself. */
  readonly images: { readonly box: Box; readonly alpha: number; readonly pixels: Uint8ClampedArray | null }[];
}

interface State {
  readonly x: number;
  readonly y: number;
  readonly turned: boolean;
}

/** Stands in for a 2D context where there is no browser, and notes what figures draw on it. */
export function recordingContext(scale = 1): Recording {
  const recording: Recording = { ctx: undefined as never, texts: [], fills: [], frames: [], images: [] };
  let state: State & Record<string, unknown> = {
    x: 0,
    y: 0,
    turned: false,
    fillStyle: '#000000',
    strokeStyle: '#000000',
    globalAlpha: 1,
    globalCompositeOperation: 'source-over',
    font: '10px sans-serif',
    textAlign: 'left',
  };
  const stack: (typeof state)[] = [];
  const place = (x: number, y: number, width: number, height: number) => ({
    x: x + state.x,
    y: y + state.y,
    width,
    height,
  });
  const painted = (box: Box, colour: unknown): Painted => ({
    box,
    colour,
    alpha: Number(state.globalAlpha),
    blend: String(state.globalCompositeOperation),
  });
  const methods: Record<string, unknown> = {
    save: () => stack.push({ ...state }),
    restore: () => {
      state = stack.pop() ?? state;
    },
    translate: (x: number, y: number) => {
      state = { ...state, x: state.x + x, y: state.y + y };
    },
    rotate: () => {
      state = { ...state, turned: true };
    },
    getTransform: () => ({ a: scale, d: scale }),
    fillRect: (x: number, y: number, w: number, h: number) =>
      recording.fills.push(painted(place(x, y, w, h), state.fillStyle)),
    strokeRect: (x: number, y: number, w: number, h: number) =>
      recording.frames.push(painted(place(x, y, w, h), state.strokeStyle)),
    drawImage: (image: { pixels?: Uint8ClampedArray }, x: number, y: number, w: number, h: number) =>
      recording.images.push({
        box: place(x, y, w, h),
        alpha: Number(state.globalAlpha),
        pixels: image.pixels ?? null,
      }),
    createLinearGradient: () => ({ addColorStop: () => {} }),
    fillText: (text: string, x: number, y: number) => {
      const [, weight, size] = /^(\d+) (\d+)px/.exec(String(state.font))!.map(Number);
      const width = textWidth(text, size, weight === 600 ? 600 : 400);
      const before = state.textAlign === 'center' ? width / 2 : state.textAlign === 'right' ? width : 0;
      const box = state.turned
        ? { x: state.x + y - size * 0.75, y: state.y - x - width + before, width: size, height: width }
        : place(x - before, y - size * 0.75, width, size);
      if (text) {
        recording.texts.push({ text, box, colour: String(state.fillStyle), weight, turned: state.turned });
      }
    },
    canvas: { ownerDocument: { createElement: scratchCanvas } },
  };
  const ctx = new Proxy(methods, {
    get: (target, key: string) => (key in target ? target[key] : key in state ? state[key] : () => {}),
    set: (_, key: string, value) => {
      state = { ...state, [key]: value };
      return true;
    },
  });
  return Object.assign(recording, { ctx: ctx as unknown as Context2D });
}

/** A canvas that only keeps the pixels put on it. */
function scratchCanvas() {
  const canvas: { pixels?: Uint8ClampedArray; getContext?: unknown } = {};
  canvas.getContext = () => ({
    canvas,
    drawImage: () => {},
    fillRect: () => {},
    createImageData: (width: number, height: number) => ({ data: new Uint8ClampedArray(width * height * 4) }),
    putImageData: (image: { data: Uint8ClampedArray }) => {
      canvas.pixels = image.data;
    },
  });
  return canvas;
}

interface Borders {
  readonly left?: number;
  readonly top?: number;
  readonly right: number;
  readonly bottom: number;
}

/** What does not stand within these borders; without a `top`, what stands too high is let pass. */
export function beyond<T extends { readonly box: Box }>(
  items: readonly T[],
  { left = 0, top = Number.NEGATIVE_INFINITY, right, bottom }: Borders,
): T[] {
  return items.filter(
    ({ box: { x, y, width, height } }) =>
      !(x >= left && y >= top && x + width <= right && y + height <= bottom),
  );
}

/** Pairs of boxes that cover each other by more than a hair. */
export function overlaps<T extends { readonly box: Box }>(items: readonly T[]): [T, T][] {
  const found: [T, T][] = [];
  items.forEach((a, i) => {
    for (const b of items.slice(i + 1)) {
      const across = Math.min(a.box.x + a.box.width, b.box.x + b.box.width) - Math.max(a.box.x, b.box.x);
      const down = Math.min(a.box.y + a.box.height, b.box.y + b.box.height) - Math.max(a.box.y, b.box.y);
      if (across > 0.1 && down > 0.1) found.push([a, b]);
    }
  });
  return found;
}
