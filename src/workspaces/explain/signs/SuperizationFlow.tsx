import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { loadCode } from '../../../code/missing-code';
import {
  flowHeight,
  flowLayout,
  lightFlow,
  markFlow,
  signAt,
  signForKey,
  signsInOrder,
  superizationFlow,
} from '../../../figures';
import type { SignRef } from '../../../semiotics';
import { asMeasured, useExplain, useLateLayer } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { ExportMenu } from '../../../ui/ExportMenu';
import { useSize } from '../../../ui/FigureCanvas';
import tooltip from '../../../ui/tooltip.module.css';
import rows from '../layers/instrument.module.css';
import { LayerCursor } from '../layers/LayerCursor';
import { useLayerAxis, useShownSpan } from '../layers/shown-layers';
import { usePreview } from '../picture/use-preview';
import { FigureReading } from '../reading/FigureReading';
import { follow, pointAt, selectLayer } from '../selection';
import { useTurnMarks } from '../turns/InTurn';
import { evidence } from '../verdict/clause-evidence';
import { flowData, signInWords } from './flow-view';
import { SignThresholds } from './SignThresholds';

const title = 'Superization flow';

/** Signs and what becomes of them through all layers; pointer and keys follow one of them, here and in every picture. */
export function SuperizationFlow({ width }: { width: number }) {
  const figure = useRef<HTMLElement>(null);
  useTurnMarks(figure);
  const shown = useLateLayer(
    useExplain(
      useShallow(({ analysis, layer, position, signs, nullSigns }) => ({
        analysis,
        layer: Number.isInteger(position) ? layer : null,
        signs,
        nullSigns,
      })),
    ),
  );
  const followed = useExplain((state) => state.followed);
  const held = useExplain((state) => state.held);
  const theme = useFigureTheme();
  const { ref: plot, height: room } = useSize<HTMLDivElement>();
  const holder = useRef<HTMLDivElement>(null);
  const span = useShownSpan();
  const flow = useExplain(({ settings }) => settings.flow);
  const preview = usePreview();
  const axis = useLayerAxis(width);
  const data = useMemo(() => {
    const all = flowData(shown, flow, preview ?? undefined);
    return all && span ? { ...all, span } : all;
  }, [shown, span, flow, preview]);
  const { analysis, signs } = shown;
  const height = data ? Math.max(room, flowHeight(width, data)) : room;
  // Neither the selected layer nor the null model moves a sign.
  const placed = useMemo(() => {
    const still = flowData({ analysis, signs, layer: 0, nullSigns: null }, flow);
    return still && width > 0 ? flowLayout({ ...still, ...(span && { span }) }, { width, height }) : null;
  }, [analysis, signs, width, height, span, flow]);
  const drawn = useMemo(() => {
    const still = flowData({ analysis, signs, layer: 0, nullSigns: null }, flow, preview ?? undefined);
    const shown = still && { ...still, ...(span && { span }) };
    return shown && placed ? superizationFlow(document, shown, { width, height }, theme, placed) : null;
  }, [analysis, signs, placed, width, height, theme, span, flow, preview]);
  useEffect(() => {
    drawn?.setAttribute('aria-label', say(title));
    holder.current?.replaceChildren(...(drawn ? [drawn] : []));
  }, [drawn]);
  useEffect(() => {
    if (drawn && data && placed) markFlow(drawn, data, placed, { width, height }, theme);
  }, [drawn, data, placed, width, height, theme]);
  useEffect(() => {
    if (drawn && data && placed) lightFlow(drawn, data, placed, theme, signs ? followed : null);
  }, [drawn, data, placed, theme, followed, signs]);

  const [pointed, setPointed] = useState<{ x: number; y: number } | null>(null);
  const count = analysis?.layers.length ?? 0;
  const at = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const under = ({ x, y }: { x: number; y: number }) => (data && placed ? signAt(data, placed, x, y) : null);
  const same = (a: SignRef | null, b: SignRef | null) => a?.layer === b?.layer && a?.sign === b?.sign;
  const move = (event: PointerEvent<HTMLElement>) => {
    if (held) return;
    const place = at(event);
    const sign = under(place);
    setPointed(sign && place);
    pointAt(sign);
  };
  const press = (event: PointerEvent<HTMLElement>) => {
    if (count === 0) return;
    const place = at(event);
    const sign = under(place);
    selectLayer(axis.index(place.x));
    follow(sign, !(held && same(sign, followed)));
    setPointed(sign && place);
  };

  /** The sign to begin with: the greatest of the selected layer, or of the nearest layer that has one. */
  const begin = (): SignRef | null => {
    if (!signs || !placed) return null;
    const { layer: selected } = useExplain.getState();
    const near = signs.layers
      .map((_, layer) => layer)
      .sort((a, b) => Math.abs(a - selected) - Math.abs(b - selected))
      .find((layer) => signs.layers[layer].signs.length > 0);
    return near === undefined ? null : { layer: near, sign: signsInOrder(placed, near)[0] };
  };
  const keyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !data || !placed) return;
    const taken = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (event.key === 'Escape') {
      follow(null);
      return;
    }
    if (event.key === 'Enter') {
      taken();
      const sign = followed ?? begin();
      follow(sign, !held);
      if (sign) selectLayer(sign.layer);
      return;
    }
    const next = followed ? signForKey(data, placed, followed, event.key) : keys.has(event.key) && begin();
    if (!next) return;
    taken();
    goTo(next);
  };
  const goTo = (sign: SignRef | null) => {
    setPointed(null);
    follow(sign, held);
    if (sign) selectLayer(sign.layer);
  };
  const words = signs && followed ? signInWords(shown, followed) : null;
  return (
    <figure
      ref={figure}
      data-part="flow"
      className={`${rows.row} ${rows.flow}`}
      style={{ width }}
      {...evidence('signs')}
    >
      <div
        className={rows.chart}
        ref={plot}
        role="application"
        aria-roledescription={say('flow of signs')}
        aria-label={say('Signs by layer')}
        aria-describedby="followed-sign"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes arrow keys, Enter and Escape.
        tabIndex={0}
        style={{ minHeight: data ? flowHeight(width, data) : undefined }}
        onKeyDown={keyDown}
        onFocus={(event) => {
          if (!followed && event.currentTarget.matches(':focus-visible')) follow(begin());
        }}
        onBlur={() => pointAt(null)}
        onPointerDown={press}
        onPointerMove={move}
        onPointerLeave={() => {
          setPointed(null);
          pointAt(null);
        }}
      >
        <div ref={holder} />
        <LayerCursor width={width} to={placed ? placed.bottom + 4 : undefined} />
        {words && pointed && (
          <div
            className={tooltip.tooltip}
            aria-hidden="true"
            style={{
              left: Math.min(pointed.x + 14, width - 230),
              top: pointed.y > 120 ? pointed.y - 118 : pointed.y + 18,
            }}
          >
            {words
              .split(', ')
              .map((part, i) =>
                i === 0 ? <strong key={part}>{part}</strong> : <span key={part}>{part}</span>,
              )}
          </div>
        )}
      </div>
      <p id="followed-sign" className="visually-hidden" aria-live="polite">
        {words
          ? `${words}${held ? say(', held') : ''}`
          : say(
              'Arrow keys go along links and through the signs of a layer, Enter holds a sign, Escape lets it go.',
            )}
      </p>
      <FigureReading figure="flow" width={width} />
      <SignThresholds byPart={Boolean(data?.parts)} />
      <ExportMenu
        title={say(title)}
        table
        print="flow"
        figure={async () => {
          const { exportFlow } = await loadCode(() => import('../files/export-flow'));
          return exportFlow(asMeasured());
        }}
      />
    </figure>
  );
}

const keys = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End']);
