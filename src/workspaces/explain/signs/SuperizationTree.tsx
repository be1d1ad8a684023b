import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { loadCode } from '../../../code/missing-code';
import type { SignMeasurement } from '../../../engine/measure/measure-methods';
import {
  type LayerAxis,
  LEFT_GUTTER,
  massText,
  NARROW_WIDTH,
  type PlacedSign,
  RIGHT_GUTTER,
  superizationTree,
  treeLayout,
} from '../../../figures';
import { finalSign, type SignRef } from '../../../semiotics';
import { asMeasured, useExplain } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { ExportMenu } from '../../../ui/ExportMenu';
import rows from '../layers/instrument.module.css';
import { useShownSpan } from '../layers/shown-layers';
import { usePreview } from '../picture/use-preview';
import { Why } from '../reading/Why';
import { follow, selectLayer } from '../selection';
import { useTurnMarks } from '../turns/InTurn';
import { signInWords, signName } from './flow-view';
import css from './tree.module.css';
import { greatestTree, sameSign, scrolledToRoot, treeData, treesToChoose, withoutFolded } from './tree-view';

const title = 'Superization tree';
/** Greatest height on the page, in CSS pixels; what has no room is gathered. */
const mostHeight = 600;
/** Narrowest column in which a crop can be read, in CSS pixels. */
const narrowestColumn = 62;

/** A sign of one analysis: with the next one it means nothing. */
interface Chosen {
  of: SignMeasurement;
  sign: SignRef;
}

/** One sign and all that it was aggregated from, on the axis of the flow; it shows the tree of the sign that is followed. */
export function SuperizationTree({ width: room }: { width: number }) {
  const figure = useRef<HTMLElement>(null);
  useTurnMarks(figure);
  const shown = useExplain(useShallow(({ analysis, signs }) => ({ analysis, signs })));
  const preview = usePreview();
  const { analysis, signs } = shown;
  const count = analysis?.layers.length ?? 1;
  // On a phone, whose columns are too narrow for a crop, the tree is wider than the other rows and scrolls by itself.
  const scrolls = room < NARROW_WIDTH;
  const width = scrolls ? Math.max(room, count * narrowestColumn + LEFT_GUTTER + RIGHT_GUTTER) : room;
  const shownSpan = useShownSpan();
  const span = scrolls ? null : shownSpan;
  const followed = useExplain((state) => state.followed);
  const theme = useFigureTheme();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [met, setMet] = useState<Chosen | null>(null);
  useEffect(() => {
    if (!signs || !followed) return;
    const { layer, sign } = finalSign(signs.linked, followed);
    setMet((before) =>
      before?.of === signs && sameSign(before.sign, { layer, sign })
        ? before
        : { of: signs, sign: { layer, sign } },
    );
  }, [signs, followed]);
  const choice = chosen?.of === signs ? chosen : null;
  const root = useMemo(
    () => signs && (choice?.sign ?? (met?.of === signs ? met.sign : greatestTree(signs))),
    [signs, choice, met],
  );
  // A pointer that crosses the flow meets many trees: the flow must not wait for them.
  const drawn = useDeferredValue(useMemo(() => signs && root && { of: signs, sign: root }, [signs, root]));
  const drawnRoot = drawn?.of === signs ? drawn?.sign : null;
  const data = useMemo(() => {
    const all = drawnRoot && preview ? treeData(shown, drawnRoot, preview) : null;
    return all && span ? { ...all, span, tree: withoutFolded(all.tree, span) } : all;
  }, [shown, drawnRoot, preview, span]);
  const layout = useMemo(
    () => (data && width > 0 ? treeLayout(data, { width, height: mostHeight }) : null),
    [data, width],
  );
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const svg =
      data && layout
        ? superizationTree(document, data, { width, height: layout.height }, theme, layout)
        : null;
    svg?.setAttribute('aria-label', say(title));
    holder.current?.replaceChildren(...(svg ? [svg] : []));
  }, [data, layout, width, theme]);
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (scrolls && scroller.current && layout) scroller.current.scrollLeft = scrolledToRoot(layout, room);
  }, [scrolls, layout, room]);
  const none = signs !== null && root === null;
  // Between two analyses, whose signs are not found yet, what stands below stays where it is.
  const [lastHeight, setLastHeight] = useState(0);
  if (layout && layout.height !== lastHeight) setLastHeight(layout.height);
  const height = layout?.height ?? (none ? 0 : lastHeight);
  return (
    <figure
      ref={figure}
      className={`${rows.row} ${rows.tree}`}
      style={{ width: room }}
      aria-labelledby="tree-heading"
      data-comes={!(none || height) || undefined}
    >
      <div className={css.treeHead}>
        <h2 id="tree-heading">{say(title)}</h2>
        <Why of="the tree of signs" section="superization" />
        <Choice
          chosen={choice?.sign ?? null}
          onChoose={(sign) => setChosen(signs && sign && { of: signs, sign })}
        />
        {drawnRoot && signs && <span>{signInWords(shown, drawnRoot)}</span>}
      </div>
      {none && <p className={css.treeNone}>{say('No layer holds a sign: there is nothing to aggregate.')}</p>}
      <div className={css.treeScroll} ref={scroller}>
        <div className={rows.chart} style={{ width, height }}>
          <div ref={holder} />
          {layout && <SelectedColumn axis={layout.axis} />}
          {layout && <Nodes placed={layout.signs.filter(({ sign }) => layout.axis.shows(sign.layer))} />}
        </div>
      </div>
      {!none && (
        <div className={css.treeExport}>
          {root && (
            <ExportMenu
              title={say(title)}
              table
              print="tree"
              figure={async () => {
                const { exportTree } = await loadCode(() => import('../files/export-tree'));
                return exportTree(asMeasured(), drawnRoot ?? root);
              }}
            />
          )}
        </div>
      )}
    </figure>
  );
}

