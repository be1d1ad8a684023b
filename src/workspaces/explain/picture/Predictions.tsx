import { shortenAmong } from '../../../figures';
import type { OutputKind } from '../../../network/output-kind';
import { valueInWords } from '../../../network/prediction';
import type { AnalyseResult } from '../../../saliency/analysis';
import { useExplain } from '../../../state/explain-store';
import { theWinner } from '../../../state/settings';
import { say } from '../../../text/say';
import { numberInWords } from '../../../text/value-in-words';
import { LongSelect } from '../../../ui/LongSelect';
import { lazyPart } from '../../../ui/lazy-part';
import { change } from '../explain-controller';
import { NetworkControls } from '../network/NetworkControls';
import { FindClass } from '../palette/FindClass';
import { AgainstChoice } from '../target/AgainstChoice';
import { useAllDrawn } from '../turns/all-drawn';
import { evidence } from '../verdict/clause-evidence';
import { CompareWith, WithCompare } from '../versus/CompareWith';
import { toggleVersusClass } from '../versus/compare-with';
import css from './picture-column.module.css';

// What the file of a network settles needs no word.
const ScalingUsed = lazyPart(() => import('./ScalingUsed').then((module) => module.ScalingUsed));

// Few networks describe pictures by numbers.
const LikenessChoice = lazyPart(() =>
  import('../target/LikenessChoice').then((module) => module.LikenessChoice),
);

const shownClasses = 5;

const none: readonly string[] = [];

/** A list of more classes than this is searched rather than read. */
const manyClasses = 24;

/** Width and size of a label in pixels, as `.predictions` in picture-column.module.css gives them. */
const LABEL = { width: 136, size: 13 };

/** The most probable classes, and the explained one, and what it is set against, where they are none of them; by place where they are no classes. */
function shownPredictions({ predictions, target, network }: AnalyseResult) {
  const shown = predictions.filter(
    ({ index }, rank) => rank < shownClasses || index === target.index || index === target.against,
  );
  return network.kind === 'binary' ? shown.sort((a, b) => a.index - b.index) : shown;
}

/** What one of the things that can be explained is called. */
const nouns: Record<OutputKind, string> = {
  classes: 'class',
  binary: 'class',
  number: 'number',
  vector: 'number',
  places: 'map',
  picture: 'channel',
  boxes: 'class',
};

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** What the network says of the picture: its most probable classes, or its numbers, and the choice of what the maps explain. */
export function Predictions() {
  const analysis = useExplain((state) => state.analysis);
  const manifest = useExplain((state) => state.manifest);
  const target = useExplain((state) => state.settings.target);
  const against = useExplain((state) => state.settings.against);
  const versus = useExplain((state) => state.settings.versus);
  const kind = manifest?.kind ?? 'classes';
  const choices = manifest?.labels ?? none;
  // All of the page is seen when the first analysis is drawn: what it has before that is styled once more then.
  const hidden = useAllDrawn(({ analysis, progress }) => analysis === null && progress !== null);
  /** Another class to explain; one that it was set against is so no longer. */
  const explaining = (index: number | null) => ({
    ...{ ...theWinner, target: index },
    against: against === index ? null : against,
  });
  // Of two classes told by one unit, one speaks for what the other speaks against.
  const canContrast = choices.length > 1 && kind !== 'binary';
  const canCompare = choices.length > 1;
  const isProbable = analysis?.predictions[0]?.probability !== null;
  const predictions = analysis ? shownPredictions(analysis) : [];
  const labels = predictions.map(({ label }) => label);
  const short = isProbable ? shortenAmong(labels, LABEL.width, LABEL.size, 600) : labels;
  return (
    <section className={css.predictions} aria-labelledby="predictions" {...evidence('naming')}>
      <h2 id="predictions">{say('Prediction')}</h2>
      {analysis && <ScalingUsed />}
      {analysis && analysis.network.kind !== 'classes' && (
        <p className={css.outputIs}>{analysis.network.outputReason}</p>
      )}
      <WithCompare rows={choices.length > 1 ? predictions : []} explained={analysis?.target.index ?? null}>
        <ol className={isProbable ? undefined : css.numbers}>
          {analysis &&
            predictions.map(({ index, label, probability, logit }, rank) => (
              <li
                key={index}
                aria-current={index === analysis.target.index ? 'true' : undefined}
                data-against={index === analysis.target.against ? 'true' : undefined}
              >
                <button
                  type="button"
                  aria-label={
                    short[rank] === label ? undefined : `${label} ${valueInWords({ probability, logit })}`
                  }
                  title={say('{part}. Explain this {value}.{part2}', {
                    part:
                      probability === null
                        ? numberInWords(logit)
                        : say('{part}Logit {value}', {
                            part: short[rank] === label ? '' : `${label}. `,
                            value: logit.toFixed(3),
                          }),
                    value: say(nouns[analysis.network.kind]),
                    part2: canCompare ? say(' With Shift: compare with it.') : '',
                  })}
                  aria-pressed={index === analysis.target.index}
                  onClick={({ shiftKey }) => {
                    if (shiftKey && canCompare && index !== analysis.target.index)
                      toggleVersusClass(index, versus);
                    else change(explaining(index));
                  }}
                >
                  <span>{short[rank]}</span>{' '}
                  {probability !== null && (
                    <span data-drawn className={css.bar}>
                      <span style={{ width: `${probability * 100}%` }} />
                    </span>
                  )}
                  <span className={css.number}>{valueInWords({ probability, logit })}</span>
                </button>
              </li>
            ))}
        </ol>
      </WithCompare>
      <CompareWith />
      {choices.length > 1 && (
        // biome-ignore lint/a11y/noLabelWithoutControl: the control is the list.
        <label>
          <span>{say('{value} to explain', { value: say(capitalised(nouns[kind])) })}</span>
          <LongSelect
            value={target ?? 'winner'}
            labels={choices}
            waits={hidden}
            onChoose={(value) => change(explaining(value === 'winner' ? null : Number(value)))}
          >
            <option value="winner">
              {analysis && target === null && analysis.target.index !== null
                ? say(isProbable ? 'Winner: {label}' : 'Highest: {label}', { label: analysis.target.label })
                : say(isProbable ? 'Winner' : 'Highest')}
            </option>
          </LongSelect>
        </label>
      )}
      {choices.length > manyClasses && <FindClass />}
      {canContrast && <AgainstChoice labels={choices} waits={hidden} />}
      {kind === 'vector' && <LikenessChoice />}
      <NetworkControls />
    </section>
  );
}
