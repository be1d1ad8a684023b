import { parseFont } from './chart-text';
import type { FigureTheme } from './figure-theme';
import type { Context2D, FigureSize } from './figure-types';
import { figureSvg, round, type SvgGroup } from './svg-nodes';

/** What a 2D context remembers and `restore` brings back. */
interface State {
  fillStyle: string | Gradient;
  strokeStyle: string | Gradient;
  lineWidth: number;
  lineJoin: string;
  dashes: readonly number[];
  globalAlpha: number;
  globalCompositeOperation: string;
  font: string;
  textAlign: CanvasTextAlign;
  transform: string;
  /** Where nodes go: a clipped group, or the figure. */
  group: SvgGroup;
}

interface Gradient {
  id: string;
  addColorStop(offset: number, colour: string): void;
}

/** A picture and the share of its colour that it lost. */
interface Placed {
  image: CanvasImageSource;
  grey: number;
  /** Largest width and height it is drawn at, in device pixels. */
  width: number;
  height: number;
  id: string;
  uses: SVGUseElement[];
}

const initial: Omit<State, 'group'> = {
  ...{ fillStyle: '#000000', strokeStyle: '#000000', lineWidth: 1, lineJoin: 'miter', dashes: [] },
  ...{ globalAlpha: 1, globalCompositeOperation: 'source-over', font: '10px sans-serif' },
  ...{ textAlign: 'start', transform: '' },
};

/**
 * A figure that is drawn on a 2D context, as SVG: letters stay letters, lines lines; a picture that is drawn many times is in it once.
 * It takes what figures use of a context, and throws for anything else.
 * @param draw draws the figure
 * @param ratio device pixels for a pixel of the figure, which rasters have
 * @param encode a raster as a data URL, as PNG unless given
 */
