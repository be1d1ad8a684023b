/** So long are the page's letters waited for, in milliseconds: they come with its scripts, or late. */
const patience = 1000;

/** Settles when the page's letters are there, or are late: what is drawn in other letters first moves when they come. */
export const firstLetters = (): Promise<unknown> =>
  Promise.race([
    document.fonts.load("400 13px 'Inter Variable'"),
    new Promise((resolve) => setTimeout(resolve, patience)),
  ]);
