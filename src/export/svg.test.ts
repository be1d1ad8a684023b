// @vitest-environment page
import { describe, expect, it } from 'vitest';
import { svgDocument } from './svg';

const SVG = 'http://www.w3.org/2000/svg';

function figure(): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('xmlns', SVG);
  svg.setAttribute('viewBox', '0 0 10 10');
  const text = document.createElementNS(SVG, 'text');
  text.textContent = 'a < b & “c”';
  svg.append(text);
  return svg;
}

describe('svgDocument', () => {
  it('is a well-formed file of its own, with the font inside', () => {
    const svg = figure();
    const text = svgDocument(svg, { fontFace: "@font-face{font-family:'Inter Variable';src:url(data:,)}" });
    expect(text.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<svg')).toBe(true);
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
    expect(parsed.documentElement.namespaceURI).toBe(SVG);
    expect(parsed.querySelector('text')!.textContent).toBe('a < b & “c”');
    expect(parsed.querySelector('style')!.textContent).toContain('@font-face');
    expect(text.match(/xmlns=/g)).toHaveLength(1);
  });

  it('leaves the figure on the page as it was', () => {
    const svg = figure();
    svgDocument(svg, { fontFace: 'x' });
    expect(svg.childElementCount).toBe(1);
    expect(svg.getAttribute('xmlns')).toBe(SVG);
  });
});
