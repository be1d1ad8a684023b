// @vitest-environment page
import { expect, it } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import { layerAxis } from '../kit/layer-axis';
import { beyond, overlaps, recordingContext } from '../testing/recording-context';
import { attribute, textBox } from '../testing/svg-text';
import { divergingColour, divergingPixels } from './diverging-map';
import { versusCurves, versusCurvesHeight } from './versus-curves';
import type { VersusData, VersusMap } from './versus-data';
import { drawVersusMaps, versusMapsLayout } from './versus-maps';
import { drawVersusRows, drawVersusStrips, versusRowsHeight, versusStripsLayout } from './versus-strips';

const grid = (...values: number[]) => ({
  values: Float32Array.from(values),
  width: values.length,
  height: 1,
});

const side = (name: string, entropy: number | null): VersusMap => ({
  ...{ name, map: grid(0, 1), hi: 1, outcome: entropy === null ? ('none' as const) : ('evidence' as const) },
  ...{ entropy, null: entropy === null ? null : { mean: 0.8, sd: 0.01 } },
});

const data = (count: number, change: Partial<VersusData> = {}): VersusData => ({
  ...{ colourMap: 'inferno', opacity: 0.6, interpolation: 'nearest', view: 'overlay' },
  a: { title: 'golf ball (94.4 %)', picture: null, aspect: 1 },
  b: { title: 'a church of some very long name (0.9 %)', picture: null, aspect: 1 },
  layers: Array.from({ length: count }, (_, i) => ({
    name: `conv${i}_1`,
    a: side(`conv${i}_1`, i === 1 ? null : 0.5),
    b: side(`other${i}`, 0.25),
    ...{
      difference: i === 1 ? null : grid(-2, 2),
      extent: 2,
      shared: i === 1 ? null : 0.5,
      correlation: 0.1,
    },
  })),
  ...{ byDepth: false, selected: 2, measure: { name: 'Aura matrix (AME)', unit: 'ratio' } },
  ...change,
});

/** CIE L*a*b* of sRGB bytes, as a reader without M cones sees them where asked for (Machado, Oliveira and Fernandes 2009, severity 1). */
function lab(rgb: readonly number[], deuteranope: boolean): [number, number, number] {
  const linear = rgb.map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const dot = (row: readonly number[], of: readonly number[]) =>
    row.reduce((sum, x, i) => sum + x * of[i], 0);
  const seen = deuteranope
    ? [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
      ].map((row) => Math.max(0, Math.min(1, dot(row, linear))))
    : linear;
  const white = [0.9505, 1, 1.089];
  const [x, y, z] = [
    [0.4124, 0.3576, 0.1805],
    [0.2126, 0.7152, 0.0722],
    [0.0193, 0.1192, 0.9505],
  ].map((row, i) => {
    const t = dot(row, seen) / white[i];
    return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const distance = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((x, i) => x - b[i]));

it.each(['light', 'dark'] as const)(
  'the colours of a difference are neutral at zero and tell its sign without green cones, %s',
  (name) => {
    const theme = figureThemes[name];
    const [r, g, b] = divergingColour(theme, 0);
    expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThan(6);
    for (const blind of [false, true]) {
      const at = (t: number) => lab(divergingColour(theme, t), blind);
      for (const t of [0.2, 0.5, 0.8, 1]) {
        // A difference of 10 is seen at a glance.
        expect(distance(at(t), at(-t)), `${t}`).toBeGreaterThan(10);
        expect(Math.abs(at(t)[0] - at(-t)[0]), 'both signs are as strong').toBeLessThan(16);
      }
      // Away from zero it only goes one way.
      const lightness = [0, 0.25, 0.5, 0.75, 1].map((t) => at(t)[0]);
      const steps = lightness.slice(1).map((value, i) => Math.sign(value - lightness[i]));
      expect(new Set(steps).size).toBe(1);
    }
  },
);

it('a difference has zero in the middle of its colours, and its ends at the extent', () => {
  const theme = figureThemes.light;
  const coloured = (extent: number) => {
    const pixels = divergingPixels(
      grid(-3, 0, 3),
      { width: 3, height: 1 },
      { extent, theme, interpolation: 'nearest' },
    );
    return [0, 1, 2].map((i) => [...pixels.subarray(i * 4, i * 4 + 3)]);
  };
  expect(coloured(3)).toEqual([-1, 0, 1].map((t) => divergingColour(theme, t)));
  coloured(6).forEach((rgb, i) => {
    const expected = divergingColour(theme, (i - 1) / 2);
    rgb.forEach((byte, channel) => {
      // The table has 511 steps.
      expect(Math.abs(byte - expected[channel])).toBeLessThanOrEqual(2);
    });
  });
  // Nothing differs: neutral everywhere.
  expect(new Set(coloured(0).map(String)).size).toBe(1);
});

it('the strips stand on the axis of the layers, one row below the other', () => {
  const layout = versusStripsLayout(data(12, { byDepth: true }), 1056);
  const axis = layerAxis(1056, 12);
  layout.a.forEach((box, i) => {
    for (const row of [layout.a, layout.b, layout.difference])
      expect(row[i].x + row[i].width / 2).toBeCloseTo(axis.x(i), -0.2);
    expect(layout.b[i].y).toBeGreaterThan(box.y + box.height);
    expect(layout.difference[i].y).toBeGreaterThan(layout.b[i].y + layout.b[i].height);
  });
});

it.each([240, 344, 390, 800, 1120])(
  'the figures keep their letters in their frame and apart at %i px',
  (width) => {
    const theme = figureThemes.light;
    for (const byDepth of [false, true]) {
      const shown = data(12, { byDepth, caption: 'A: one. B: another.', title: 'A against B' });
      const drawings = [
        [versusStripsLayout(shown, width).height, drawVersusStrips],
        [versusRowsHeight({ ...shown, selected: null }, width), drawVersusRows],
        [versusMapsLayout(shown, width).height, drawVersusMaps],
      ] as const;
      for (const [height, draw] of drawings) {
        const { ctx, texts } = recordingContext();
        draw(ctx, { ...shown, selected: 2 }, { width, height }, theme);
        expect(overlaps(texts)).toEqual([]);
        expect(beyond(texts, { right: width, bottom: height })).toEqual([]);
      }
    }
  },
);

it('the curves are told apart by their marks, with a gap where there is no evidence', () => {
  const shown = data(12, { layerNames: true, caption: 'Bands: shuffled.' });
  const size = { width: 1056, height: versusCurvesHeight(1056, shown) };
  const svg = versusCurves(document, shown, size, figureThemes.light);
  expect(svg.querySelectorAll('.values.a circle')).toHaveLength(11);
  expect(svg.querySelectorAll('.values.b rect')).toHaveLength(12);
  expect(svg.querySelector('.values.a path')?.getAttribute('d')?.match(/M/g)).toHaveLength(2);
  const [first] = svg.querySelectorAll('.values.b rect');
  expect(attribute(first, 'x') + attribute(first, 'width') / 2).toBeCloseTo(layerAxis(1056, 12).x(0), 2);
  expect(svg.querySelector('desc')?.textContent).toBe(
    'Aura matrix (AME) of A and B at 12 layers: at conv0_1 0.50 in A and 0.25 in B, at conv11_1 0.50 in A and 0.25 in B.',
  );
  const texts = [...svg.querySelectorAll('text')].map((node) => textBox(node));
  expect(overlaps(texts)).toEqual([]);
  expect(beyond(texts, { right: size.width, bottom: size.height })).toEqual([]);
});
