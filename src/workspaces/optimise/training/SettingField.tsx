import type { Setting } from '../../../state/setting-table';
import { Check, NumberField } from '../../../ui/fields';
import { change } from '../optimise-controller';
import { type OptimiseSettingKey, type OptimiseSettings, optimiseSettings } from '../optimise-settings';
import { useOptimise } from '../optimise-store';

type KeyOf<Value> = {
  [Key in OptimiseSettingKey]: OptimiseSettings[Key] extends Value
    ? Value extends OptimiseSettings[Key]
      ? Key
      : never
    : never;
}[OptimiseSettingKey];

/** The field of a setting that is a number. */
export function NumberSetting({
  setting: key,
  label,
  unit,
  disabled,
}: {
  setting: KeyOf<number>;
  label: string;
  unit?: string;
  disabled?: boolean;
}) {
  const value = useOptimise((state) => state.settings[key]);
  const { parse, allowed } = optimiseSettings[key] as Setting<number>;
  return (
    <NumberField
      label={label}
      unit={unit}
      value={value}
      parse={parse}
      allowed={allowed}
      disabled={disabled}
      onChange={(next) => change({ [key]: next })}
    />
  );
}

/** The box of a setting that is on or off. */
export function CheckSetting({
  setting: key,
  label,
  disabled,
}: {
  setting: KeyOf<boolean>;
  label: string;
  disabled?: boolean;
}) {
  const checked = useOptimise((state) => state.settings[key]);
  return (
    <Check label={label} checked={checked} disabled={disabled} onChange={(next) => change({ [key]: next })} />
  );
}
