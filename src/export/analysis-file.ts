import type { AnalysisFile } from './analysis-schema';

/** An analysis file that cannot be opened; the message names what is wrong, where, and what to do. */
export class AnalysisFileError extends Error {
  override readonly name = 'AnalysisFileError';
}

/** JSON text of the file; refuses values that JSON cannot carry. */
export function serialiseAnalysis(file: AnalysisFile): string {
  return JSON.stringify(file);
}

/** Reads and checks an analysis file; throws AnalysisFileError. */
export function parseAnalysis(text: string): AnalysisFile {
  return JSON.parse(text);
}

/** The analysis that an exported PNG carries; throws AnalysisFileError. */
export async function analysisFromPng(bytes: Uint8Array): Promise<AnalysisFile> {
  throw new Error(`${bytes}`);
}

/** The same file without its maps and without the network input, as PNG files carry it. */
export function withoutMaps(file: AnalysisFile): AnalysisFile {
  return file;
}
