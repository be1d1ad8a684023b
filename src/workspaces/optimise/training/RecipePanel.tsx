import { type SaliencyMethod, saliencyMethodNames } from '../../../saliency/method-names';
import { ENTROPY_MEASURES } from '../../../semiotics';
import { levelCounts } from '../../../state/settings';
import { say } from '../../../text/say';
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
      <legend>{say('Recipe')}</legend>
      <div className={css.pair}>
        <Choice
          label={say('Optimiser')}
          value={optimiser}
          options={[
            { value: 'adam', title: 'Adam' },
            { value: 'sgd', title: say('SGD, momentum 0.9') },
          ]}
          onChange={(next) => change({ optimiser: next })}
        />
        <Choice
          label={say('Schedule')}
          value={schedule}
          options={[
            { value: 'one-cycle', title: say('One cycle') },
            { value: 'constant', title: say('Constant') },
          ]}
          onChange={(next) => change({ schedule: next })}
        />
        <NumberSetting setting="learningRate" label={say('Learning rate')} />
        <NumberSetting setting="weightDecay" label={say('Weight decay')} />
        <NumberSetting setting="epochs" label={say('Epochs')} />
        <NumberSetting setting="batch" label={say('Batch')} />
        <NumberSetting setting="labelSmoothing" label={say('Label smoothing')} />
        <NumberSetting setting="patience" label={say('Early stopping')} unit={say('0 never')} />
        <NumberSetting setting="seed" label={say('Seed')} />
        <Choice
          label={say('Freezing')}
          value={freezing}
          options={[
            { value: 'none', title: say('None') },
            { value: 'entropy', title: say('By entropy') },
            { value: 'clock', title: say('By the clock') },
          ]}
          onChange={(next) => change({ freezing: next })}
        />
      </div>
      <details>
        <summary>{say('Augmentation')}</summary>
        <div className={css.pair}>
          <NumberSetting setting="shift" label={say('Shift')} unit={say('share of the side')} />
          <NumberSetting setting="scale" label={say('Zoom')} unit={say('share')} />
          <NumberSetting setting="colour" label={say('Colour')} unit={say('share')} />
          <CheckSetting setting="mirror" label={say('Mirror')} />
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
      <legend>{say('Entropy of the layers')}</legend>
      <div className={css.pair}>
        <Choice
          label={say('Saliency method')}
          value={method}
          options={profileMethods.map((id: SaliencyMethod) => ({
            value: id,
            title: say(saliencyMethodNames[id]),
          }))}
          onChange={(next) => change({ method: next })}
        />
        <Choice
          label={say('Entropy measure')}
          value={measure}
          options={ENTROPY_MEASURES.map(({ id, name }) => ({ value: id, title: say(name) }))}
          onChange={(next) => change({ measure: next })}
        />
        <Choice
          label={say('Levels')}
          value={levels}
          options={levelCounts.map((count) => ({ value: count, title: String(count) }))}
          onChange={(next) => change({ levels: next })}
        />
        <Choice
          label={say('Grid')}
          value={grid}
          options={[
            { value: 'input', title: say('input') },
            { value: 'native', title: say('native') },
          ]}
          onChange={(next) => change({ grid: next })}
        />
        <NumberSetting setting="profiled" label={say('Pictures measured')} unit={say('0 none')} />
      </div>
    </fieldset>
  );
}
