/** A network file that cannot be read; the message names what, where and what to do. */
export class NetworkError extends Error {
  override name = 'NetworkError';
}

/** The sentence for a network that weighs parts of the picture by each other. */
export const attentionError = (at: string) =>
  new NetworkError(`This network holds attention (at "${at}"), which is not read yet.`);
