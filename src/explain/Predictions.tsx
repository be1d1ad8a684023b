import type { AnalyseResult } from '../engine/protocol';
import { useExplain } from '../state/explain-store';
import { change } from './controller';
import { NetworkControls } from './NetworkControls';
import { ScalingUsed } from './ScalingUsed';
import { percent } from './view-model';

const shownClasses = 5;

/** The most probable classes, and the explained one where it is none of them. */
const shownPredictions = ({ predictions, target }: AnalyseResult) =>
  predictions.filter(({ index }, rank) => rank < shownClasses || index === target.index);

/** The five most probable classes, and the choice of the class that the maps explain. */
export function Predictions() {
  const analysis = useExplain((state) => state.analysis);
  const manifest = useExplain((state) => state.manifest);
  const target = useExplain((state) => state.settings.target);
  const classes = (manifest?.labels ?? []).map((label, index) => ({ label, index }));
  return (
    <section className="predictions" aria-labelledby="predictions">
      <h2 id="predictions">Prediction</h2>
      <ScalingUsed />
      <ol>
        {analysis &&
          shownPredictions(analysis).map(({ index, label, probability, logit }) => (
            <li key={index} aria-current={index === analysis.target.index ? 'true' : undefined}>
              <button
                type="button"
                title={`Logit ${logit.toFixed(3)}. Explain this class.`}
                aria-pressed={index === analysis.target.index}
                onClick={() => change({ target: index })}
              >
                <span>{label}</span>{' '}
                <span className="bar">
                  <span style={{ width: `${probability * 100}%` }} />
                </span>
                <span className="number">{percent(probability)}</span>
              </button>
            </li>
          ))}
      </ol>
      <label>
        <span>Class to explain</span>
        <select
          value={target ?? 'winner'}
          onChange={({ target: { value } }) => change({ target: value === 'winner' ? null : Number(value) })}
        >
          <option value="winner">
            Winner{analysis && target === null ? `: ${analysis.target.label}` : ''}
          </option>
          {classes.map(({ label, index }) => (
            <option key={index} value={index}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <NetworkControls />
    </section>
  );
}
