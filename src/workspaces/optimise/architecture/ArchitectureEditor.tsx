import { type KeyboardEvent, useCallback, useMemo, useRef } from 'react';
import { architectureDiagram, architectureLayout } from '../../../figures';
import { useFigureTheme } from '../../../state/page-theme';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { presets } from '../../../training/architecture/presets';
import { ExportMenu } from '../../../ui/ExportMenu';
import { useSize } from '../../../ui/FigureCanvas';
import { Choice } from '../../../ui/fields';
import { SvgFigure } from '../../../ui/SvgFigure';
import css from '../optimise.module.css';
import { change, editArchitecture, redo, select, undo } from '../optimise-controller';
import { optimiseFigure, pageWidth } from '../optimise-figure-export';
import { currentArchitecture, useOptimise } from '../optimise-store';
import { NetworkControls } from './ArchitectureControls';
import { architectureRows } from './architecture-rows';
import {
  type ArchitectureView,
  architectureView,
  blockInWords,
  bytesInWords,
  countInWords,
  trainingBytes,
} from './architecture-view';
import { BlockControls } from './BlockControls';
import {
  type BlockPlace,
  blockAt,
  placesOf,
  widthStep,
  withBlock,
  withBlockBehind,
  withoutBlock,
} from './change-architecture';

/** The network to come as a row of blocks, with what can be done to it. */
export function ArchitectureEditor({ busy }: { busy: boolean }) {
  const title = say('Architecture');
  const state = useOptimise();
  const { selected, settings, history } = state;
  const architecture = useMemo(() => currentArchitecture(state), [state]);
  const view = useMemo(() => architectureView(architecture, selected), [architecture, selected]);
  const theme = useFigureTheme();
  const { ref, width } = useSize<HTMLDivElement>();
  const layout = useMemo(() => architectureLayout(view.diagram, width), [view, width]);
  const svg = useCallback(
    () =>
      width === 0
        ? null
        : architectureDiagram(document, view.diagram, { width, height: layout.height }, theme),
    [view, width, layout, theme],
  );
  const presetOptions = [
    ...presets.map((preset) => ({ value: preset.id as string, title: say(preset.title) })),
    ...(settings.preset === 'own' ? [{ value: 'own', title: say('Own') }] : []),
  ];
  const figure = () => {
    const { problem, cost } = view;
    const caption = cost
      ? say(
          '{title}, {side} × {side} pixels, {classes}: {parameters} parameters, {multiplyAdds} multiply-adds a picture.',
          {
            title: say(architecture.title),
            side: architecture.side,
            classes: counted(architecture.classes, 'class', 'classes'),
            parameters: countInWords(cost.parameters),
            multiplyAdds: countInWords(cost.multiplyAdds),
          },
        )
      : say(problem ?? '');
    const data = { ...view.diagram, selected: null, title, caption };
    const { width: full, height } = architectureLayout(data, pageWidth);
    const size = { width: full, height };
    return optimiseFigure({
      title,
      name: 'Architecture',
      size,
      svg: (owner, paper) => architectureDiagram(owner, data, size, paper),
      rows: () => architectureRows(architecture),
    });
  };
  return (
    <section className={css.editor} aria-labelledby="architecture-heading">
      <div className={css.head}>
        <h2 id="architecture-heading">{title}</h2>
        <Choice
          label={say('Architecture')}
          value={settings.preset as string}
          options={presetOptions}
          disabled={busy}
          onChange={(preset) => change({ preset: preset as typeof settings.preset })}
        />
        <Costs view={view} batch={settings.batch} />
        <div className={css.steps}>
          <button type="button" disabled={busy || history.past.length === 0} onClick={undo}>
            {say('Undo')}
          </button>
          <button type="button" disabled={busy || history.future.length === 0} onClick={redo}>
            {say('Redo')}
          </button>
          <ExportMenu title={title} table ready figure={figure} />
        </div>
      </div>
      {view.problem !== null && (
        <p className={css.problem} role="alert">
          {say(view.problem)}
        </p>
      )}
      <div className={css.scroll} ref={ref}>
        <div className={css.diagram} style={{ width: layout.width, height: layout.height }}>
          <SvgFigure svg={svg} />
          <Tiles
            tiles={view.places.flatMap((place, i) =>
              place
                ? [{ place, box: layout.blocks[i].column, words: blockInWords(view.diagram.blocks[i]) }]
                : [],
            )}
            busy={busy}
          />
        </div>
      </div>
      <BlockControls architecture={architecture} selected={selected} busy={busy} />
      <NetworkControls architecture={architecture} busy={busy} />
      <p className={css.hint}>
        {say(
          'Keys: arrows move, + and − change the width, Insert adds a block, Delete removes one, Ctrl+Z takes back.',
        )}
      </p>
    </section>
  );
}

