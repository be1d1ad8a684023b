/** A term where it is defined. */
export const dfn = (words: string) => <dfn>{words}</dfn>;
/** What is stressed. */
export const em = (words: string) => <em>{words}</em>;
