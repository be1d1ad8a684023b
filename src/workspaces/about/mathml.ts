import { createElement, type ReactNode } from 'react';

/** A part of a formula: text is split at spaces into numbers, names and signs. */
export type Part = ReactNode;

const element = (name: string, ...children: ReactNode[]) => createElement(name, null, ...children);

/** A number, a name or a sign, as MathML tells them apart. */
function token(text: string): ReactNode {
  if (/^[\d.]+$/.test(text)) return element('mn', text);
  return element(/^[\p{L}′]/u.test(text) ? 'mi' : 'mo', text);
}

/** Parts side by side, as one. */
export function row(...parts: Part[]): ReactNode {
  const children = parts.flatMap((part) =>
    typeof part === 'string' ? part.split(' ').filter(Boolean).map(token) : [part],
  );
  return element('mrow', ...children);
}

export const words = (text: string) => element('mtext', text);
export const frac = (above: Part, below: Part) => element('mfrac', row(above), row(below));
export const sub = (base: Part, index: Part) => element('msub', row(base), row(index));
export const sup = (base: Part, index: Part) => element('msup', row(base), row(index));
export const over = (base: Part) => element('mover', row(base), element('mo', '¯'));
/** A sum with its range below. */
export const sum = (range: Part) => element('munder', element('mo', '∑'), row(range));

/** Space between two statements on one line. */
export const gap = createElement('mspace', { width: '1.4em' });
