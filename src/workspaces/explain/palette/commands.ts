import { goTo, workspaces } from '../../../state/place';
import { askForPrint } from '../../../state/print-store';
import type { SettingKey } from '../../../state/settings';
import { say } from '../../../text/say';
import type { Command } from './command';
import { pageControls } from './page-controls';
import { type Known, presetCommands, settingCommands } from './setting-commands';

/** Names that are at hand often come first; whole lists of classes that something is compared with, last. */
const first: readonly SettingKey[] = [
  'layer',
  'target',
  'image',
  'model',
  'box',
  'region',
  'method',
  'measure',
];
const last: readonly SettingKey[] = ['alike', 'against', 'versus', 'token', 'size'];

const isAmong = (keys: readonly SettingKey[]) => (key: SettingKey) => keys.includes(key);

/** Every setting that applies now, with all values it can take. */
export function settingsToFind(state: Known): Command[] {
  const keys = Object.keys(settingCommands) as SettingKey[];
  const between = keys.filter((key) => !isAmong([...first, ...last])(key));
  return [...first, ...between, ...last].flatMap((key) => settingCommands[key](state));
}

/** Figures laid out for the width they have in print, once there are any. */
const printCommands = ({ analysis }: Known): Command[] =>
  analysis
    ? [
        {
          ...{ id: 'print', group: say('Figures'), title: say('Print size'), chosen: false },
          run: () => askForPrint(null),
        },
      ]
    : [];

/** Everything that can be chosen or done in Explain, as it is now. */
export function commandsFor(state: Known): Command[] {
  const settings = settingsToFind(state);
  const isLong = ({ id }: Command) => last.some((key) => id.startsWith(`${key} `));
  return [
    ...settings.filter((command) => !isLong(command)),
    ...presetCommands(state),
    ...workspaces.slice(1).map((workspace) => ({
      ...{ id: `go ${workspace}`, group: say('Go to'), title: say(workspace), chosen: false },
      run: () => goTo(workspace),
    })),
    ...printCommands(state),
    ...pageControls(document),
    ...settings.filter(isLong),
  ];
}
