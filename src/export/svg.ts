const SVG = 'http://www.w3.org/2000/svg';

export interface SvgDocumentOptions {
  /** `@font-face` rules to carry along. */
  readonly fontFace?: string;
}

/** The figure as the text of a file of its own; the figure itself is left as it is. */
export function svgDocument(svg: SVGSVGElement, { fontFace }: SvgDocumentOptions = {}): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  if (fontFace) {
    const style = svg.ownerDocument.createElementNS(SVG, 'style');
    style.textContent = fontFace;
    copy.prepend(style);
  }
  // Serialising writes the namespace by itself; an attribute as well would be a second, invalid one.
  copy.removeAttribute('xmlns');
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

/**
 * Draws the text of an SVG file on a canvas, `scale` device pixels to the CSS pixel. The picture's own size is
 * set to the canvas's, so that no browser draws it small first and enlarges it.
 */
export async function rasteriseSvg(
  svgText: string,
  width: number,
  height: number,
  scale: number,
): Promise<HTMLCanvasElement> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const parsed = new DOMParser().parseFromString(svgText, 'image/svg+xml');
  parsed.documentElement.setAttribute('width', String(canvas.width));
  parsed.documentElement.setAttribute('height', String(canvas.height));
  // A page of paper is no whole number of pixels: rounding it must leave no seam at an edge.
  parsed.documentElement.setAttribute('preserveAspectRatio', 'none');
  const sized = new XMLSerializer().serializeToString(parsed);
  const url = URL.createObjectURL(new Blob([sized], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const context = canvas.getContext('2d');
    if (!context)
      throw new Error(`This browser offers no canvas of ${canvas.width} x ${canvas.height} pixels.`);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
  } finally {
    URL.revokeObjectURL(url);
  }
  return canvas;
}
