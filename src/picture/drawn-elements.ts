import { LONGEST_DOCTYPE, tagsOf } from './markup';

/** Drawings within drawings that are followed. */
const DEEPEST = 4;
/** Longest chain of references; browsers follow no longer one either. */
const LONGEST_CHAIN = 500;
/** References that are looked at: beyond, a drawing is one that is made to be counted. */
const MOST_STEPS = 2_000_000;

/**
 * How many elements a browser has before it when it draws an SVG, what `use`, patterns, masks, clip paths, markers and filters
 * refer to counted as often as it is referred to, drawings within drawings too.
 * @param most elements that are counted: what has more gives some number above it
 */
export function drawnElements(svg: string, most: number, depth = 0): number {
  // Declared shorthands for other markup can stand for any number of elements.
  if (/<!ENTITY\s[^>]*["'][^"'>]*[<&]/.test(svg.slice(0, LONGEST_DOCTYPE))) return most + 1;
  const drawing = readDrawing(svg, most, depth);
  return drawing.elements > most ? drawing.elements : followed(drawing, most);
}

/** Where an element's own part of a drawing begins and ends, counted in elements. */
interface Span {
  from: number;
  to: number;
}

interface Drawing {
  elements: number;
  /** Elements that can be referred to. */
  spans: Map<string, Span>;
  /** What the element at a place refers to, in the order of the places. */
  references: { at: number; to: string }[];
}

function readDrawing(svg: string, most: number, depth: number): Drawing {
  const drawing: Drawing = { elements: 0, spans: new Map(), references: [] };
  const open: (Span | null)[] = [];
  for (const { name, attributes, kind } of tagsOf(svg)) {
    const at = drawing.elements;
    if (kind === 'end') {
      const span = open.pop();
      if (span) span.to = at;
      continue;
    }
    drawing.elements += 1 + withinAddress(attributes, most, depth);
    if (drawing.elements > most) break;
    const span = spanOf(name, attributes, drawing);
    if (kind === 'start') open.push(span);
    for (const to of referencesIn(attributes)) drawing.references.push({ at, to });
  }
  return drawing;
}

/** Colours that run into each other are painted, however many stops they have. */
const isGradient = (name: string) => /(linear|radial)Gradient$/i.test(name);

function spanOf(name: string, attributes: string, { elements, spans }: Drawing): Span | null {
  const id = /\sid\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(attributes);
  const key = id?.[1] ?? id?.[2];
  // Of two of one name the first is meant.
  if (key === undefined || spans.has(key) || isGradient(name)) return null;
  const span = { from: elements - 1, to: elements };
  spans.set(key, span);
  return span;
}

const reference = /(?:href\s*=\s*["']\s*#|url\(\s*["']?\s*#)([^"')\s]+)/g;

function referencesIn(attributes: string): string[] {
  const plain = attributes.includes('&#') ? attributes.replace(/&#(35|x0*23);/gi, '#') : attributes;
  return plain.includes('#') ? Array.from(plain.matchAll(reference), ([, id]) => id) : [];
}

/** Elements of drawings that stand in an attribute as a `data:` address. */
function withinAddress(attributes: string, most: number, depth: number): number {
  const address = /["'(]\s*data:image\/svg\+xml([^,"']*),([^"']*)/i.exec(attributes);
  if (!address) return 0;
  if (depth >= DEEPEST) return most + 1;
  const [, type, content] = address;
  try {
    const svg = /;\s*base64/i.test(type) ? atob(content.replace(/\s/g, '')) : decodeURIComponent(content);
    return drawnElements(svg, most, depth + 1);
  } catch {
    return 0;
  }
}

/** All elements of a drawing with all that is referred to. */
function followed({ elements, spans, references }: Drawing, most: number): number {
  const counts = new Map<string, number>();
  let steps = 0;
  const count = ({ from, to }: Span, chain: number): number => {
    if (chain > LONGEST_CHAIN) return most + 1;
    let sum = to - from;
    for (let i = firstFrom(references, from); i < references.length && references[i].at < to; i++) {
      steps += 1;
      sum += ofId(references[i].to, chain + 1);
      if (sum > most || steps > MOST_STEPS) return most + 1;
    }
    return sum;
  };
  const ofId = (id: string, chain: number): number => {
    const known = counts.get(id);
    if (known !== undefined) return known;
    const span = spans.get(id);
    // What refers to itself is not drawn.
    counts.set(id, 0);
    const sum = span ? count(span, chain) : 0;
    counts.set(id, sum);
    return sum;
  };
  return count({ from: 0, to: elements }, 0);
}

/** Position of the first reference at a place or behind it. */
function firstFrom(references: Drawing['references'], place: number): number {
  let low = 0;
  let high = references.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (references[middle].at < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
