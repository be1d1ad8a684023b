import { type ReactNode, useState } from 'react';
import {
  attentionMethodsFor,
  hasOwnLayers,
  inputMethods,
  isAttentionMethod,
  isInputMethod,
  layerMethods,
  passesAtInput,
  type SaliencyMethod,
  saliencyMethodNames,
  slowSaliencyMethods,
} from '../../../saliency/method-names';
import { smoothingOf } from '../../../saliency/smoothing/map-smoothing';
import { ENTROPY_MEASURES } from '../../../semiotics';
import { useExplain, useStillSettings } from '../../../state/explain-store';
import { type ExplainSettings, levelCounts, presets } from '../../../state/settings';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { lazyPart } from '../../../ui/lazy-part';
import { useNarrow } from '../../../ui/use-narrow';
import { CompareMethods } from '../compare/CompareMethods';
import { change } from '../explain-controller';
import { slowMethodInWords } from '../view-model';
import css from './measured-as.module.css';
import { changedMeasuring, measuringInWords } from './measuring-in-words';

// There for one method of networks with attention.
const AttentionChoice = lazyPart(() => import('./AttentionChoice').then((module) => module.AttentionChoice));

// On a phone alone.
const Sheet = lazyPart(() => import('../../../ui/Sheet').then((module) => module.Sheet));

const SmoothingChoice = lazyPart(() => import('./SmoothingChoice').then((module) => module.SmoothingChoice));

/** How maps are made and measured. */
export function MeasuredAs() {
  const settings = useStillSettings();
  const analysis = useExplain((state) => state.analysis);
  const attention = useExplain((state) => state.manifest?.attention);
  const worth: SaliencyMethod[] = [...layerMethods, ...inputMethods, ...attentionMethodsFor(attention)];
  const offered = worth.includes(settings.method) ? worth : [...worth, settings.method];
  const pick = <Key extends keyof ExplainSettings>(key: Key, value: unknown) =>
    change({ [key]: value } as Pick<ExplainSettings, Key>);
  const narrow = useNarrow();
  const [unfolded, setUnfolded] = useState(false);
  // Where there was room for all of it in between, it is folded again.
  if (!narrow && unfolded) setUnfolded(false);
  const reset = changedMeasuring(settings);
  const smoothed = smoothingOf(settings.method, settings.smooth);
  const smoothable = !hasOwnLayers(settings.method);
  const fields = (
    <>
      <Row label={say('Saliency method')}>
        <select value={settings.method} onChange={({ target }) => pick('method', target.value)}>
          {offered.map((id) => (
            <option key={id} value={id}>
              {saliencyMethodNames[id]}
              {analysis &&
              id !== settings.method &&
              (slowSaliencyMethods.includes(id) || (isInputMethod(id) && passesAtInput[id] > 3))
                ? `, ${slowMethodInWords(id, analysis)}`
                : ''}
            </option>
          ))}
        </select>
      </Row>
      <CompareMethods />
      {isAttentionMethod(settings.method) && <AttentionChoice />}
      {smoothed !== 'none' && <SmoothingChoice />}
      <Row label={say('Entropy measure')}>
        <select value={settings.measure} onChange={({ target }) => pick('measure', target.value)}>
          {ENTROPY_MEASURES.map(({ id, name }) => (
            <option key={id} value={id}>
              {say(name)}
            </option>
          ))}
        </select>
      </Row>
      <Row label={say('Levels')}>
        <select value={settings.levels} onChange={({ target }) => pick('levels', Number(target.value))}>
          {levelCounts.map((count) => (
            <option key={count}>{count}</option>
          ))}
        </select>
      </Row>
      <Row label={say('Grid')}>
        <select value={settings.grid} onChange={({ target }) => pick('grid', target.value)}>
          <option value="input">{say('input')}</option>
          <option value="native">{say('native')}</option>
        </select>
      </Row>
      <Row label={say('Neighbourhood')}>
        <select
          value={settings.neighbourhood}
          onChange={({ target }) => pick('neighbourhood', Number(target.value))}
        >
          <option value={4}>N4</option>
          <option value={8}>N8</option>
        </select>
      </Row>
      <Row label={say('Border')}>
        <select value={settings.torus ? 1 : 0} onChange={({ target }) => pick('torus', target.value === '1')}>
          <option value={0}>{say('cut off')}</option>
          <option value={1}>{say('torus')}</option>
        </select>
      </Row>
      <fieldset>
        <legend>{say('Preset')}</legend>
        {Object.values(presets).map(({ title, levels, grid }) => (
          <button
            key={title}
            type="button"
            aria-pressed={settings.levels === levels && settings.grid === grid}
            title={say('{levels}, {grid} grid', { levels: counted(levels, 'level'), grid: say(grid) })}
            onClick={() => change({ levels, grid })}
          >
            {title === 'Paper' ? say('Paper{preset}', { preset: '' }) : say(title)}
          </button>
        ))}
      </fieldset>
      <div className={css.layersShown}>
        <label className={css.check}>
          <input
            type="checkbox"
            checked={settings.pooling || settings.operations}
            disabled={settings.operations}
            onChange={({ target }) => change({ pooling: target.checked })}
          />
          {say('Pooling layers')}
        </label>
        <label
          className={css.check}
          title={say(
            'Normalisations, activations, sums and all else that yields a map, each as a layer of its own',
          )}
        >
          <input
            type="checkbox"
            checked={settings.operations}
            onChange={({ target }) => change({ operations: target.checked, layer: '' })}
          />
          {say('Every operation')}
        </label>
        <label
          className={css.check}
          title={
            smoothable
              ? say('Mean over variants of the picture, or first component of the channels')
              : say('Maps of attention, and those at the input, are shown as they are')
          }
        >
          <input
            type="checkbox"
            checked={smoothed !== 'none'}
            disabled={!smoothable}
            onChange={({ target }) => change({ smooth: target.checked ? 'aug' : 'none' })}
          />
          {say('Smoothed')}
        </label>
      </div>
    </>
  );
  return (
    <section className={css.measured} aria-labelledby="measured">
      <h2 id="measured" className="visually-hidden">
        {say('Measured as')}
      </h2>
      {(narrow || reset) && (
        <p className={css.inWords}>
          <span>{measuringInWords(settings)}</span>
          {narrow && (
            <button type="button" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
              {say('Change')}
            </button>
          )}
          {reset && (
            <button type="button" onClick={() => change(reset)}>
              {say('Reset')}
            </button>
          )}
        </p>
      )}
      {narrow
        ? unfolded && (
            <Sheet title={say('Settings')} onClose={() => setUnfolded(false)}>
              {fields}
            </Sheet>
          )
        : fields}
    </section>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
    <label>
      <span>{label}</span>
      {children}
    </label>
  );
}
