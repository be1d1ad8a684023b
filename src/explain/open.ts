import { AnalysisFileError, analysisFromPng, hasAnalysis, isPng, parseAnalysis } from '../export';
import { useExplain } from '../state/explain-store';
import { openFile, showExplain, warn } from './controller';
import { restore } from './restore';

/**
 * Opens what was dropped, picked or pasted: an analysis file, a figure exported here (it carries its
 * analysis), or a picture. Of several files the first is opened.
 */
export async function openFiles(files: File[]): Promise<void> {
  const [file] = files;
  if (!file) return;
  showExplain();
  const name = file.name || 'pasted picture';
  try {
    const analysis = await analysisIn(file);
    if (analysis) await restore(analysis, name);
    else await openFile(file, name);
    // Why the first one was refused matters more than that the others were not looked at.
    if (files.length > 1 && !useExplain.getState().alert)
      warn(`Of ${files.length} files the first was opened: ${name}.`);
  } catch (error) {
    if (!(error instanceof AnalysisFileError)) throw error;
    warn(`${name}: ${error.message}`);
  }
}

async function analysisIn(file: File) {
  const start = new Uint8Array(await file.slice(0, 64).arrayBuffer());
  const text = new TextDecoder().decode(start).trimStart();
  if (/\.json$/i.test(file.name) || file.type === 'application/json' || text.startsWith('{')) {
    return parseAnalysis(await file.text());
  }
  if (!isPng(start)) return null;
  const bytes = new Uint8Array(await file.arrayBuffer());
  return hasAnalysis(bytes) ? analysisFromPng(bytes) : null;
}
