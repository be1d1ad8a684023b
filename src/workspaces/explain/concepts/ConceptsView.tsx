import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Context2D } from '../../../figures';
import { conceptColours } from '../../../figures/concepts/concept-colours';
import { drawConceptPicture } from '../../../figures/concepts/concept-picture';
import type { ConceptsData } from '../../../figures/concepts/concepts-figure';
import { conceptCounts } from '../../../saliency/concepts/layer-concepts';
import { useConcepts } from '../../../state/concepts-store';
import { useShown } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { FigureCanvas } from '../../../ui/FigureCanvas';
import { change } from '../explain-controller';
import css from './concepts.module.css';
import { watchConcepts } from './concepts-controller';
import { conceptsData } from './concepts-view';

const counts = Array.from(
  { length: conceptCounts.most - conceptCounts.least + 1 },
  (_, i) => conceptCounts.least + i,
);

/** Width of the picture of one concept, in CSS pixels. */
const thumbnail = 54;

/** The selected layer's concepts as colours over the picture, and what each of them is and means. */
export function ConceptsView({ width }: { width: number }) {
  useEffect(watchConcepts, []);
  const shown = useShown();
  const { of, layers, done, progress, problem } = useConcepts();
  const data = useMemo(() => conceptsData(shown, { of, layers }), [shown, of, layers]);
  const [pointed, setPointed] = useState<number | null>(null);
  const [held, setHeld] = useState<number | null>(null);
  const asked = pointed ?? held;
  // Another layer has other concepts, and maybe fewer.
  const only = asked !== null && data && asked < data.concepts.length ? asked : null;
  const name = shown.analysis?.layers[shown.layer]?.name ?? '';
  return (
    <>
      <Picture data={data} only={only} width={width} label={say('Concepts of {layer}', { layer: name })} />
      <div className={css.head}>
        <p aria-live="polite">{data?.heading ?? waiting(name, done, progress !== null, problem)}</p>
        <label>
          <span>{say('Concepts')}</span>
          <select
            value={shown.settings.concepts}
            onChange={({ target }) => change({ concepts: Number(target.value) })}
          >
            {counts.map((count) => (
              <option key={count}>{count}</option>
            ))}
          </select>
        </label>
      </div>
      {data && (
        <ol className={css.legend} aria-label={say('Concepts of {layer}', { layer: name })}>
          {data.words.map(({ share, lines }, k) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a concept is told by its place alone.
            <li key={k}>
              <button
                type="button"
                aria-pressed={held === k}
                style={{ borderLeftColor: conceptColours[data.concepts[k].colour] }}
                onClick={() => setHeld(held === k ? null : k)}
                onPointerEnter={() => setPointed(k)}
                onPointerLeave={() => setPointed(null)}
                onFocus={() => setPointed(k)}
                onBlur={() => setPointed(null)}
              >
                <Picture data={data} only={k} width={thumbnail} />
                <span>
                  <strong>{share}</strong>
                  {lines.map((line) => (
                    <span key={line}>{line}</span>
                  ))}
                </span>
              </button>
            </li>
          ))}
        </ol>
      )}
      {progress && (
        <progress
          className={css.progress}
          aria-label={say(progress.text)}
          {...(progress.fraction === null ? {} : { value: progress.fraction })}
          max={1}
        />
      )}
    </>
  );
}

function waiting(layer: string, done: boolean, busy: boolean, problem: string | null): string {
  if (problem) return problem;
  if (done) return say('{layer} yields no feature map, and so no concepts.', { layer });
  return busy ? say('Finding the concepts of {layer} …', { layer }) : '';
}

/** The picture under the colours of all concepts, or of one; decoration where it has no label. */
function Picture({
  data,
  only,
  width,
  label,
}: {
  data: ConceptsData | null;
  only: number | null;
  width: number;
  label?: string;
}) {
  const theme = useFigureTheme();
  const picture = useShown().picture;
  const aspect = picture ? picture.input.width / picture.input.height : 1;
  const height = Math.round(width / aspect);
  const draw = useCallback(
    (context: Context2D) => {
      if (!picture) return;
      const box = { x: 0, y: 0, width, height };
      const none = { width: 1, height: 1, concepts: [] };
      drawConceptPicture(
        context,
        {
          ...{ picture: picture.display, opacity: 1, interpolation: 'bilinear' as const, ...none },
          ...data,
          only,
          // What is small has to stand out.
          ...(label ? {} : { opacity: 1 }),
        },
        box,
        theme,
      );
    },
    [data, only, width, height, picture, theme, label],
  );
  const canvas = <FigureCanvas label={label ?? ''} width={width} height={height} draw={draw} />;
  return label ? canvas : <span aria-hidden="true">{canvas}</span>;
}
