import { describe, expect, it } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import { layerAxis } from '../kit/layer-axis';
import { beyond, overlaps, recordingContext } from '../testing/recording-context';
import { drawFilmRows, filmRowsHeight } from './film-rows';
import { drawFilmStrip, type FilmStripData, filmStripLayoutOf } from './film-strip';

const theme = figureThemes.light;

function strip(
  count: number,
  change: Partial<FilmStripData> = {},
  name = (i: number) => `conv${i}_1`,
): FilmStripData {
  return {
    layers: Array.from({ length: count }, (_, i) => {
      const side = 112 >> Math.floor((i * 5) / count);
      return {
        name: name(i),
        map: { values: new Float32Array(side * side).fill(i), width: side, height: side },
        width: side,
        height: side,
        lo: 0,
        hi: 1,
        outcome: 'evidence',
        value: 1 / (i + 1),
      };
    }),
    selected: 2,
    picture: {} as CanvasImageSource,
    measure: { name: 'Aura matrix entropy', unit: 'ratio' },
    colourMap: 'inferno',
    opacity: 0.6,
    interpolation: 'bilinear',
    view: 'overlay',
    ...change,
  };
}

function draw(data: FilmStripData, width: number) {
  const recording = recordingContext();
  const layout = filmStripLayoutOf(data, width);
  drawFilmStrip(recording.ctx, data, { width, height: layout.height }, theme);
  return { ...recording, layout };
}

