import { type LetterPicture, letterPicture } from './letters-as-picture';
import type { PdfWeight } from './pdf-fonts';
import type { FontRun, Letters, Run } from './pdf-letters';

/**
 * A copy of a figure in the words that its converter to PDF understands as they are meant: every run of letters stands by itself, at its
 * left end and in a font that has it, a rim behind letters is a copy of them, and colours that fade have faded.
 * @param fade the colour that a share of another makes on paper
 */
export async function prepared(
  svg: SVGSVGElement,
  letters: Letters,
  fade: (colour: string, share: number) => string,
): Promise<SVGSVGElement> {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  for (const stop of copy.querySelectorAll('stop[stop-opacity]')) {
    const share = Number(stop.getAttribute('stop-opacity'));
    stop.setAttribute('stop-color', fade(stop.getAttribute('stop-color') ?? '#000000', share));
    stop.removeAttribute('stop-opacity');
  }
  for (const style of copy.querySelectorAll('style')) style.remove();
  for (const text of [...copy.querySelectorAll('text')]) await placeRuns(text, letters);
  return copy;
}

/** Splits a text into runs, each at its left end. */
async function placeRuns(text: SVGTextElement, letters: Letters): Promise<void> {
  const inherited = (name: string) => text.closest(`[${name}]`)?.getAttribute(name) ?? null;
  const weight: PdfWeight = Number(inherited('font-weight') ?? 400) >= 600 ? 600 : 400;
  const size = Number.parseFloat(inherited('font-size') ?? '');
  const colour = inherited('fill') ?? '#000000';
  const drawn = async (run: Run): Promise<LetterPicture | FontRun> => {
    if (run.font !== null) return { ...run, font: run.font };
    return (await letterPicture(run.text, weight, colour)) ?? letters.replaced(run);
  };
  const runs = await Promise.all((await letters.runs(text.textContent ?? '', weight)).map(drawn));
  const widths = runs.map((run) => size * ('href' in run ? run.width : letters.width(run, weight)));
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const before = { start: 0, middle: whole / 2, end: whole }[inherited('text-anchor') ?? 'start'] ?? 0;
  let x = Number(text.getAttribute('x') ?? 0) - before;
  const placed = runs.flatMap((each, i) => {
    if ('href' in each) {
      const picture = pictureOf(each, text, { x, size });
      x += widths[i];
      return [picture];
    }
    const { text: written, font } = each;
    const run = text.cloneNode(false) as SVGTextElement;
    run.textContent = written;
    run.setAttribute('x', String(x));
    run.setAttribute('text-anchor', 'start');
    run.setAttribute('font-weight', String(weight));
    run.setAttribute('xml:space', 'preserve');
    run.setAttribute('font-family', font);
    x += widths[i];
    return withRim(run);
  });
  text.replaceWith(...placed);
}

/** A picture of letters where they would stand in a text. */
function pictureOf(
  { href, width, height, ascent }: LetterPicture,
  text: SVGTextElement,
  { x, size }: { x: number; size: number },
): SVGElement {
  const image = text.ownerDocument.createElementNS('http://www.w3.org/2000/svg', 'image');
  const place = {
    x,
    y: Number(text.getAttribute('y') ?? 0) - ascent * size,
    width: width * size,
    height: height * size,
  };
  for (const [name, value] of Object.entries(place)) image.setAttribute(name, String(value));
  const turned = text.getAttribute('transform');
  if (turned) image.setAttribute('transform', turned);
  image.setAttribute('href', href);
  return image;
}

/** Letters with a rim behind them, as two texts: the converter would draw the rim over them. */
function withRim(run: SVGTextElement): SVGElement[] {
  if (run.getAttribute('paint-order') !== 'stroke') return [run];
  const rim = run.cloneNode(true) as SVGTextElement;
  rim.setAttribute('fill', 'none');
  run.removeAttribute('stroke');
  return [rim, run];
}

/** A share of a colour on paper; both `#rrggbb` or `rgb(r, g, b)`. */
export function mixed(colour: string, paper: string, share: number): string {
  const [over, under] = [channelsOf(colour), channelsOf(paper)];
  return `rgb(${over.map((value, i) => Math.round(value * share + under[i] * (1 - share))).join(', ')})`;
}

function channelsOf(colour: string): number[] {
  if (!colour.startsWith('#')) return (colour.match(/[\d.]+/g) ?? ['0', '0', '0']).slice(0, 3).map(Number);
  const digits =
    colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join('') : colour.slice(1);
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
}