/** Which supersign the tree is of. */
function Choice({ chosen, onChoose }: { chosen: SignRef | null; onChoose(sign: SignRef | null): void }) {
  const analysis = useExplain((state) => state.analysis);
  const signs = useExplain((state) => state.signs);
  const { final, supersigns } = useMemo(
    () => (signs ? treesToChoose(signs) : { final: [], supersigns: [] }),
    [signs],
  );
  const code = ({ layer, sign }: SignRef) => `${layer}:${sign}`;
  const option = (ref: SignRef & { order: number }) => (
    <option key={code(ref)} value={code(ref)}>
      {signName({ analysis, signs }, ref)}, {massText(signs?.layers[ref.layer].signs[ref.sign].share ?? 0)}
      {ref.order > 1 ? say(', of {order}', { order: ref.order }) : ''}
    </option>
  );
  return (
    <select
      aria-label={say('Supersign')}
      data-find=""
      value={chosen ? code(chosen) : ''}
      onChange={({ target }) => {
        const [layer, sign] = target.value.split(':').map(Number);
        onChoose(target.value ? { layer, sign } : null);
      }}
    >
      <option value="">{say('the one followed, else the greatest')}</option>
      {final.length > 0 && <optgroup label={say('The decision rests on')}>{final.map(option)}</optgroup>}
      {supersigns.length > 0 && (
        <optgroup label={say('Supersigns on the way')}>{supersigns.map(option)}</optgroup>
      )}
    </select>
  );
}

/** The column of the selected layer; another one renders nothing but this. */
function SelectedColumn({ axis }: { axis: LayerAxis }) {
  const layer = useExplain((state) => state.layer);
  if (!axis.shows(layer)) return null;
  return <div className={css.treeColumn} style={{ left: axis.x(layer) - axis.step / 2, width: axis.step }} />;
}

/** The signs as buttons over their crops: one stop of Tab, arrow keys go along links and within a layer. */
function Nodes({ placed }: { placed: readonly PlacedSign[] }) {
  const analysis = useExplain((state) => state.analysis);
  const signs = useExplain((state) => state.signs);
  const followed = useExplain((state) => state.followed);
  const buttons = useRef(new Map<PlacedSign, HTMLButtonElement>());
  const [at, setAt] = useState<PlacedSign | null>(null);
  const help = useId();
  const stop = at && placed.includes(at) ? at : placed[0];
  const keyDown = (event: KeyboardEvent, node: PlacedSign) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') follow(null);
    const next = nodeForKey(placed, node, event.key);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    buttons.current.get(next)?.focus();
  };
  return (
    <section aria-label={say('Signs of the tree')} aria-describedby={help}>
      <p id={help} className="visually-hidden">
        {say(
          'Arrow right goes to what takes a sign in, arrow left to the heaviest of its parts, up and down through its layer.',
        )}
      </p>
      {placed.map((node) => {
        const { sign, crop } = node;
        const ref = { layer: sign.layer, sign: sign.sign };
        return (
          <button
            key={`${ref.layer}:${ref.sign}`}
            ref={(element) => {
              if (element) buttons.current.set(node, element);
              else buttons.current.delete(node);
            }}
            type="button"
            className={css.treeSign}
            aria-label={signInWords({ analysis, signs }, ref)}
            aria-pressed={sameSign(followed, ref)}
            tabIndex={node === stop ? 0 : -1}
            style={{ left: crop.x, top: crop.y, width: crop.width, height: crop.height }}
            onPointerEnter={() => follow(ref)}
            onPointerLeave={() => follow(null)}
            onFocus={() => {
              setAt(node);
              follow(ref);
            }}
            onBlur={() => follow(null)}
            onClick={() => selectLayer(sign.layer)}
            onKeyDown={(event) => keyDown(event, node)}
          />
        );
      })}
    </section>
  );
}

/** Where a key leads from a sign of the tree; null where nowhere. */
function nodeForKey(placed: readonly PlacedSign[], from: PlacedSign, key: string): PlacedSign | null {
  const column = placed
    .filter(({ sign }) => sign.layer === from.sign.layer)
    .sort((a, b) => a.crop.y - b.crop.y);
  const place = column.indexOf(from);
  switch (key) {
    case 'ArrowRight':
      return from.parent;
    case 'ArrowLeft':
      return placed.find(({ parent }) => parent === from) ?? null;
    case 'ArrowUp':
      return column[place - 1] ?? null;
    case 'ArrowDown':
      return column[place + 1] ?? null;
    case 'Home':
      return placed[0];
    default:
      return null;
  }
}