describe('drawFilmStrip', () => {
  it('centres every layer on the shared axis', () => {
    const { layout, images } = draw(strip(12), 1056);
    const axis = layerAxis(1056, 12);
    expect(images).toHaveLength(24);
    layout.thumbnails.forEach((box, i) => {
      // Half a pixel, for thumbnails lie on whole pixels.
      expect(Math.abs(box.x + box.width / 2 - axis.x(i))).toBeLessThanOrEqual(0.5);
      expect(images[2 * i].box).toEqual(box);
      expect(layout.boxes[i].x).toBeCloseTo(axis.x(i) - axis.step / 2, 9);
    });
  });

  it('names, sizes and measures every layer where there is room', () => {
    const words = draw(strip(12), 1056).texts.map(({ text }) => text);
    for (const word of ['conv0_1', 'conv11_1', '112²', '7²', '1.00', '0.08']) expect(words).toContain(word);
  });

  it('groups layers of one size over a line, with the size in its middle', () => {
    const sizes = [56, 56, 56, 28, 28, 14];
    const data = strip(6, { selected: null });
    const layers = data.layers.map((layer, i) => ({ ...layer, width: sizes[i], height: sizes[i] }));
    const { texts, fills, layout } = draw({ ...data, layers }, 1056);
    const { axis } = layout;
    const named = texts.filter(({ text }) => /²$/.test(text));
    expect(named.map(({ text }) => text)).toEqual(['56²', '28²', '14²']);
    const middles = [axis.x(1), (axis.x(3) + axis.x(4)) / 2, axis.x(5)];
    named.forEach(({ box }, i) => {
      expect(Math.abs(box.x + box.width / 2 - middles[i])).toBeLessThanOrEqual(0.5);
    });
    const lines = fills.filter(({ box }) => box.height === 1).map(({ box }) => box);
    expect(lines).toHaveLength(6);
    const boundaries = [3, 5].map((at) => axis.left + at * axis.step);
    for (const boundary of boundaries) {
      expect(lines.filter(({ x, width }) => x < boundary && boundary < x + width)).toEqual([]);
    }
    expect(lines[0].x).toBeLessThan(axis.left + 6);
    expect(lines[5].x + lines[5].width).toBeGreaterThan(axis.right - 6);
  });

  it('frames the selected layer and lays its column behind it', () => {
    const { frames, fills, layout, texts } = draw(strip(12), 1056);
    const frame = frames.filter(({ colour }) => colour === theme.accent);
    expect(frame).toHaveLength(1);
    expect(frame[0].box.x).toBe(layout.thumbnails[2].x - 2);
    expect(fills.find(({ colour }) => colour === theme.accentSoft)!.box.x).toBe(layout.boxes[2].x);
    expect(texts.find(({ text }) => text === 'conv2_1')!.weight).toBe(600);
    expect(draw(strip(12, { selected: null }), 1056).frames).toEqual([]);
  });

  it('hatches a zero map, says "none" and gives it no entropy', () => {
    const data = strip(12);
    const layers = data.layers.map((layer, i) => (i === 3 ? { ...layer, outcome: 'none' as const } : layer));
    const { texts, images } = draw({ ...data, layers }, 1056);
    expect(images).toHaveLength(22);
    expect(texts.map(({ text }) => text)).toContain('none');
    expect(texts.map(({ text }) => text)).not.toContain('0.25');
  });

  it('leaves an empty frame for a map that is on its way', () => {
    const data = strip(5);
    const layers = data.layers.map((layer) => ({ ...layer, map: null, value: null }));
    const { images, frames } = draw({ ...data, layers, selected: null }, 700);
    expect(images).toEqual([]);
    expect(frames).toHaveLength(5);
  });

  it('gives every layer its entropy, turned where it is wider than its column', () => {
    const { texts } = draw(strip(60), 1056);
    const values = texts.filter(({ text }) => /^[01]\.\d\d$/.test(text));
    expect(values).toHaveLength(60);
    expect(values.every(({ turned }) => turned)).toBe(true);
  });

  it('names layers by what they differ in, where their names share beginning and end', () => {
    const name = (i: number) => `feature_extractor/stage_${i + 1}/convolution_with_a_long_name/convolution`;
    const words = draw(strip(12, {}, name), 1056).texts.map(({ text }) => text);
    const shown = new Set(words.filter((text) => text.includes('…')));
    expect(shown.size).toBe(12);
  });

  it('lets no words and no thumbnails touch, from 5 to 250 layers and 390 to 2560 px', () => {
    for (const name of [
      (i: number) => `conv${i}_1`,
      (i: number) => `mobilenet_block_${i}_expand_depthwise_relu`,
    ]) {
      for (const count of [5, 8, 12, 17, 25, 40, 60, 121, 250]) {
        for (const width of [390, 560, 700, 1024, 1372, 2560]) {
          // On a phone so many columns are narrower than two pixels.
          if (count > 60 && width < 700) continue;
          for (const selected of [0, count - 2, count - 1]) {
            const { texts, layout } = draw(strip(count, { selected, caption: 'A caption.' }, name), width);
            const where = `${count} layers, ${width} px, selected ${selected}`;
            expect(overlaps(texts), where).toEqual([]);
            const drawn = layout.thumbnails.filter((_, i) => layout.drawn.has(i));
            expect(overlaps(drawn.map((box) => ({ box }))), where).toEqual([]);
            expect(layout.drawn.has(selected), where).toBe(true);
            // What is drawn can be seen.
            expect(drawn[0].width, where).toBeGreaterThanOrEqual(18);
            expect(beyond(texts, { top: 0, right: width, bottom: layout.height }), where).toEqual([]);
            const chosen = texts.filter(
              ({ weight, turned, box }) => weight === 600 && (turned || box.y < 20),
            );
            expect(chosen.length, where).toBeGreaterThanOrEqual(1);
          }
        }
      }
    }
  });
});

describe('drawFilmRows', () => {
  it('has the whole width of a column: no gutter is left beside pictures that stand by themselves', () => {
    const data = strip(12, { caption: 'A caption of some length. '.repeat(6) });
    const { ctx, images, texts } = recordingContext();
    drawFilmRows(ctx, data, { width: 344, height: filmRowsHeight(data, 344) }, theme);
    const boxes = images.map(({ box }) => box);
    expect(Math.min(...boxes.map(({ x }) => x))).toBeLessThan(20);
    expect(Math.max(...boxes.map(({ x, width }) => x + width))).toBeGreaterThan(324);
    expect(beyond(texts, { top: 0, right: 344, bottom: filmRowsHeight(data, 344) })).toEqual([]);
    expect(overlaps(texts)).toEqual([]);
  });
});
