/** A network file that cannot be read; the message names what, where and what to do. */
export class NetworkError extends Error {
  override name = 'NetworkError';
}
