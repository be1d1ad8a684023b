import { download, fileName, serialiseAnalysis } from '../../../export';
import { settle, warn } from '../../../state/alerts';
import { asMeasured } from '../../../state/explain-store';
import { messageOf } from '../../../text/message-of';
import { say } from '../../../text/say';
import { analysisOf, withoutExtension } from './analysis-of';

/** Saves everything on screen, numbers and maps, as one file that this page opens again. */
export async function exportAnalysis(): Promise<void> {
  try {
    const analysis = analysisOf(asMeasured());
    const name = fileName([withoutExtension(analysis.image.name), analysis.settings.method], 'json');
    download(serialiseAnalysis(analysis), 'application/json', name);
    settle('export');
  } catch (error) {
    warn('export', say('The analysis could not be exported: {reason}.', { reason: messageOf(error) }));
  }
}
