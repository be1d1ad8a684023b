/**
 * A text of at most so many characters: its middle is left out, since names of one kind differ at their beginning or their end.
 * @param most characters, the sign of omission among them
 */
export function shortened(text: string, most = 64): string {
  const letters = [...text];
  if (letters.length <= most) return text;
  const end = Math.floor((most - 1) / 2);
  return `${letters.slice(0, most - 1 - end).join('')}…${letters.slice(letters.length - end).join('')}`;
}

/** Longest run of letters without a gap that is told as it is: addresses and names of layers are shorter. */
const LONGEST_WORD = 120;
/** Most that is told of anything in quotation marks. */
const LONGEST_QUOTE = 160;
/** A message of more characters tells nobody anything. */
const LONGEST_MESSAGE = 900;

/**
 * A message as the page shows it. What came out of a file or an address stands in it shortened, and without what is nobody's
 * business: code as base64, and the folders of whoever wrote the file.
 */
export function plainMessage(message: string): string {
  const plain = shortened(message, 20_000)
    .replace(/"([^"]{161,})"/g, (_, inner: string) => `"${shortened(inner, LONGEST_QUOTE)}"`)
    .replace(/(?<![\w/+=.-])(?=[\w/+]*\d)(?=[\w/+]*[a-z])(?=[\w/+]*[A-Z])[A-Za-z0-9+/]{48,}={0,2}/g, '…')
    .replace(
      /(?<![\w.:/])(\/(home|Users|root|tmp|var|opt|usr|mnt|content|kaggle)|[A-Za-z]:\\+Users)([\\/]+[^\s"',;:()\\/]+)+/g,
      (path) => path.slice(path.search(/[^\\/]*$/)),
    )
    .replace(new RegExp(`\\S{${LONGEST_WORD + 1},}`, 'g'), (word) => shortened(word, LONGEST_WORD));
  return shortened(plain, LONGEST_MESSAGE);
}
