import { describe, expect, it } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import { layerAxis } from '../kit/layer-axis';
import { beyond, overlaps, recordingContext } from '../testing/recording-context';
import { drawMethodMatrix, MATRIX_GUTTER, type MethodMatrixData, methodMatrixLayout } from './method-matrix';

const theme = figureThemes.light;
const names = ['Grad-CAM', 'HiResCAM', 'Ablation-CAM'];

function matrix(count: number, change: Partial<MethodMatrixData> = {}): MethodMatrixData {
  return {
    layers: Array.from({ length: count }, (_, i) => `conv${i}_1`),
    rows: names.map((name, row) => ({
      name,
      maps: Array.from({ length: count }, (_, column) => ({
        map: { values: new Float32Array(16).fill(column), width: 4, height: 4 },
        hi: 1,
        outcome: 'evidence' as const,
        entropy: row + column / 100,
        linear: null,
        rank: null,
      })),
    })),
    selected: { row: 1, column: 2 },
    picture: {} as CanvasImageSource,
    colourMap: 'viridis',
    opacity: 0.6,
    interpolation: 'nearest',
    view: 'overlay',
    ...change,
  };
}

function draw(data: MethodMatrixData, width: number) {
  const recording = recordingContext();
  const layout = methodMatrixLayout(width, data);
  drawMethodMatrix(recording.ctx, data, { width, height: layout.height }, theme);
  return { ...recording, layout, words: recording.texts.map(({ text }) => text) };
}

describe('drawMethodMatrix', () => {
  it('places every method on one layer axis, with its entropy below', () => {
    const { images, layout, words } = draw(matrix(12), 900);
    const axis = layerAxis(900, 12, { left: MATRIX_GUTTER, right: 8 });
    expect(images).toHaveLength(2 * 3 * 12);
    for (const row of layout.maps) {
      row.forEach((box, column) => {
        expect(Math.abs(box.x + box.width / 2 - axis.x(column))).toBeLessThanOrEqual(0.5);
      });
    }
    for (const word of [...names, 'conv0_1', 'conv11_1', '2.11', '0.00']) expect(words).toContain(word);
  });

  it('outlines the cell in use and lays its column behind it', () => {
    const { frames, fills, layout, texts } = draw(matrix(12), 900);
    const framed = frames.filter(({ colour }) => colour === theme.accent);
    expect(framed).toHaveLength(1);
    expect(framed[0].box).toMatchObject({ x: layout.maps[1][2].x - 2, y: layout.maps[1][2].y - 2 });
    expect(fills.find(({ colour }) => colour === theme.accentSoft)?.box.x).toBe(layout.cells[0][2].x);
    expect(texts.find(({ text }) => text === 'HiResCAM')?.weight).toBe(600);
    expect(draw(matrix(12, { selected: null }), 900).frames).toEqual([]);
  });

  it('draws a dash for what was not computed', () => {
    const data = matrix(5);
    const rows = data.rows.map((row, r) => ({
      ...row,
      maps: row.maps.map((cell) => (r === 2 ? { ...cell, map: null, entropy: null } : cell)),
    }));
    const { images, fills, words } = draw({ ...data, rows }, 700);
    expect(images).toHaveLength(2 * 2 * 5);
    expect(fills.filter(({ colour, box }) => colour === theme.grey && box.width === 8)).toHaveLength(5);
    expect(words).not.toContain('2.01');
  });

  it('lets nothing touch or leave the figure, from 1 to 60 layers', () => {
    for (const count of [1, 5, 12, 25, 60]) {
      for (const width of [400, 560, 900, 1120, 2200]) {
        const { texts, layout } = draw(matrix(count, { caption: 'A caption.' }), width);
        const where = `${count} layers, ${width} px`;
        expect(overlaps(texts), where).toEqual([]);
        expect(overlaps(layout.maps.flat().map((box) => ({ box }))), where).toEqual([]);
        expect(beyond(texts, { right: width, bottom: layout.height }), where).toEqual([]);
      }
    }
  });
});
