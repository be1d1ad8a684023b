import type { FigureTheme } from '../kit/figure-theme';
import type { Context2D, FigureSize } from '../kit/figure-types';
import { classColour } from './class-colours';

export interface RegionMapData {
  readonly picture: CanvasImageSource;
  /** Columns and rows of the map. */
  readonly width: number;
  readonly height: number;
  /** The class of every place, row by row; below 0 for none. */
  readonly classes: ArrayLike<number>;
  /** The rank of every class, by which it is coloured. */
  readonly ranks: ReadonlyMap<number, number>;
  /** 1 at the places that are explained; null where nothing is chosen. */
  readonly chosen: Uint8Array | null;
}

/** Cover of the picture: of regions that are explained, of the others beside them, and of all where nothing is chosen. */
const cover = { chosen: 0.72, beside: 0.22, all: 0.5 };

/** Draws what is where: the picture under the colours of its regions. */
export function drawRegionMap(
  context: Context2D,
  { picture, width, height, classes, ranks, chosen }: RegionMapData,
  size: FigureSize,
  theme: FigureTheme,
): void {
  context.drawImage(picture, 0, 0, size.width, size.height);
  const x = (column: number) => (column / width) * size.width;
  const y = (row: number) => (row / height) * size.height;
  for (let row = 0; row < height; row++) {
    for (let from = 0; from < width; ) {
      const at = row * width + from;
      const isSame = (next: number) => classes[next] === classes[at] && chosen?.[next] === chosen?.[at];
      let to = from + 1;
      while (to < width && isSame(row * width + to)) to++;
      if (classes[at] >= 0) {
        context.globalAlpha = chosen ? (chosen[at] ? cover.chosen : cover.beside) : cover.all;
        context.fillStyle = classColour(theme, ranks.get(classes[at]) ?? ranks.size);
        context.fillRect(x(from), y(row), x(to) - x(from), y(row + 1) - y(row));
      }
      from = to;
    }
  }
  context.globalAlpha = 1;
}