export function drawnAsSvg(
  document: Document,
  size: FigureSize,
  theme: FigureTheme,
  words: { title: string; description: string },
  {
    draw,
    ratio,
    encode = (canvas) => canvas.toDataURL('image/png'),
  }: { draw(context: Context2D): void; ratio: number; encode?(canvas: HTMLCanvasElement): string },
): SVGSVGElement {
  const { node, root } = figureSvg(document, size, theme, words);
  const defs = root.append('defs');
  const placed: Placed[] = [];
  const counts = { clip: 0, gradient: 0 };
  // Ids of several figures in one document must not meet.
  const prefix = `f${(identity.next++).toString(36)}`;
  let state: State = { ...initial, group: root };
  const stack: State[] = [];
  let path = '';

  const append = (name: 'path' | 'rect' | 'text' | 'image' | 'use') => {
    const made = state.group.append(name as 'path');
    if (state.transform) made.attr('transform', state.transform.trim());
    return made;
  };
  const paintOf = (style: string | Gradient) =>
    typeof style === 'string' ? opaque(style) : { colour: `url(#${style.id})`, alpha: 1 };
  const filled = (made: ReturnType<typeof append>) => {
    const { colour, alpha } = paintOf(state.fillStyle);
    made.attr('fill', colour);
    if (alpha * state.globalAlpha < 1) made.attr('fill-opacity', round(alpha * state.globalAlpha));
  };
  const stroked = (made: ReturnType<typeof append>) => {
    const { colour, alpha } = paintOf(state.strokeStyle);
    made.attr('fill', 'none').attr('stroke', colour).attr('stroke-width', state.lineWidth);
    if (state.lineJoin !== 'miter') made.attr('stroke-linejoin', state.lineJoin);
    if (state.dashes.length > 0) made.attr('stroke-dasharray', state.dashes.join(' '));
    if (alpha * state.globalAlpha < 1) made.attr('stroke-opacity', round(alpha * state.globalAlpha));
  };
  const box = (made: ReturnType<typeof append>, x: number, y: number, width: number, height: number) =>
    made.attr('x', round(x)).attr('y', round(y)).attr('width', round(width)).attr('height', round(height));
  const place = (image: CanvasImageSource, grey: number, width: number, height: number): Placed => {
    let known = placed.find((each) => each.image === image && each.grey === grey);
    if (!known) {
      known = { image, grey, width: 0, height: 0, id: `${prefix}p${placed.length}`, uses: [] };
      placed.push(known);
    }
    known.width = Math.max(known.width, width * ratio);
    known.height = Math.max(known.height, height * ratio);
    return known;
  };
  /** The picture that lies under what is drawn next, where it was drawn last. */
  let ground: { placed: Placed; use: SVGUseElement; box: string } | null = null;

  const methods = {
    save: () => void stack.push({ ...state }),
    restore: () => {
      state = stack.pop() ?? state;
    },
    translate: (x: number, y: number) => {
      state.transform += ` translate(${round(x)},${round(y)})`;
    },
    rotate: (angle: number) => {
      state.transform += ` rotate(${round((angle * 180) / Math.PI)})`;
    },
    getTransform: () => ({ a: ratio, d: ratio }),
    beginPath: () => {
      path = '';
    },
    moveTo: (x: number, y: number) => {
      path += `M${round(x)},${round(y)}`;
    },
    lineTo: (x: number, y: number) => {
      path += `L${round(x)},${round(y)}`;
    },
    quadraticCurveTo: (cx: number, cy: number, x: number, y: number) => {
      path += `Q${round(cx)},${round(cy)},${round(x)},${round(y)}`;
    },
    rect: (x: number, y: number, width: number, height: number) => {
      path += `M${round(x)},${round(y)}h${round(width)}v${round(height)}h${round(-width)}Z`;
    },
    /** Whole circles alone. */
    arc: (x: number, y: number, radius: number) => {
      const half = (to: number) => `A${round(radius)},${round(radius)},0,1,1,${round(to)},${round(y)}`;
      path += `M${round(x + radius)},${round(y)}${half(x - radius)}${half(x + radius)}Z`;
    },
    closePath: () => {
      path += 'Z';
    },
    clip: () => {
      const id = `${prefix}c${counts.clip++}`;
      const shape = defs.append('clipPath').attr('id', id).append('path').attr('d', path);
      if (state.transform) shape.attr('transform', state.transform.trim());
      state.group = state.group.append('g').attr('clip-path', `url(#${id})`);
    },
    fill: () => {
      if (path) filled(append('path').attr('d', path));
    },
    stroke: () => {
      if (path) stroked(append('path').attr('d', path));
    },
    fillRect: (x: number, y: number, width: number, height: number) => {
      if (state.globalCompositeOperation === 'source-over') {
        filled(box(append('rect'), x, y, width, height));
        return;
      }
      // Figures blend for one thing: to take colour from the picture they drew last.
      if (state.globalCompositeOperation !== 'saturation' || ground?.box !== [x, y, width, height].join())
        throw new Error(`"${state.globalCompositeOperation}" has no counterpart in SVG here`);
      const paler = place(ground.placed.image, state.globalAlpha, width, height);
      ground.placed.uses = ground.placed.uses.filter((use) => use !== ground?.use);
      paler.uses.push(ground.use);
    },
    strokeRect: (x: number, y: number, width: number, height: number) =>
      stroked(box(append('rect'), x, y, width, height)),
    setLineDash: (dashes: readonly number[]) => {
      state.dashes = dashes;
    },
    createLinearGradient: (x1: number, y1: number, x2: number, y2: number): Gradient => {
      const id = `${prefix}g${counts.gradient++}`;
      const made = defs.append('linearGradient').attr('id', id).attr('gradientUnits', 'userSpaceOnUse');
      for (const [name, at] of Object.entries({ x1, y1, x2, y2 })) made.attr(name, round(at));
      return {
        id,
        addColorStop: (offset, colour) =>
          void made.append('stop').attr('offset', round(offset)).attr('stop-color', colour),
      };
    },
    drawImage: (image: CanvasImageSource, x: number, y: number, width: number, height: number) => {
      const known = place(image, 0, width, height);
      const use = state.group
        .append('use')
        .attr(
          'transform',
          `${state.transform} translate(${round(x)},${round(y)}) scale(${round(width)},${round(height)})`.trim(),
        );
      if (state.globalAlpha < 1) use.attr('opacity', round(state.globalAlpha));
      known.uses.push(use.node() as SVGUseElement);
      ground = { placed: known, use: use.node() as SVGUseElement, box: [x, y, width, height].join() };
    },
    fillText: (text: string, x: number, y: number) => {
      if (!text) return;
      const { weight, size: fontSize } = parseFont(state.font);
      const made = append('text')
        .attr('x', round(x))
        .attr('y', round(y))
        .attr('font-size', fontSize)
        .text(text);
      if (weight !== 400) made.attr('font-weight', weight);
      if (state.textAlign === 'center') made.attr('text-anchor', 'middle');
      if (state.textAlign === 'right') made.attr('text-anchor', 'end');
      filled(made);
    },
    canvas: { ownerDocument: document },
  };
  const known = new Set([
    'lineWidth',
    'lineJoin',
    'globalAlpha',
    'globalCompositeOperation',
    'font',
    'textAlign',
    'fillStyle',
    'strokeStyle',
  ]);
  /** Of no meaning here: pictures are as smooth as they are, and text stands on its baseline. */
  const idle = new Set(['imageSmoothingEnabled', 'imageSmoothingQuality', 'textBaseline']);
  const context = new Proxy(methods, {
    get(target, name: string) {
      if (name in target) return target[name as keyof typeof target];
      if (known.has(name)) return state[name as keyof State];
      throw new Error(`a figure asks its context for "${name}", which has no counterpart in SVG here`);
    },
    set(_, name: string, value) {
      if (idle.has(name)) return true;
      if (!known.has(name)) throw new Error(`"${name}" of a context has no counterpart in SVG here`);
      (state as unknown as Record<string, unknown>)[name] = value;
      return true;
    },
  });
  draw(context as unknown as Context2D);
  for (const { id, image, grey, width, height, uses } of placed) {
    if (uses.length === 0) continue;
    defs
      .append('image')
      .attr('id', id)
      .attr('width', 1)
      .attr('height', 1)
      .attr('preserveAspectRatio', 'none')
      .attr('href', encode(shrunk(document, image, { width, height }, grey)));
    for (const use of uses) use.setAttribute('href', `#${id}`);
  }
  return node;
}

