import { Fragment, type ReactNode } from 'react';
import { say } from '../text/say';

interface Parts {
  /** An English text in which `<link>words</link>` is a part of its own and `{name}` is put in. */
  text: string;
  /** How a part's words are shown, or what is put in, by name. */
  parts: Readonly<Record<string, ReactNode | ((words: string) => ReactNode)>>;
}

/** A sentence in the language of the page that holds more than letters: links, emphasis, keys. */
export function Said({ text, parts }: Parts) {
  const pieces = [...say(text).matchAll(/<(\w+)>([\s\S]*?)<\/\1>|\{(\w+)\}|[^<{]+|[<{]/g)];
  return pieces.map(([piece, part, words, name], i) => {
    const shown = parts[part ?? name];
    // The order of a sentence's pieces is theirs for good.
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name, and one may come twice
    return <Fragment key={i}>{typeof shown === 'function' ? shown(words ?? '') : (shown ?? piece)}</Fragment>;
  });
}
