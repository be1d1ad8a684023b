/** A number with its noun: "1 layer", "12 layers", "1,000 classes". */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
