import { useEffect, useRef, useState } from 'react';
import { loadCode } from '../../../code/missing-code';
import type { AnimationExport, AnimationKind } from '../../../export';
import { settle, warn } from '../../../state/alerts';
import { asMeasured, useExplain } from '../../../state/explain-store';
import { messageOf } from '../../../text/message-of';
import { say } from '../../../text/say';
import { MenuButton } from '../../../ui/MenuButton';
import { filmKindNames, filmKindsHere } from './film-kinds';
import css from './transport.module.css';

const cannotEncode = (error: unknown) => error instanceof Error && error.name === 'NoCodecError';

const throughLayers = async (): Promise<AnimationExport> => {
  const { exportFilm } = await loadCode(() => import('./export-film'));
  return exportFilm(asMeasured());
};

/**
 * The button that saves a film, and while it does, how far it is and the way out.
 * @param film what is saved; left out, the way through all layers
 */
export function SaveAnimation({
  title = say('Save animation'),
  ready: given,
  film = throughLayers,
}: {
  title?: string;
  ready?: boolean;
  film?(): Promise<AnimationExport>;
}) {
  const analysed = useExplain(({ measurement, signs }) => measurement !== null && signs !== null);
  const ready = given ?? analysed;
  const [refused, setRefused] = useState<AnimationKind[]>([]);
  const [share, setShare] = useState<number | null>(null);
  const saving = useRef<AbortController>(null);
  const place = useRef<HTMLSpanElement>(null);
  /** Whether the button that was replaced had the focus: the one in its place then takes it. */
  const takesFocus = useRef(false);
  const busy = share !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the one button takes the other's place.
  useEffect(() => {
    if (takesFocus.current) place.current?.querySelector('button')?.focus();
  }, [busy]);
  useEffect(() => () => saving.current?.abort(), []);
  const save = async (kind: AnimationKind) => {
    const controller = new AbortController();
    saving.current = controller;
    takesFocus.current = true;
    setShare(0);
    try {
      const [shown, { download, renderAnimation }] = await Promise.all([
        film(),
        loadCode(() => import('../../../export')),
      ]);
      const { bytes, mime, fileName } = await renderAnimation(shown, kind, {
        signal: controller.signal,
        onProgress: setShare,
      });
      download(bytes, mime, fileName);
      settle('export');
    } catch (error) {
      if (cannotEncode(error)) setRefused((others) => [...others, kind]);
      if (!controller.signal.aborted)
        warn('export', say('The animation could not be saved: {reason}.', { reason: messageOf(error) }));
    } finally {
      takesFocus.current = place.current?.contains(document.activeElement) ?? false;
      setShare(null);
    }
  };
  const offered = filmKindsHere().filter((kind) => !refused.includes(kind));
  if (share !== null) {
    return (
      <span className={css.saving} ref={place}>
        <progress aria-label={say('Saving the animation')} value={share} max={1} />
        <span>{Math.round(share * 100)} %</span>
        <button type="button" onClick={() => saving.current?.abort()}>
          {say('Cancel saving')}
        </button>
      </span>
    );
  }
  return (
    <span ref={place}>
      <MenuButton
        title={title}
        side="top"
        disabled={!ready}
        items={offered.map((kind) => ({ title: filmKindNames[kind], onSelect: () => void save(kind) }))}
        found={offered.map((kind) => filmKindNames[kind]).join(' ')}
      />
    </span>
  );
}
