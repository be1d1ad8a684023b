/** Words with commas between them, in lines that fit a screen; all but the first begin at column `indent`. */
export function inLines(words: readonly string[], indent: number): string {
  const lines = [''];
  for (const word of words) {
    if (indent + lines[lines.length - 1].length + word.length > 123) lines.push('');
    lines[lines.length - 1] += `${word}, `;
  }
  return lines
    .map((line) => line.trimEnd())
    .join(`\n${' '.repeat(indent)}`)
    .replace(/,$/, '');
}
