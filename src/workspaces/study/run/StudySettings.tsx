import {
  attentionMethodsFor,
  inputMethods,
  layerMethods,
  type SaliencyMethod,
  saliencyMethodNames,
} from '../../../saliency/method-names';
import { mapSmoothingNames, smoothingOf, smoothingsFor } from '../../../saliency/smoothing/map-smoothing';
import { useExplain } from '../../../state/explain-store';
import { levelCounts } from '../../../state/settings';
import { say } from '../../../text/say';
import { asOptions, Check, Choice, Field, NumberField, saidOptions } from '../../../ui/fields';
import css from '../study.module.css';
import { ExplainedChoice } from './ExplainedChoice';
import { MeasureChoice } from './MeasureChoice';
import { SignsAndBorders } from './SignsAndBorders';
import { choose } from './study-controller';
import { studySettings } from './study-settings';
import { type FormChoices, useStudy } from './study-store';

/** Methods that the network has maps for, and the one that is chosen. */
function useMethods(chosen: SaliencyMethod) {
  const attention = useExplain((state) => state.manifest?.attention);
  const worth: SaliencyMethod[] = [...layerMethods, ...inputMethods, ...attentionMethodsFor(attention)];
  const offered = worth.includes(chosen) ? worth : [...worth, chosen];
  return offered.map((value) => ({ value, title: say(saliencyMethodNames[value]) }));
}

const trusts: { value: FormChoices['trust']; title: string }[] = [
  { value: 'none', title: 'not measured' },
  { value: 'quick', title: 'quick measures' },
  { value: 'road', title: 'with ROAD, 18 passes a map' },
  { value: 'all', title: 'all measures, over 100 passes a map' },
];
const trustMethods: { value: FormChoices['trustMethods']; title: string }[] = [
  { value: 'own', title: 'of the method above' },
  { value: 'one-pass', title: 'of all methods of one pass' },
];

/** How the next study is made. */
export function Settings() {
  const choices = useStudy((state) => state.choices);
  const methods = useMethods(choices.method);
  const splits = useStudy((state) => state.images?.splits) ?? [];
  const pick = <Key extends keyof FormChoices>(key: Key, value: FormChoices[Key]) =>
    choose({ [key]: value } as Pick<FormChoices, Key>);
  return (
    <section aria-labelledby="study-settings">
      <h2 id="study-settings">{say('Settings')}</h2>
      <Choice
        label={say('Saliency method')}
        value={choices.method}
        options={methods}
        onChange={(method) => pick('method', method)}
      />
      <Choice
        label={say('Map smoothing')}
        value={smoothingOf(choices.method, choices.smooth)}
        options={smoothingsFor(choices.method).map((value) => ({
          value,
          title: say(mapSmoothingNames[value]),
        }))}
        onChange={(smooth) => pick('smooth', smooth)}
      />
      <ExplainedChoice />
      <MeasureChoice chosen={choices.measures} />
      <Choice
        label={say('Trust of the maps')}
        value={choices.trust}
        options={saidOptions(trusts)}
        onChange={(trust) => pick('trust', trust)}
      />
      {choices.trust !== 'none' && (
        <>
          <Choice
            label={say('Whose maps')}
            value={choices.trustMethods}
            options={saidOptions(trustMethods)}
            onChange={(methods) => pick('trustMethods', methods)}
          />
          <NumberField
            label={say('Randomised twins of the network')}
            value={choices.trustDraws}
            parse={studySettings.trustDraws.parse}
            allowed={studySettings.trustDraws.allowed}
            onChange={(draws) => pick('trustDraws', draws)}
          />
        </>
      )}
      <div className={css.pair}>
        <Choice
          label={say('Levels')}
          value={choices.levels}
          options={asOptions(levelCounts)}
          onChange={(levels) => pick('levels', levels)}
        />
        <Choice
          label={say('Grid')}
          value={choices.grid}
          options={saidOptions(asOptions(['input', 'native'] as const))}
          onChange={(grid) => pick('grid', grid)}
        />
      </div>
      <SignsAndBorders />
      {splits.length > 0 && (
        <Choice
          label={say('Part of the set')}
          value={choices.split}
          options={[{ value: '', title: say('all') }, ...asOptions(splits)]}
          onChange={(split) => pick('split', split)}
        />
      )}
      <div className={css.pair}>
        <Whole
          label={say('Sample')}
          hint={say('all')}
          value={choices.sample}
          least={1}
          onChange={(sample) => pick('sample', sample)}
        />
        <Whole
          label={say('Seed')}
          value={choices.seed}
          least={0}
          onChange={(seed) => seed !== null && pick('seed', seed)}
        />
      </div>
      <Check
        label={say('Pooling layers')}
        checked={choices.pooling}
        onChange={(pooling) => pick('pooling', pooling)}
      />
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
    <Field label={label}>
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
    </Field>
  );
}
