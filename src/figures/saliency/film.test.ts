import { describe, expect, it } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import type { Box } from '../kit/figure-types';
import { overlaps, recordingContext } from '../testing/recording-context';
import { drawFilm, type FilmData, filmCharts, filmSize } from './film';

function film(change: Partial<FilmData> = {}) {
  const shown: { position: number; box: Box }[] = [];
  const data: FilmData = {
    title: 'French horn',
    subtitle: 'Grad-CAM for French horn (97.6 %) by photos10',
    caption: 'Aura matrix (AME), 256 levels, input grid 112 × 112, N4. Null: 32 shuffled maps.',
    layers: ['conv1_1', 'conv1_2', 'conv2_1'],
    colourMap: 'inferno',
    scaling: 'layer',
    aspect: 1,
    frame: (_, position, box) => shown.push({ position, box }),
    counts: (position) => [
      { name: 'Signs', value: String(Math.round(40 - position)), null: 'null 515 ± 10' },
      { name: 'Spatial entropy', value: '0.54', null: 'null 0.67' },
    ],
    charts: [
      {
        image: {} as CanvasImageSource,
        height: 200,
        shown: 160,
        x: (position) => 50 + 100 * position,
        cursor: [10, 150],
      },
    ],
    ...change,
  };
  const draw = (position: number) => {
    const recording = recordingContext();
    drawFilm(recording.ctx, data, position, figureThemes.light);
    return { ...recording, words: recording.texts.map(({ text }) => text) };
  };
  return { draw, shown };
}

const inside = ({ x, y, width, height }: Box) =>
  x >= 0 && y >= 0 && x + width <= filmSize.width + 0.1 && y + height <= filmSize.height;

describe('drawFilm', () => {
  it('draws the picture at the position, and names the nearest layer', () => {
    const { draw, shown } = film();
    const { words } = draw(1.6);
    expect(shown).toEqual([{ position: 1.6, box: expect.objectContaining({ width: 408, height: 408 }) }]);
    expect(words).toEqual(
      expect.arrayContaining(['French horn', 'conv2_1', 'layer 3 of 3', '38', 'null 515 ± 10']),
    );
  });

  it('fits a picture that is no square into the same room', () => {
    const { draw, shown } = film({ aspect: 2 });
    draw(0);
    const [{ box }] = shown;
    expect([box.width, box.height]).toEqual([408, 204]);
    expect(inside(box)).toBe(true);
  });

  it('keeps its words apart and on the slide, however long they are', () => {
    const long = 'a very long name that a photographer gave to a picture of nothing in particular (edited)';
    for (const title of ['x', long]) {
      const { texts } = film({ title, subtitle: long, caption: `${long} ${long}`, layers: [long] }).draw(0);
      expect(overlaps(texts)).toEqual([]);
      for (const { box } of texts) expect(inside(box)).toBe(true);
    }
  });

  it('leaves the charts their room', () => {
    expect(filmCharts.height).toBeLessThan(filmSize.height);
    const { images } = film().draw(0.5);
    expect(images).toHaveLength(1);
    expect(images[0].box.width).toBe(filmCharts.width);
    expect(inside(images[0].box)).toBe(true);
  });
});
