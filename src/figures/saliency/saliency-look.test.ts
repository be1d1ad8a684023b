import { afterEach, describe, expect, it, vi } from 'vitest';
import { colourTable } from '../kit/colour-maps';
import { figureThemes } from '../kit/figure-theme';
import { beyond, overlaps, recordingContext } from '../testing/recording-context';
import { drawSaliency, type SaliencyData, saliencyHeight } from './saliency-look';

const picture = {} as CanvasImageSource;

const data: SaliencyData = {
  layer: 'conv4_3',
  picture,
  map: { values: new Float32Array([0, 0.03, 0.01, 0.02]), width: 2, height: 2 },
  lo: 0,
  hi: 0.03,
  scaling: 'layer',
  colourMap: 'inferno',
  opacity: 0.6,
  outcome: 'evidence',
  interpolation: 'bilinear',
  view: 'overlay',
};

function draw(change: Partial<SaliencyData> = {}, width = 280, scale = 1) {
  const recording = recordingContext(scale);
  const changed = { ...data, ...change };
  const size = { width, height: saliencyHeight(width, changed) };
  drawSaliency(recording.ctx, changed, size, figureThemes.light);
  return { ...recording, size, words: recording.texts.map(({ text }) => text) };
}

describe('drawSaliency', () => {
  it('lays the heat over the picture at the given opacity, the picture less coloured', () => {
    const { images, fills } = draw();
    expect(images.map(({ alpha, box }) => [alpha, box])).toEqual([
      [1, { x: 0, y: 0, width: 280, height: 280 }],
      [0.6, { x: 0, y: 0, width: 280, height: 280 }],
    ]);
    expect(images[0].pixels).toBeNull();
    expect(fills.some(({ blend }) => blend === 'saturation')).toBe(true);
    // The corners of a bilinear map are the map's own corners.
    const inferno = colourTable('inferno');
    expect([...images[1].pixels!.slice(0, 3)]).toEqual([...inferno.slice(0, 3)]);
    expect([...images[1].pixels!.slice(279 * 4, 279 * 4 + 3)]).toEqual([...inferno.slice(-3)]);
  });

  it('colours at the pixels of the device', () => {
    expect(draw({}, 100, 2).images[1].pixels).toHaveLength(200 * 200 * 4);
  });

  it('numbers the colour bar and says what it is and how it is scaled', () => {
    expect(draw().words).toEqual(['0', '0.015', '0.030', 'saliency of conv4_3', 'scaled to this layer']);
    expect(draw({ scaling: 'global' }).words).toContain('scaled over all layers');
  });

  it('draws a zero map as a picture with words, never as flat evidence', () => {
    const { images, words } = draw({
      outcome: 'none',
      lo: 0,
      hi: 0,
      map: { ...data.map, values: new Float32Array(4) },
    });
    expect(images).toHaveLength(1);
    expect(images[0].pixels).toBeNull();
    expect(words).toContain('no positive evidence at this layer');
    expect(words).toContain('every value is 0');
    expect(words).not.toContain('0.015');
  });

  it('shows the picture alone or the map alone, in full', () => {
    expect(draw({ view: 'image' }).images.map(({ pixels }) => pixels)).toEqual([null]);
    const [map, ...rest] = draw({ view: 'map' }).images;
    expect([map.alpha, map.pixels !== null, rest.length]).toEqual([1, true, 0]);
    expect(draw({ picture: null }).images.map(({ alpha }) => alpha)).toEqual([1]);
  });

  it('keeps its words apart and inside, at any width, with any caption', () => {
    const caption =
      'Grad-CAM of a golf ball for the class “golf ball”, photos10; aura matrix entropy, 256 levels';
    for (const width of [160, 280, 480, 900]) {
      for (const outcome of ['evidence', 'none'] as const) {
        const layer = 'block_12_depthwise_relu';
        const { texts, size } = draw({ caption, layer, outcome, scaling: 'global' }, width);
        expect(overlaps(texts)).toEqual([]);
        expect(beyond(texts, { left: -0.1, right: width + 0.1, bottom: size.height })).toEqual([]);
      }
    }
  });

  it('follows a network whose input is no square', () => {
    expect(draw({ aspect: 2 }).images[0].box.height).toBe(140);
  });
});

describe('on the page', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('words are written outside of the page, whose layout a font would ask for, and copied pixel by pixel', () => {
    const { words } = draw({}, 281);
    const apart = recordingContext(1.5);
    const made: number[][] = [];
    vi.stubGlobal(
      'OffscreenCanvas',
      class {
        constructor(...size: number[]) {
          made.push(size);
        }
        getContext = () => Object.assign(apart.ctx, { canvas: this });
      },
    );
    const page = recordingContext(1.5);
    const { font } = page.ctx;
    const size = { width: 281, height: saliencyHeight(281, data) };
    const framed: unknown[] = [];
    drawSaliency(page.ctx, data, size, figureThemes.light, { frame: (box) => framed.push(box), keep: false });
    expect(framed).toEqual([{ x: 0, y: 0, width: 281, height: 281 }]);
    expect(page.ctx.font).toBe(font);
    expect(page.texts).toEqual([]);
    expect(apart.texts.map(({ text }) => text)).toEqual(words);
    // From the device's row in which the picture ends.
    expect(made).toEqual([[422, Math.ceil(size.height * 1.5) - 421]]);
    expect(page.images.map(({ box: { x, y } }) => [x, y])).toEqual([[0, 421]]);

    // A page that is hidden has no width; a canvas without pixels cannot be copied.
    drawSaliency(page.ctx, data, { width: 0, height: 0 }, figureThemes.light, {
      frame() {},
      keep: false,
    });
    expect(made[1]).toEqual([1, 1]);
  });

  it('what stands below a layer is written once, until it would say something else or in other colours', () => {
    const written: { text: string }[][] = [];
    vi.stubGlobal(
      'OffscreenCanvas',
      class {
        getContext() {
          const apart = recordingContext();
          written.push(apart.texts);
          return Object.assign(apart.ctx, { canvas: this });
        }
      },
    );
    const page = recordingContext();
    const at = (changed: Partial<SaliencyData>, theme = figureThemes.light, keep = true, width = 280) => {
      const shown = { ...data, ...changed };
      const size = { width, height: saliencyHeight(width, shown) };
      const before = written.length;
      drawSaliency(page.ctx, shown, size, theme, { frame() {}, keep });
      return written.slice(before).flatMap((texts) => texts.map(({ text }) => text));
    };
    const map = { ...data.map, values: data.map.values.slice() };
    expect(at({ map })).toContain(`saliency of ${data.layer}`);
    expect(at({ map })).toEqual([]);
    // Each time on the page, drawn or copied.
    expect(page.images).toHaveLength(2);
    expect(at({ map, scaling: 'global', hi: 7 })).toContain('scaled over all layers');
    expect(at({ map, scaling: 'global', hi: 7 }, figureThemes.dark)).not.toEqual([]);
    expect(at({ map, scaling: 'global', hi: 7 }, figureThemes.dark, true, 281)).not.toEqual([]);
    expect(at({ map, scaling: 'global', hi: 7 }, figureThemes.dark, true, 281)).toEqual([]);
    // Letters that have not loaded are not kept.
    const other = { ...map, values: map.values.slice() };
    expect(at({ map: other }, figureThemes.light, false)).not.toEqual([]);
    expect(at({ map: other }, figureThemes.light, false)).not.toEqual([]);
  });
});
