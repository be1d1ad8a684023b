import { describe, expect, it } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import { overlaps, recordingContext } from '../testing/recording-context';
import { drawMethodTiles, type MethodTilesData, methodTilesLayout } from './method-tiles';

const theme = figureThemes.dark;
const names = ['Grad-CAM', 'Grad-CAM++', 'HiResCAM', 'LayerCAM', 'XGrad-CAM', 'Eigen-CAM', 'Ablation-CAM'];

function tiles(change: Partial<MethodTilesData> = {}): MethodTilesData {
  return {
    tiles: names.map((name, i) => ({
      name,
      reference: i === 0,
      map: { values: new Float32Array(49).fill(i), width: 7, height: 7 },
      hi: 1,
      outcome: 'evidence',
      entropy: 0.1 * i,
      linear: i === 0 ? null : -0.25,
      rank: i === 0 ? null : 0.75,
    })),
    selected: 1,
    picture: {} as CanvasImageSource,
    colourMap: 'inferno',
    opacity: 0.6,
    interpolation: 'bilinear',
    view: 'overlay',
    ...change,
  };
}

function draw(data: MethodTilesData, width: number) {
  const recording = recordingContext();
  const layout = methodTilesLayout(width, data);
  drawMethodTiles(recording.ctx, data, { width, height: layout.height }, theme);
  return { ...recording, layout, words: recording.texts.map(({ text }) => text) };
}

describe('drawMethodTiles', () => {
  it('draws picture and heat of every method, names it and writes its numbers', () => {
    const { images, layout, words } = draw(tiles(), 560);
    expect(images).toHaveLength(2 * names.length);
    layout.maps.forEach((box, i) => {
      expect(images[2 * i].box).toEqual(box);
    });
    for (const name of names) expect(words).toContain(name);
    expect(words).toContain('entropy 0.20');
    expect(words.filter((word) => word === 'linear −0.25  rank 0.75')).toHaveLength(names.length - 1);
    expect(words.filter((word) => word === 'the reference')).toHaveLength(1);
  });

  it('frames the method in use', () => {
    const { frames, layout } = draw(tiles(), 560);
    const framed = frames.filter(({ colour }) => colour === theme.accent);
    expect(framed).toHaveLength(1);
    expect(framed[0].box.x).toBe(layout.maps[1].x - 2);
  });

  it('leaves a frame without numbers for what was not computed, and says where there is no evidence', () => {
    const data = tiles();
    const changed = data.tiles.map((tile, i) => ({
      ...tile,
      ...(i === 2 ? { map: null } : {}),
      ...(i === 3 ? { outcome: 'none' as const } : {}),
    }));
    const { images, words } = draw({ ...data, tiles: changed }, 560);
    expect(images).toHaveLength(2 * (names.length - 2));
    expect(words).toContain('no positive evidence');
    expect(words).not.toContain('entropy 0.20');
    expect(words).not.toContain('entropy 0.30');
  });

  it('lets no words and no maps touch or leave the figure, from phone to page width', () => {
    for (const width of [280, 340, 390, 560, 720, 1120, 1600]) {
      for (const aspect of [0.6, 1, 1.8]) {
        const { texts, layout } = draw(tiles({ aspect, caption: 'A caption of some words.' }), width);
        const where = `${width} px, aspect ${aspect}`;
        expect(overlaps(texts), where).toEqual([]);
        expect(overlaps(layout.boxes.map((box) => ({ box }))), where).toEqual([]);
        const items = [...texts.map(({ box }) => box), ...layout.boxes];
        for (const box of items) {
          expect(box.x, where).toBeGreaterThanOrEqual(0);
          expect(box.x + box.width, where).toBeLessThanOrEqual(width);
          expect(box.y + box.height, where).toBeLessThanOrEqual(layout.height);
        }
      }
    }
  });
});
