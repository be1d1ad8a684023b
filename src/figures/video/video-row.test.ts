// @vitest-environment page
import { expect, it } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import { layerAxis } from '../kit/layer-axis';
import { drawnAsSvg } from '../kit/svg-context';
import { beyond, overlaps, recordingContext } from '../testing/recording-context';
import { drawVideoFilm, videoFilmSize } from './video-film';
import { drawVideoRow, secondsInWords, type VideoRowData, videoRowLayout } from './video-row';

const theme = figureThemes.light;

function row(count: number, change: Partial<VideoRowData> = {}): VideoRowData {
  return {
    frames: Array.from({ length: count }, (_, i) => ({
      seconds: 0.25 + i / 2,
      picture: {} as CanvasImageSource,
      map: { values: new Float32Array(49).fill(i), width: 7, height: 7 },
      hi: count,
      outcome: i === 2 ? 'none' : 'evidence',
      explained: i < count / 2 ? 'golf ball' : 'church',
      entropy: i === 2 ? null : 0.2 + 0.02 * (i % 5),
      chance: i === 2 ? null : 0.5,
      signs: i % 4,
    })),
    ...{ layer: 'conv5_2', measure: 'Aura matrix (AME)', selected: 1, aspect: 1 },
    ...{ colourMap: 'inferno', opacity: 0.6, interpolation: 'bilinear', view: 'overlay' },
    ...change,
  };
}

function draw(data: VideoRowData, width = 1000) {
  const recording = recordingContext();
  const layout = videoRowLayout(width, data);
  drawVideoRow(recording.ctx, data, { width, height: layout.height }, theme);
  return { ...recording, layout, words: recording.texts.map(({ text }) => text) };
}

it('puts every frame on the axis, its bar as high as it has signs, and writes what is explained once where it goes on', () => {
  const { fills, layout, words } = draw(row(8));
  const axis = layerAxis(1000, 8);
  expect(layout.tiles[3].x + layout.tiles[3].width / 2).toBeCloseTo(axis.x(3), 0);
  const bars = fills.filter(({ colour }) => colour === theme.blue).map(({ box }) => box);
  expect(bars).toHaveLength(8);
  expect(bars[3].height).toBeCloseTo(3 * bars[1].height, 6);
  expect(bars[0].height).toBe(0);
  expect(words.filter((text) => text === 'golf ball')).toHaveLength(1);
  expect(words.filter((text) => text === 'church')).toHaveLength(1);
  // Seven values; the frame without evidence has none.
  expect(words.filter((text) => /^0\.2\d$/.test(text)).length).toBeGreaterThanOrEqual(7);
});

it('draws the one map of its frame large in the film, and nothing outside of it', () => {
  const data = { ...row(12), title: 'walk.webm', subtitle: 'Grad-CAM' };
  const size = videoFilmSize(data);
  const recording = recordingContext();
  drawVideoFilm(recording.ctx, data, 5, theme);
  expect(recording.texts.map(({ text }) => text)).toContain('2.8 s');
  expect(beyond(recording.texts, { right: size.width, bottom: size.height })).toEqual([]);
  expect(overlaps(recording.texts)).toEqual([]);
});

it('lets no words touch or leave the figure, however many frames there are', () => {
  for (const count of [1, 6, 12, 24, 48]) {
    for (const width of [390, 700, 1372, 96 + 44 * count]) {
      const data = row(count, { caption: 'What the frames are, and how they were measured.' });
      const { texts, layout } = draw(data, width);
      expect(overlaps(texts), `${count} frames, ${width} px`).toEqual([]);
      expect(beyond(texts, { right: width + 0.1, bottom: layout.height })).toEqual([]);
    }
  }
});

it('leaves as vectors: points are circles, letters are letters', () => {
  const frames = row(4).frames.map((frame) => ({ ...frame, map: null, picture: null }));
  const data = row(4, { frames, view: 'image' });
  const size = { width: 600, height: videoRowLayout(600, data).height };
  const svg = drawnAsSvg(
    document,
    size,
    theme,
    { title: 'Frames', description: '' },
    {
      draw: (context) => drawVideoRow(context, data, size, theme),
      ratio: 1,
    },
  );
  const circles = [...svg.querySelectorAll('path')].filter((path) =>
    path.getAttribute('d')?.includes('A3,3,0,1,1'),
  );
  expect(circles).toHaveLength(3);
  expect(svg.textContent).toContain('conv5_2');
});

it('tells times with as many decimals as tell frames apart', () => {
  expect(secondsInWords(12.34, 5)).toBe('12 s');
  expect(secondsInWords(1.34, 0.5)).toBe('1.3 s');
  expect(secondsInWords(1.345, 0.04)).toBe('1.34 s');
});