const identity = { next: 0 };

/** `rgba(0, 0, 0, 0.5)` in the words of SVG 1.1, which knows no colour that lets shine through. */
function opaque(colour: string): { colour: string; alpha: number } {
  const match = /^rgba\((.+),\s*([\d.]+)\)$/.exec(colour);
  return match ? { colour: `rgb(${match[1]})`, alpha: Number(match[2]) } : { colour, alpha: 1 };
}

/** The picture at no more than its own size, without a share of its colour. */
function shrunk(
  document: Document,
  image: CanvasImageSource,
  most: FigureSize,
  grey: number,
): HTMLCanvasElement {
  const own = image as unknown as FigureSize;
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.min(own.width, Math.ceil(most.width)));
  canvas.height = Math.max(1, Math.min(own.height, Math.ceil(most.height)));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser offers no further canvas');
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  if (grey > 0) {
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    takeColour(pixels.data, grey);
    context.putImageData(pixels, 0, 0);
  }
  return canvas;
}

/**
 * Mixes every pixel with the grey of its own luminosity: what blending with a grey in the mode "saturation" does (W3C,
 * Compositing and Blending Level 1, 10.2: the backdrop's luminosity with no saturation).
 */
export function takeColour(rgba: Uint8ClampedArray, share: number): void {
  for (let i = 0; i < rgba.length; i += 4) {
    const luminosity = 0.3 * rgba[i] + 0.59 * rgba[i + 1] + 0.11 * rgba[i + 2];
    for (let channel = i; channel < i + 3; channel++) rgba[channel] += (luminosity - rgba[channel]) * share;
  }
}
