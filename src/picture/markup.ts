/** A start tag, or an end tag, of a text in XML. */
export interface Tag {
  name: string;
  /** Its attributes as they are written; empty for an end tag. */
  attributes: string;
  kind: 'start' | 'end' | 'empty';
  /** Where its "<" stands, and what follows it. */
  from: number;
  to: number;
}

/** Walks over the tags of a text in XML, passing over comments, instructions and text that is marked as such. */
export function* tagsOf(text: string): Generator<Tag> {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const passed = behindOther(text, at);
    if (passed !== null) {
      at = passed;
      continue;
    }
    const end = endOfTag(text, at + 1);
    if (end < 0) return;
    const from = at;
    const inner = text.slice(at + 1, end);
    at = end + 1;
    const isEnd = inner.startsWith('/');
    const name = /^\/?\s*([^\s/>]+)/.exec(inner)?.[1];
    if (name === undefined) continue;
    const kind = isEnd ? 'end' : inner.endsWith('/') ? 'empty' : 'start';
    yield { name, attributes: isEnd ? '' : inner.slice(name.length), kind, from, to: end + 1 };
  }
}

const others = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<!DOCTYPE', '>'],
] as const;

/** Where that ends which stands at a place in place of a tag; null for a tag. */
function behindOther(text: string, at: number): number | null {
  const other = others.find(([start]) => text.startsWith(start, at));
  if (!other) return null;
  const [start, end] = other;
  // Declarations stand in brackets.
  const inside =
    start === '<!DOCTYPE' ? /^[^[>]*\[[\s\S]*?\]\s*/.exec(text.slice(at, at + LONGEST_DOCTYPE)) : null;
  const found = text.indexOf(end, at + (inside ? inside[0].length : start.length));
  return found < 0 ? text.length : found + end.length;
}

export const LONGEST_DOCTYPE = 65_536;

/** Where the ">" of a tag stands, quotation marks passed over; -1 where it does not end. */
function endOfTag(text: string, from: number): number {
  const stops = /["'>]/g;
  stops.lastIndex = from;
  for (let stop = stops.exec(text); stop; stop = stops.exec(text)) {
    if (stop[0] === '>') return stop.index;
    const closing = text.indexOf(stop[0], stop.index + 1);
    if (closing < 0) return -1;
    stops.lastIndex = closing + 1;
  }
  return -1;
}
