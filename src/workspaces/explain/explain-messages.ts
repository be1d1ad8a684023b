import { isMissingCode } from '../../code/missing-code';
import { messageOf } from '../../text/message-of';
import { say } from '../../text/say';

/** Whether an error of the engine is about the network, its files or what they take. */
export const isAboutNetwork = (error: unknown): boolean =>
  error instanceof Error &&
  ['NetworkError', 'NetworkTooLargeError', 'NetworkIsLargeError'].includes(error.name);

/** Whether the engine asks before it goes on with a network that takes much. */
export const asksToGoOn = (error: unknown): boolean =>
  error instanceof Error && error.name === 'NetworkIsLargeError';

/** What is said of something that could not be opened or analysed. */
export function complaint(name: string, error: unknown): string {
  if (error instanceof Error && error.name === 'PictureError') return `${name} ${error.message}`;
  if (error instanceof Error && error.name === 'AnalysisFileError') return `${name}: ${error.message}`;
  if (isMissingCode(error))
    return say('{name} could not be opened: {reason}.', { name, reason: messageOf(error) });
  const what = { name, reason: messageOf(error) };
  return isAboutNetwork(error)
    ? say('{name} could not be opened: {reason}', what)
    : say('{name} could not be analysed: {reason}', what);
}