/** What the network costs, kept up to date. */
function Costs({ view: { cost }, batch }: { view: ArchitectureView; batch: number }) {
  if (!cost) return null;
  return (
    <dl className={css.costs}>
      <div>
        <dt>{say('Parameters')}</dt>
        <dd>{countInWords(cost.parameters)}</dd>
      </div>
      <div>
        <dt>{say('Multiply-adds')}</dt>
        <dd>{countInWords(cost.multiplyAdds)}</dd>
      </div>
      <div
        title={say(
          'Activations of a batch of {batch}, weights, gradients and moments: what a step holds at least.',
          { batch },
        )}
      >
        <dt>{say('Memory to train')}</dt>
        <dd>{bytesInWords(trainingBytes(cost, batch))}</dd>
      </div>
    </dl>
  );
}

interface Tile {
  place: BlockPlace;
  box: { x: number; y: number; width: number; height: number };
  words: string;
}

/** The blocks as what can be chosen and changed by keys, over their drawing. */
function Tiles({ tiles, busy }: { tiles: readonly Tile[]; busy: boolean }) {
  const selected = useOptimise((state) => state.selected);
  const holder = useRef<HTMLDivElement>(null);
  const at = tiles.findIndex(({ place }) => place.stage === selected.stage && place.block === selected.block);
  const focusTile = (index: number) => {
    const buttons = holder.current?.querySelectorAll('button');
    buttons?.[Math.max(0, Math.min(index, buttons.length - 1))]?.focus();
  };
  const press = (event: KeyboardEvent) => {
    const history = historyKey(event);
    if (history && !busy) {
      event.preventDefault();
      history();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tiles.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const index = Math.max(0, Math.min(tiles.length - 1, to));
      select(tiles[index].place);
      focusTile(index);
      return;
    }
    if (busy) return;
    const moved = edit(event.key);
    if (moved !== null) {
      event.preventDefault();
      requestAnimationFrame(() => focusTile(moved));
    }
  };
  /** Does what a key asks for; gives the tile that has the focus then, null where the key means nothing here. */
  const edit = (key: string): number | null => {
    const { history } = useOptimise.getState();
    const block = blockAt(history.present, selected);
    if (!block) return null;
    switch (key) {
      case '+':
      case '=':
      case '-':
      case '−': {
        const width = widthStep(block.width, key === '+' || key === '=' ? 1 : -1);
        editArchitecture(withBlock(history.present, selected, { width }));
        return at;
      }
      case 'Insert':
        editArchitecture(withBlockBehind(history.present, selected), {
          ...selected,
          block: selected.block + 1,
        });
        return at + 1;
      case 'Delete':
      case 'Backspace':
        if (placesOf(history.present).length > 1) editArchitecture(withoutBlock(history.present, selected));
        return Math.max(0, Math.min(at, tiles.length - 2));
      default:
        return null;
    }
  };
  return (
    <div role="radiogroup" aria-label={say('Blocks')} ref={holder} onKeyDown={press} className={css.tiles}>
      {tiles.map(({ place, box, words }, i) => (
        // biome-ignore lint/a11y/useSemanticElements: a tile over a drawing, as the film strip's.
        <button
          key={`${place.stage}.${place.block}`}
          type="button"
          role="radio"
          aria-checked={i === at}
          tabIndex={i === Math.max(0, at) ? 0 : -1}
          aria-label={words}
          title={words}
          style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
          onClick={() => select(place)}
        />
      ))}
    </div>
  );
}

function historyKey(event: KeyboardEvent): (() => void) | null {
  if (!(event.ctrlKey || event.metaKey)) return null;
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey ? redo : undo;
  return key === 'y' ? redo : null;
}
