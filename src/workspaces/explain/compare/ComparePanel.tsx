import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { useComparison } from '../../../state/comparison-store';
import { useShown } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { layerForKey } from '../playback/player';
import { selectLayer } from '../selection';
import { measuredInWords } from '../view-model';
import css from './compare.module.css';
import { cancelComparison, closeComparison, compareShown } from './comparison';
import { comparedInWords } from './comparison-view';
import { MethodMatrix } from './MethodMatrix';
import { MethodTiles } from './MethodTiles';

/** All methods side by side, for the selected layer and over all layers. */
export function ComparePanel() {
  const ref = useRef<HTMLDialogElement>(null);
  const shown = useShown();
  const { of, progress, problem } = useComparison();
  const { layer } = shown;
  const layers = of?.layers ?? [];
  const { analysis } = shown;
  // A picture dropped on the open panel is compared in its turn.
  useEffect(() => {
    if (analysis) void compareShown();
  }, [analysis]);
  // Shown modally by the browser itself: it keeps the focus inside and gives it back on closing, which has to be
  // before the element is gone.
  useLayoutEffect(() => {
    const dialog = ref.current as HTMLDialogElement;
    if (!dialog.open) dialog.showModal();
    return () => dialog.close();
  }, []);
  const press = (event: KeyboardEvent) => {
    // The page behind has keys of its own, which are not meant here.
    event.stopPropagation();
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (target instanceof Element && target.closest('input, [role="menu"]')) return;
    const next = layerForKey(key, layer, layers.length);
    if (next === null) return;
    event.preventDefault();
    selectLayer(next);
  };
  const { width, height } = layers[layer]?.map ?? { width: 0, height: 0 };
  return (
    <dialog
      ref={ref}
      className={css.comparison}
      aria-labelledby="comparison"
      onKeyDown={press}
      onCancel={(event) => {
        event.preventDefault();
        closeComparison();
      }}
    >
      <header>
        <div className={css.title}>
          <h2 id="comparison">{say('Compare methods')}</h2>
          <p>{comparedInWords({ of, methods: {} }, shown)}</p>
        </div>
        <div className={css.state}>
          <p aria-live="polite">{problem ?? (progress ? progressInWords(progress) : '')}</p>
          {progress && (
            <>
              {progress.fraction !== null && (
                <progress aria-label={say('Progress of the comparison')} value={progress.fraction} max={1} />
              )}
              <button type="button" onClick={cancelComparison}>
                {say('Cancel')}
              </button>
            </>
          )}
        </div>
        <label className={css.layer}>
          <span>{say('Layer')}</span>
          <input
            type="range"
            aria-label={say('Layer to compare')}
            aria-valuetext={say('{name}, layer {layer} of {layers}', {
              name: layers[layer]?.name,
              layer: layer + 1,
              layers: layers.length,
            })}
            min={0}
            max={Math.max(0, layers.length - 1)}
            value={layer}
            onChange={({ target }) => selectLayer(Number(target.value))}
          />
          <strong>{layers[layer]?.name}</strong>
        </label>
        <button type="button" className={css.close} onClick={closeComparison}>
          {say('Close')}
        </button>
      </header>
      <div className={css.figures}>
        <MethodTiles />
        <div>
          <MethodMatrix />
          <p className={css.notes}>
            {say(
              'Each map is on its own scale; a click explains by that method at that layer. Entropy: {shown}. Linear (Pearson) and rank (Spearman) correlation with Grad-CAM’s map, over the layer’s own {width} × {height} values: they say how alike two maps are, and nothing about chance, since neighbouring values depend on each other. Eigen-CAM, KPCA-CAM, FEM and Activation are the same for every class.',
              { shown: measuredInWords(shown), width, height },
            )}
          </p>
        </div>
      </div>
    </dialog>
  );
}

const progressInWords = ({ text, fraction }: { text: string; fraction: number | null }) =>
  `${say(text)}${fraction === null ? '' : `, ${Math.round(fraction * 100)} %`} …`;
