import { serialiseAnalysis } from '../export';
import type { FrameOrder, FrameReport } from '../host/frame';
import { parametersOf } from '../state/address';
import { useAlerts } from '../state/alerts';
import { type ExplainState, useExplain } from '../state/explain-store';
import { openFile } from '../workspaces/explain/explain-controller';
import { analysisOf } from '../workspaces/explain/files/analysis-of';

/** How long what is on screen stays as it is before it is told, in milliseconds. */
const quiet = 300;

/** What the numbers of an analysis file are made of. */
const numbersIn = ({ analysis, picture, measurement, signs, weights }: ExplainState) => [
  ...[analysis, picture, measurement, signs, weights],
];

/**
 * Tells the window around the page what is on screen, whenever that has changed, and what the page says to its reader; opens the
 * pictures that it sends.
 */
export function reportTo(port: MessagePort): void {
  const report = (message: FrameReport) => port.postMessage(message);
  port.onmessage = ({ data: { name, blob } }: MessageEvent<FrameOrder>) => void openFile(blob, name);
  let told: unknown[] = [];
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const tell = () => {
    const state = useExplain.getState();
    const { analysis, measurement, signs, progress, settings } = state;
    if (progress || !analysis || !measurement || !signs) return;
    const numbers = numbersIn(state);
    if (numbers.every((part, i) => part === told[i]))
      return report({ kind: 'view', view: parametersOf(settings) });
    told = numbers;
    report({ kind: 'analysis', text: serialiseAnalysis(analysisOf(state)) });
  };
  const tellSoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(tell, quiet);
  };
  useExplain.subscribe((now, before) => {
    const isOther = now.settings !== before.settings || now.progress !== before.progress;
    const then = numbersIn(before);
    if (isOther || numbersIn(now).some((part, i) => part !== then[i])) tellSoon();
  });
  useAlerts.subscribe(({ alerts }, { alerts: before }) => {
    for (const alert of alerts) if (!before.includes(alert)) report({ kind: 'told', text: alert.text });
  });
  tellSoon();
}
