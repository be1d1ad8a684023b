/** Longest part of a file name in characters. */
const LONGEST_PART = 60;

/**
 * "supersign-golf-ball-grad-cam-conv4_3.png" from ["golf ball", "grad-cam", "conv4_3"] and "png".
 * Keeps ASCII letters, digits, dots inside, underscores and hyphens: safe on Windows, macOS and Linux, in
 * archives and in LaTeX.
 */
export function fileName(parts: readonly string[], extension: string): string {
  return `${['supersign', ...parts.map(safePart)].filter(Boolean).join('-')}.${extension}`;
}

function safePart(part: string): string {
  return part
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .slice(0, LONGEST_PART)
    .replace(/^[-.]+|[-.]+$/g, '');
}
