/** What a key asks of the story. */
export type StoryKey = 'next' | 'back' | 'first' | 'last' | 'close' | 'full screen' | 'blank';

const keys: Record<string, StoryKey> = {
  ...{ ArrowRight: 'next', ArrowDown: 'next', PageDown: 'next', Enter: 'next', ' ': 'next' },
  ...{ ArrowLeft: 'back', ArrowUp: 'back', PageUp: 'back', Backspace: 'back' },
  ...{ Home: 'first', End: 'last', Escape: 'close', f: 'full screen', b: 'blank', '.': 'blank' },
};

/** The keys of slides, which remote controls send as well; null for any other, and for those that belong to a button in focus. */
export function storyKey({
  key,
  shiftKey,
  ctrlKey,
  metaKey,
  altKey,
  target,
}: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target'>): StoryKey | null {
  if (ctrlKey || metaKey || altKey) return null;
  if ((key === ' ' || key === 'Enter') && target instanceof Element && target.closest('button, a'))
    return null;
  if (key === ' ' && shiftKey) return 'back';
  return keys[key.length === 1 ? key.toLowerCase() : key] ?? null;
}

/** The step that a key leads to, from 0; null where it leads to none. */
export function stepFor(key: StoryKey, step: number, count: number): number | null {
  switch (key) {
    case 'next':
      return Math.min(count - 1, step + 1);
    case 'back':
      return Math.max(0, step - 1);
    case 'first':
      return 0;
    case 'last':
      return count - 1;
    default:
      return null;
  }
}
