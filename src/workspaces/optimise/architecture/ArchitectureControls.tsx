import { say } from '../../../text/say';
import type { Architecture } from '../../../training/architecture/architecture';
import { Check, Choice, NumberField } from '../../../ui/fields';
import css from '../optimise.module.css';
import { editArchitecture } from '../optimise-controller';
import { NumberSetting } from '../training/SettingField';
import { StartFrom } from '../training/StartFrom';
import { withNames } from './architecture-text';

const shareOfDropout = (text: string) => {
  const value = text === '' ? Number.NaN : Number(text);
  return value >= 0 && value <= 0.9 ? Math.round(value * 1000) / 1000 : undefined;
};

/** What holds for the whole network. */
export function NetworkControls({ architecture, busy }: { architecture: Architecture; busy: boolean }) {
  const edit = (changes: Partial<Architecture>) =>
    editArchitecture(withNames({ ...architecture, ...changes }));
  return (
    <fieldset className={css.controls} disabled={busy}>
      <legend>{say('Network')}</legend>
      <StartFrom />
      <NumberSetting setting="side" label={say('Side')} unit={say('pixels')} />
      <Choice
        label={say('Activation')}
        value={architecture.activation}
        options={[
          { value: 'relu', title: 'ReLU' },
          { value: 'tanh', title: 'tanh' },
        ]}
        onChange={(activation) => edit({ activation })}
      />
      <Choice
        label={say('Padding')}
        value={architecture.padding}
        options={[
          { value: 'same', title: 'same' },
          { value: 'valid', title: 'valid' },
        ]}
        onChange={(padding) => edit({ padding })}
      />
      <Choice
        label={say('Joined by')}
        value={architecture.join}
        options={[
          { value: 'average', title: say('Mean over places') },
          { value: 'flatten', title: say('All numbers') },
        ]}
        onChange={(join) => edit({ join })}
      />
      <HiddenLayers hidden={architecture.hidden} onChange={(hidden) => edit({ hidden })} />
      <NumberField
        label={say('Dropout')}
        value={architecture.dropout}
        parse={shareOfDropout}
        allowed="a number from 0 to 0.9"
        onChange={(dropout) => edit({ dropout })}
      />
      <Check
        label={say('Batch norm')}
        checked={architecture.batchNorm}
        onChange={(batchNorm) => edit({ batchNorm })}
      />
    </fieldset>
  );
}

/** Dense layers before the last, as a list of widths. */
function HiddenLayers({ hidden, onChange }: { hidden: number[]; onChange(hidden: number[]): void }) {
  return (
    <Choice
      label={say('Dense layers before')}
      value={hidden.join(', ') || 'none'}
      options={[...new Set(['none', '64', '128', '256', '120, 84', hidden.join(', ') || 'none'])].map(
        (widths) => ({ value: widths, title: say(widths) }),
      )}
      onChange={(text) => onChange(text === 'none' ? [] : text.split(', ').map(Number))}
    />
  );
}
