import { type SaliencyMethod, saliencyMethodNames } from '../../../saliency/method-names';
import { levelCounts } from '../../../state/settings';
import { Choice } from '../../../ui/Choice';
import { MeasureChoice } from './MeasureChoice';
import { choose } from './study-controller';
import { type FormChoices, useStudy } from './study-store';

/** How the next study is made. */
export function Settings() {
  const choices = useStudy((state) => state.choices);
  const splits = useStudy((state) => state.images?.splits) ?? [];
  const pick = <Key extends keyof FormChoices>(key: Key, value: unknown) =>
    choose({ [key]: value } as Pick<FormChoices, Key>);
  return (
    <section className="settings" aria-labelledby="study-settings">
      <h2 id="study-settings">Settings</h2>
      <Choice label="Saliency method" value={choices.method} onChange={(method) => pick('method', method)}>
        {(Object.keys(saliencyMethodNames) as SaliencyMethod[]).map((id) => (
          <option key={id} value={id}>
            {saliencyMethodNames[id]}
          </option>
        ))}
      </Choice>
      <MeasureChoice chosen={choices.measures} />
      <div className="pair">
        <Choice label="Levels" value={choices.levels} onChange={(levels) => pick('levels', Number(levels))}>
          {levelCounts.map((count) => (
            <option key={count}>{count}</option>
          ))}
        </Choice>
        <Choice label="Grid" value={choices.grid} onChange={(grid) => pick('grid', grid)}>
          <option value="input">input</option>
          <option value="native">native</option>
        </Choice>
      </div>
      {splits.length > 0 && (
        <Choice label="Part of the set" value={choices.split} onChange={(split) => pick('split', split)}>
          <option value="">all</option>
          {splits.map((split) => (
            <option key={split}>{split}</option>
          ))}
        </Choice>
      )}
      <div className="pair">
        <Whole
          label="Sample"
          hint="all"
          value={choices.sample}
          least={1}
          onChange={(sample) => pick('sample', sample)}
        />
        <Whole
          label="Seed"
          value={choices.seed}
          least={0}
          onChange={(seed) => seed !== null && pick('seed', seed)}
        />
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={choices.pooling}
          onChange={({ target }) => pick('pooling', target.checked)}
        />
        Pooling layers
      </label>
    </section>
  );
}

/** A whole number; empty stands for none where there is a hint. */
function Whole({
  label,
  hint,
  value,
  least,
  onChange,
}: {
  label: string;
  hint?: string;
  value: number | null;
  least: number;
  onChange(value: number | null): void;
}) {
  return (
    <label className="choice">
      <span>{label}</span>
      <input
        type="number"
        min={least}
        max={999_999}
        step={1}
        placeholder={hint}
        value={value ?? ''}
        onChange={({ target }) => {
          const given = target.value === '' ? null : Math.round(Number(target.value));
          if (given === null ? hint !== undefined : given >= least && given <= 999_999) onChange(given);
        }}
      />
    </label>
  );
}
