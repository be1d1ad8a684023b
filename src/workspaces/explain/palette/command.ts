/** One thing that can be found and done. */
export interface Command {
  /** Its own, however many are called alike. */
  id: string;
  /** What it belongs to: "Layer", "Entropy measure". */
  group: string;
  title: string;
  /** What else it is found by: its parameter in the address, the formats that a menu offers. */
  words?: string;
  /** Whether it is so already. */
  chosen: boolean;
  run(): void;
}

/** Those in whose words all words asked for begin, those whose title begins so first; the order is kept otherwise. */
export function find(commands: readonly Command[], asked: string): Command[] {
  const words = wordsIn(asked);
  const [first] = words;
  if (first === undefined) return [...commands];
  const rank = ({ group, title, words: also = '' }: Command) => {
    const own = wordsIn(title);
    const all = [...wordsIn(group), ...own, ...wordsIn(also)];
    if (!words.every((word) => all.some((one) => one.startsWith(word)))) return null;
    if (title.toLowerCase().startsWith(first)) return 0;
    return own.some((one) => one.startsWith(first)) ? 1 : 2;
  };
  return commands
    .map((command) => ({ command, rank: rank(command) }))
    .filter((one): one is { command: Command; rank: 0 | 1 | 2 } => one.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .map(({ command }) => command);
}

const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}+]+/gu) ?? [];
