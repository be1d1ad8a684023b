import { type SaliencyMethod, saliencyMethodNames } from '../../../saliency/method-names';
import { ENTROPY_MEASURES } from '../../../semiotics';
import { levelCounts } from '../../../state/settings';
import { Choice } from '../../../ui/fields';
import css from '../optimise.module.css';
import { change } from '../optimise-controller';
import { profileMethods } from '../optimise-settings';
import { useOptimise } from '../optimise-store';
import { CheckSetting, NumberSetting } from './SettingField';

/** How the network is trained. */
export function RecipePanel({ busy }: { busy: boolean }) {
  const { optimiser, schedule, freezing } = useOptimise((state) => state.settings);
  return (
    <fieldset className={css.panel} disabled={busy}>
      <legend>Recipe</legend>
      <div className={css.pair}>
        <Choice
          label="Optimiser"
          value={optimiser}
          options={[
            { value: 'adam', title: 'Adam' },
            { value: 'sgd', title: 'SGD, momentum 0.9' },
          ]}
          onChange={(next) => change({ optimiser: next })}
        />
        <Choice
          label="Schedule"
          value={schedule}
          options={[
            { value: 'one-cycle', title: 'One cycle' },
            { value: 'constant', title: 'Constant' },
          ]}
          onChange={(next) => change({ schedule: next })}
        />
        <NumberSetting setting="learningRate" label="Learning rate" />
        <NumberSetting setting="weightDecay" label="Weight decay" />
        <NumberSetting setting="epochs" label="Epochs" />
        <NumberSetting setting="batch" label="Batch" />
        <NumberSetting setting="labelSmoothing" label="Label smoothing" />
        <NumberSetting setting="patience" label="Early stopping" unit="0 never" />
        <NumberSetting setting="seed" label="Seed" />
        <Choice
          label="Freezing"
          value={freezing}
          options={[
            { value: 'none', title: 'None' },
            { value: 'entropy', title: 'By entropy' },
            { value: 'clock', title: 'By the clock' },
          ]}
          onChange={(next) => change({ freezing: next })}
        />
      </div>
      <details>
        <summary>Augmentation</summary>
        <div className={css.pair}>
          <NumberSetting setting="shift" label="Shift" unit="share of the side" />
          <NumberSetting setting="scale" label="Zoom" unit="share" />
          <NumberSetting setting="colour" label="Colour" unit="share" />
          <CheckSetting setting="mirror" label="Mirror" />
        </div>
      </details>
    </fieldset>
  );
}

/** How the entropy of the layers is measured as training goes, and in a search. */
export function EntropyPanel({ busy }: { busy: boolean }) {
  const { method, measure, levels, grid } = useOptimise((state) => state.settings);
  return (
    <fieldset className={css.panel} disabled={busy}>
      <legend>Entropy of the layers</legend>
      <div className={css.pair}>
        <Choice
          label="Saliency method"
          value={method}
          options={profileMethods.map((id: SaliencyMethod) => ({
            value: id,
            title: saliencyMethodNames[id],
          }))}
          onChange={(next) => change({ method: next })}
        />
        <Choice
          label="Entropy measure"
          value={measure}
          options={ENTROPY_MEASURES.map(({ id, name }) => ({ value: id, title: name }))}
          onChange={(next) => change({ measure: next })}
        />
        <Choice
          label="Levels"
          value={levels}
          options={levelCounts.map((count) => ({ value: count, title: String(count) }))}
          onChange={(next) => change({ levels: next })}
        />
        <Choice
          label="Grid"
          value={grid}
          options={[
            { value: 'input', title: 'input' },
            { value: 'native', title: 'native' },
          ]}
          onChange={(next) => change({ grid: next })}
        />
        <NumberSetting setting="profiled" label="Pictures measured" unit="0 none" />
      </div>
    </fieldset>
  );
}
