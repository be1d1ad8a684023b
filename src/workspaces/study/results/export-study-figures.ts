import type { FigureExport } from '../../../export';
import type { Study } from '../../../study/study-data';

/** Width of a study's figures in files, in CSS pixels. */
export const exportWidth = 1120;

/** A figure of a study with its name, and what the study was made of, without its numbers. */
export async function complete(
  study: Study,
  part: string,
  figure: Omit<FigureExport, 'name' | 'text'>,
): Promise<FigureExport> {
  const { numbers: _, images, failures, ...head } = study;
  return {
    ...figure,
    name: ['study', study.model.name, study.settings.method, part],
    text: JSON.stringify({ ...head, images: images.length, failures: failures.length }),
  };
}

/** An SVG figure with its own size. */
export const drawn = (svg: SVGSVGElement) => ({
  width: Number(svg.getAttribute('width')),
  height: Number(svg.getAttribute('height')),
});
