import { Choice } from '../../../ui/fields';
import css from '../optimise.module.css';
import { change } from '../optimise-controller';
import { useOptimise } from '../optimise-store';
import { CheckSetting, NumberSetting } from '../training/SettingField';

/** How a smaller network is looked for. */
export function SearchPanel({ busy }: { busy: boolean }) {
  const { direction, budgetKind } = useOptimise((state) => state.settings);
  return (
    <fieldset className={css.panel} disabled={busy}>
      <legend>Search</legend>
      <p className={css.about}>
        {direction === 'prune'
          ? 'Takes out the block that does least superization, trains again, and puts it back where accuracy falls by more than the tolerance.'
          : 'Begins with one block a stage and adds one where superization is strongest, until the whole network’s accuracy is reached.'}
      </p>
      <div className={css.pair}>
        <Choice
          label="Direction"
          value={direction}
          options={[
            { value: 'prune', title: 'Prune' },
            { value: 'grow', title: 'Grow' },
          ]}
          onChange={(next) => change({ direction: next })}
        />
        <NumberSetting setting="tolerance" label="Tolerance" unit="points" />
        <Choice
          label="Budget in"
          value={budgetKind}
          options={[
            { value: 'trainings', title: 'Trainings a run' },
            { value: 'minutes', title: 'Minutes in all' },
          ]}
          onChange={(next) => change({ budgetKind: next })}
        />
        {budgetKind === 'trainings' ? (
          <NumberSetting setting="trainings" label="Trainings" />
        ) : (
          <NumberSetting setting="minutes" label="Minutes" />
        )}
        <NumberSetting setting="referenceEpochs" label="Epochs at first" />
        <NumberSetting setting="searchEpochs" label="Epochs each" />
        <NumberSetting setting="seeds" label="Number of seeds" />
      </div>
      <CheckSetting setting="warmStart" label="Warm start: keep the weights of layers that stay" />
      <CheckSetting setting="beyondNull" label="Count a fall of entropy beyond its null only" />
      <fieldset className={css.controlsList}>
        <legend>Controls under the same budget</legend>
        <CheckSetting setting="controlRandom" label="Random order" />
        <CheckSetting setting="controlL1" label="Smallest L1 norm" />
        <CheckSetting setting="controlParameters" label="Most parameters" />
      </fieldset>
    </fieldset>
  );
}
