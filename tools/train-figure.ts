import { JSDOM } from 'jsdom';
import { figureThemes, type TrainingCurveData, trainingCurve, trainingCurveHeight } from '../src/figures';
import type { TrainingHistory } from '../src/training/training-methods';
import { curveData } from '../src/workspaces/optimise/training/training-series';

const WIDTH = 720;
const GAP = 18;

/** A figure drawn outside of a browser, as the text of an SVG file. */
export function drawnFigure(draw: (document: Document) => SVGSVGElement): string {
  const { window } = new JSDOM('');
  const figure = draw(window.document);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new window.XMLSerializer().serializeToString(figure)}\n`;
}

/** Loss and accuracy over a training, one below the other, as the text of an SVG file. */
export function curvesFigure(
  history: TrainingHistory,
  run: { stepsPerEpoch: number; epochs: number },
  captions: { loss: string; accuracy: string },
): string {
  const curves: TrainingCurveData[] = (['loss', 'accuracy'] as const).map((quantity) => ({
    ...curveData(quantity, history, run),
    caption: captions[quantity],
  }));
  const heights = curves.map((data) => trainingCurveHeight(WIDTH, data));
  const height = heights.reduce((sum, each) => sum + each + GAP, -GAP);
  return drawnFigure((document) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const size = { width: WIDTH, height };
    for (const [name, value] of Object.entries({ ...size, viewBox: `0 0 ${WIDTH} ${height}` })) {
      svg.setAttribute(name, String(value));
    }
    const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    for (const [name, value] of Object.entries({ ...size, fill: figureThemes.light.paper })) {
      paper.setAttribute(name, String(value));
    }
    svg.append(paper);
    let y = 0;
    curves.forEach((data, i) => {
      const figure = trainingCurve(document, data, { width: WIDTH, height: heights[i] }, figureThemes.light);
      figure.setAttribute('y', String(y));
      svg.append(figure);
      y += heights[i] + GAP;
    });
    return svg;
  });
}
