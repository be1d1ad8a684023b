import { say } from '../../text/say';
import { drawText } from '../kit/canvas-text';
import { shortenText } from '../kit/chart-text';
import type { FigureTheme } from '../kit/figure-theme';
import type { Context2D } from '../kit/figure-types';
import { drawHeatPicture } from '../saliency/heat-picture';
import { drawNoEvidence } from '../saliency/saliency-look';
import { drawVideoRow, secondsInWords, type VideoRowData, videoRowLayout } from './video-row';

export interface VideoFilmData extends VideoRowData {
  /** Name of the video. */
  readonly title: string;
  /** What is explained, and how. */
  readonly subtitle: string;
}

const WIDTH = 960;
const SIDE = 420;
const EDGE = 20;
const HEAD = 64;

/** Size in CSS pixels of a film of these frames. */
export function videoFilmSize(data: VideoFilmData): { width: number; height: number } {
  const { height } = videoRowLayout(WIDTH - 2 * EDGE, data);
  return { width: WIDTH, height: HEAD + SIDE + EDGE + Math.ceil(height) + EDGE };
}

/** Draws one frame of a video large, its map over it, and below it all frames with the one that is shown marked. */
export function drawVideoFilm(ctx: Context2D, data: VideoFilmData, at: number, theme: FigureTheme): void {
  const { width, height } = videoFilmSize(data);
  const frame = data.frames[at];
  ctx.save();
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, width, height);
  const write = (text: string, x: number, y: number, size: number, colour: string, weight?: 600) =>
    drawText(
      ctx,
      shortenText(text, width - x - EDGE, size, weight ?? 400),
      x,
      y,
      { size, colour, ...(weight ? { weight } : {}) },
      theme,
    );
  write(data.title, EDGE, 28, 17, theme.ink, 600);
  write(data.subtitle, EDGE, 48, 12, theme.soft);
  const box = { x: EDGE, y: HEAD, width: Math.round(SIDE * Math.min(1, data.aspect)), height: 0 };
  box.height = Math.round(box.width / data.aspect);
  if (frame.map) drawHeatPicture(ctx, { ...frame, map: frame.map, lo: 0 }, data, box, theme);
  if (frame.map && frame.outcome === 'none') drawNoEvidence(ctx, box, theme);
  const x = box.x + box.width + 28;
  const apart = data.frames.length > 1 ? data.frames[1].seconds - data.frames[0].seconds : 1;
  const lines: [string, string][] = [
    [say('Time'), secondsInWords(frame.seconds, apart)],
    [say('Explained'), frame.explained ?? '–'],
    [say('Layer'), data.layer],
    [say('Entropy'), frame.entropy === null ? '–' : frame.entropy.toFixed(2)],
    [say('Null'), frame.chance === null ? '–' : frame.chance.toFixed(2)],
    [say('Signs'), frame.signs === null ? '–' : String(frame.signs)],
  ];
  lines.forEach(([name, value], i) => {
    write(name, x, HEAD + 20 + i * 62, 12, theme.soft);
    write(value, x, HEAD + 46 + i * 62, 22, theme.ink, 600);
  });
  const row = { width: width - 2 * EDGE, height: height - HEAD - SIDE - 2 * EDGE };
  ctx.translate(EDGE, HEAD + SIDE + EDGE);
  drawVideoRow(ctx, { ...data, selected: at }, row, theme);
  ctx.restore();
}
