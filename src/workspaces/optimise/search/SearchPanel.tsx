import { say } from '../../../text/say';
import { Choice } from '../../../ui/fields';
import css from '../optimise.module.css';
import { change } from '../optimise-controller';
import { useOptimise } from '../optimise-store';
import { CheckSetting, NumberSetting } from '../training/SettingField';

const aboutPruning = {
  blocks:
    'Takes out the block that does least superization, trains again, and puts it back where accuracy falls by more than the tolerance.',
  filters:
    'Takes filters out of the layers that do least superization, first those whose activation maps have least structure and that carry least of the signs, trains again, and puts them back where accuracy falls by more than the tolerance. A reconstruction from the abstracts of arXiv 2312.04926 and 2312.04918.',
} as const;
const aboutGrowing =
  'Begins with one block a stage and adds one where superization is strongest, until the whole network’s accuracy is reached.';

/** What a network needs that has lost a part of all its layers: the reference's answers, a small rate, and more rounds at last. */
const fairChance = { distil: 0.7, temperature: 4, warmRate: 0.25, finalEpochs: 4 } as const;

/** How a smaller network is looked for. */
export function SearchPanel({ busy }: { busy: boolean }) {
  const { direction, unit, cost, budgetKind, distil } = useOptimise((state) => state.settings);
  return (
    <fieldset className={css.panel} disabled={busy}>
      <legend>{say('Search')}</legend>
      <p className={css.about}>{say(direction === 'prune' ? aboutPruning[unit] : aboutGrowing)}</p>
      <div className={css.pair}>
        <Choice
          label={say('Direction')}
          value={direction}
          options={[
            { value: 'prune', title: say('Prune') },
            { value: 'grow', title: say('Grow') },
          ]}
          onChange={(next) => change({ direction: next })}
        />
        <Choice
          label={say('Takes out')}
          value={unit}
          disabled={direction === 'grow'}
          options={[
            { value: 'blocks', title: say('Blocks') },
            { value: 'filters', title: say('Filters') },
          ]}
          onChange={(next) => change({ unit: next, ...(next === 'filters' && fairChance) })}
        />
        {unit === 'filters' && (
          <>
            <NumberSetting setting="cut" label={say('Cut a step')} unit={say('% of the cost')} />
            <Choice
              label={say('Cost')}
              value={cost}
              options={[
                { value: 'both', title: say('Mean of both') },
                { value: 'parameters', title: 'Parameters' },
                { value: 'multiply-adds', title: 'Multiply-adds' },
              ]}
              onChange={(next) => change({ cost: next })}
            />
            <NumberSetting setting="most" label={say('Of a layer at most')} unit="%" />
          </>
        )}
        <NumberSetting setting="tolerance" label={say('Tolerance')} unit={say('points')} />
        <Choice
          label={say('Budget in')}
          value={budgetKind}
          options={[
            { value: 'trainings', title: say('Trainings a run') },
            { value: 'minutes', title: say('Minutes in all') },
          ]}
          onChange={(next) => change({ budgetKind: next })}
        />
        {budgetKind === 'trainings' ? (
          <NumberSetting setting="trainings" label={say('Trainings')} />
        ) : (
          <NumberSetting setting="minutes" label={say('Minutes')} />
        )}
        <NumberSetting setting="referenceEpochs" label={say('Epochs at first')} />
        <NumberSetting setting="searchEpochs" label={say('Epochs each')} />
        <NumberSetting setting="finalEpochs" label={say('Epochs at last')} />
        <NumberSetting setting="warmRate" label={say('Rate after a step')} unit="×" />
        <NumberSetting setting="distil" label={say('Distillation')} unit={say('of the loss')} />
        {distil > 0 && <NumberSetting setting="temperature" label={say('Temperature')} />}
        <NumberSetting setting="seeds" label={say('Number of seeds')} />
      </div>
      <CheckSetting setting="warmStart" label={say('Warm start: keep the weights of layers that stay')} />
      <CheckSetting setting="beyondNull" label={say('Count a fall of entropy beyond its null only')} />
      <fieldset className={css.controlsList}>
        <legend>{say('Controls under the same budget')}</legend>
        <CheckSetting setting="controlRandom" label={say('Random order')} />
        <CheckSetting setting="controlL1" label={say('Smallest L1 norm')} />
        <CheckSetting setting="controlParameters" label={say('Most parameters')} />
        <CheckSetting setting="controlTaylor" label={say('First-order Taylor')} />
        <CheckSetting setting="controlScale" label={say('Smallest batch-norm scale')} />
        {unit === 'filters' && <CheckSetting setting="controlUniform" label={say('All widths alike')} />}
      </fieldset>
    </fieldset>
  );
}
