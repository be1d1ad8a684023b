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
import { changedMeasuring, differs, measuringInWords, rareInWords } from './measuring-in-words';
import { isRareOpen, keepRareOpen } from './rare-open';

// There for one method of networks with attention.
const AttentionChoice = lazyPart(() => import('./AttentionChoice').then((module) => module.AttentionChoice));

// On a phone alone.
const Sheet = lazyPart(() => import('../../../ui/Sheet').then((module) => module.Sheet));

const SmoothingChoice = lazyPart(() => import('./SmoothingChoice').then((module) => module.SmoothingChoice));

/** How maps are made and measured: on a phone a sentence with a sheet of all settings, else a sentence whose words are changed where they stand. */
export function MeasuredAs() {
  const settings = useStillSettings();
  const narrow = useNarrow();
  const [onSheet, setOnSheet] = useState(false);
  // Where there was room for all of it in between, it is folded again.
  if (!narrow && onSheet) setOnSheet(false);
  const [unfolded, setUnfolded] = useState(() => isRareOpen(settings));
  const reset = changedMeasuring(settings);
  const resetButton = reset && (
    <button type="button" onClick={() => change(reset)}>
      {say('Reset')}
    </button>
  );
  if (narrow)
    return (
      <section className={css.measured} aria-labelledby="measured">
        <h2 id="measured" className="visually-hidden">
          {say('Measured as')}
        </h2>
        <p className={css.inWords}>
          <span>{measuringInWords(settings)}</span>
          <button type="button" aria-expanded={onSheet} onClick={() => setOnSheet(!onSheet)}>
            {say('Change')}
          </button>
          {resetButton}
        </p>
        {onSheet && (
          <Sheet title={say('Settings')} onClose={() => setOnSheet(false)}>
            <Chosen />
            <Rare />
          </Sheet>
        )}
      </section>
    );
  const fold = () => {
    keepRareOpen(!unfolded);
    setUnfolded(!unfolded);
  };
  return (
    <section className={css.measured} aria-labelledby="measured">
      <div className={css.sentence}>
        <h2 id="measured">{say('Measured as')}</h2>
        <Chosen inSentence />
        <button
          type="button"
          className={css.fold}
          aria-expanded={unfolded}
          aria-controls={unfolded ? 'measured-rarely' : undefined}
          title={say('What is rarely changed')}
          onClick={fold}
        >
          {rareInWords(settings).map(({ text, isChanged }, i) => (
            <span key={text}>
              {i > 0 && say(', ')}
              {isChanged ? <b>{text}</b> : text}
            </span>
          ))}
        </button>
        {resetButton}
      </div>
      {unfolded && (
        <div id="measured-rarely" className={css.rare}>
          <Rare />
        </div>
      )}
    </section>
  );
}

/** Sets one setting. */
const pick = <Key extends keyof ExplainSettings>(key: Key, value: unknown) =>
  change({ [key]: value } as Pick<ExplainSettings, Key>);

/** What is often chosen: the method, the measure, and on which grid and levels that is taken. */
function Chosen({ inSentence = false }: { inSentence?: boolean }) {
  const settings = useStillSettings();
  const analysis = useExplain((state) => state.analysis);
  const attention = useExplain((state) => state.manifest?.attention);
  const worth: SaliencyMethod[] = [...layerMethods, ...inputMethods, ...attentionMethodsFor(attention)];
  const offered = worth.includes(settings.method) ? worth : [...worth, settings.method];
  return (
    <>
      <Row label={say('Saliency method')} changed={differs(settings, 'method')}>
        <select
          value={settings.method}
          title={inSentence ? say('Saliency method') : undefined}
          onChange={({ target }) => pick('method', target.value)}
        >
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
      {smoothingOf(settings.method, settings.smooth) !== 'none' && <SmoothingChoice />}
      <Row label={say('Entropy measure')} changed={differs(settings, 'measure')}>
        <select
          value={settings.measure}
          title={inSentence ? say('Entropy measure') : undefined}
          onChange={({ target }) => pick('measure', target.value)}
        >
          {ENTROPY_MEASURES.map(({ id, name }) => (
            <option key={id} value={id}>
              {say(name)}
            </option>
          ))}
        </select>
      </Row>
      <Row
        label={say('Levels')}
        after={inSentence ? say('levels') : undefined}
        changed={differs(settings, 'levels')}
      >
        <select value={settings.levels} onChange={({ target }) => pick('levels', Number(target.value))}>
          {levelCounts.map((count) => (
            <option key={count}>{count}</option>
          ))}
        </select>
      </Row>
      <Row
        label={say('Grid')}
        after={inSentence ? say('grid') : undefined}
        changed={differs(settings, 'grid')}
      >
        <select value={settings.grid} onChange={({ target }) => pick('grid', target.value)}>
          <option value="input">{say('input')}</option>
          <option value="native">{say('native')}</option>
        </select>
      </Row>
    </>
  );
}

/** What is rarely changed. */
function Rare() {
  const settings = useStillSettings();
  const smoothed = smoothingOf(settings.method, settings.smooth);
  const smoothable = !hasOwnLayers(settings.method);
  return (
    <>
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
}

interface RowProps {
  label: string;
  /** Stands behind the control, for the eye alone. */
  after?: string;
  /** Whether it differs from its initial value. */
  changed?: boolean;
  children: ReactNode;
}

function Row({ label, after, changed, children }: RowProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
    <label data-changed={changed}>
      <span>{label}</span>
      {children}
      {after !== undefined && <i aria-hidden="true">{after}</i>}
    </label>
  );
}
