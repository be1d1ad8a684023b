/** A scene that cannot be drawn, or a comparison that has no meaning: the message says what is wrong and what it may be. */
export class PictographError extends Error {
  override readonly name = 'PictographError';
}
