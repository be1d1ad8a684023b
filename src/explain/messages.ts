import { isMissingCode } from '../code/missing-code';

export const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** What is said of something that could not be opened or analysed. */
export function complaint(name: string, error: unknown): string {
  if (error instanceof Error && error.name === 'PictureError') return `${name} ${error.message}`;
  if (error instanceof Error && error.name === 'AnalysisFileError') return `${name}: ${error.message}`;
  if (isMissingCode(error)) return `${name} could not be opened: ${messageOf(error)}.`;
  const done = error instanceof Error && error.name === 'NetworkError' ? 'opened' : 'analysed';
  return `${name} could not be ${done}: ${messageOf(error)}`;
}
