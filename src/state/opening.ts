const openings = { begun: 0 };

/**
 * The reader opens something: a file, an example, an address. What takes its time must not come to the screen after what was opened later.
 * @returns whether nothing was opened since
 */
export function beginOpening(): () => boolean {
  openings.begun += 1;
  const own = openings.begun;
  return () => own === openings.begun;
}
