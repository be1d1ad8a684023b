import { scalingTitle } from '../../../models/scaling/scaling-words';
import type { OutputKind, OutputReads } from '../../../network/output-kind';
import { scalingsFor } from '../../../network/scaling/chosen-scaling';
import { type InputScaling, inputScalingNames } from '../../../network/scaling/input-scaling';
import { type KnownNetwork, useExplain, useStillSettings } from '../../../state/explain-store';
import { inputSizes, isInputSize, theWinner } from '../../../state/settings';
import { say } from '../../../text/say';
import { change } from '../explain-controller';

/** What the output is in use as, and the other way to read it, in the words of the page. */
function readsInWords(kind: OutputKind): Record<OutputReads, string> {
  const isUnit = kind === 'binary' || kind === 'number';
  return {
    auto: say('As the network tells'),
    classes: isUnit ? say('Two classes') : 'Classes',
    number: isUnit ? say('A number') : 'Numbers',
  };
}

/** What the file of a network leaves to choose: the scaling of pictures, and, where it has several or any, the output, what it is and the size. */
export function NetworkControls() {
  const manifest = useExplain((state) => state.manifest);
  const { inputScaling, output, reads, size } = useStillSettings();
  const outputs = manifest?.outputs ?? [];
  return (
    <>
      {outputs.length > 1 && (
        <label>
          <span>{say('Output')}</span>
          <select
            value={outputs.includes(output) ? output : manifest?.output}
            onChange={({ target }) =>
              change({ output: target.value, reads: 'auto', ...theWinner, layer: '' })
            }
          >
            {outputs.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {(manifest?.readsEitherWay || reads !== 'auto') && (
        <label title={manifest?.outputReason}>
          <span>{say('Read as')}</span>
          <select
            value={reads}
            onChange={({ target }) => change({ reads: target.value as OutputReads, ...theWinner })}
          >
            {Object.entries(readsInWords(manifest?.kind ?? 'classes')).map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {manifest?.takesAnySize && <InputSize shown={size ?? manifest.inputShape[0]} />}
      <label title={manifest?.scalingReason}>
        <span>{say('Input scaling')}</span>
        <select
          value={inputScaling}
          onChange={({ target }) => change({ inputScaling: target.value as typeof inputScaling })}
        >
          <option value="auto">
            {manifest?.scaling?.isGuess
              ? say('As guessed: {scaling}', { scaling: scalingTitle(manifest.scaling) })
              : say('As the network asks')}
          </option>
          {offered(manifest, inputScaling).map((id) => (
            <option key={id} value={id}>
              {say(inputScalingNames[id])}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

/** What is worth offering for the network's channels, and what is chosen all the same. */
function offered(network: KnownNetwork | null, chosen: InputScaling | 'auto'): InputScaling[] {
  const worth = scalingsFor(network?.inputShape[2] ?? 3);
  return chosen === 'auto' || worth.includes(chosen) ? worth : [...worth, chosen];
}

/** Rows and columns; what is typed counts when it is entered, so that no network is built for half of a number. */
function InputSize({ shown }: { shown: number }) {
  const take = (field: HTMLInputElement) => {
    const wanted = Number(field.value);
    if (isInputSize(wanted)) {
      if (wanted !== shown) change({ size: wanted });
    } else field.value = String(shown);
  };
  return (
    <label title={say('Rows and columns at which pictures are read: this network takes any')}>
      <span>{say('Input size')}</span>
      <input
        type="number"
        key={shown}
        defaultValue={shown}
        min={inputSizes.least}
        max={inputSizes.most}
        step={1}
        onBlur={({ currentTarget }) => take(currentTarget)}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && take(currentTarget)}
      />
    </label>
  );
}
