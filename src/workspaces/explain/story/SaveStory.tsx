import { useEffect, useRef, useState } from 'react';
import { loadCode } from '../../../code/missing-code';
import type { RenderedFigure } from '../../../export';
import type { AnimationKind } from '../../../export/animation';
import { useExplain } from '../../../state/explain-store';
import { messageOf } from '../../../text/message-of';
import { say } from '../../../text/say';
import { filmKindNames, filmKindsHere } from '../playback/film-kinds';
import styles from './story.module.css';

type Kind = AnimationKind | 'page' | 'slides';

/** How a story leaves: as a page, as slides, or as a film. */
export function SaveStory() {
  const [open, setOpen] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const saving = useRef<AbortController>(null);
  useEffect(() => () => saving.current?.abort(), []);
  const save = async (kind: Kind) => {
    const controller = new AbortController();
    saving.current = controller;
    setOpen(false);
    setProblem(null);
    setShare(0);
    try {
      const { bytes, mime, fileName } = await rendered(kind, controller.signal, setShare);
      const { download } = await loadCode(() => import('../../../export'));
      if (!controller.signal.aborted) download(bytes, mime, fileName);
    } catch (error) {
      if (!controller.signal.aborted) setProblem(`The story could not be saved: ${messageOf(error)}.`);
    }
    setShare(null);
  };
  if (share !== null) {
    return (
      <span className={styles.saving}>
        <progress aria-label={say('Saving the story')} {...(share > 0 && { value: share })} max={1} />
        <button type="button" className="quiet" onClick={() => saving.current?.abort()}>
          {say('Cancel saving')}
        </button>
      </span>
    );
  }
  const choices: [Kind, string][] = [
    ['page', 'Web page'],
    ['slides', 'Slides, PDF'],
    ...filmKindsHere().map((kind): [Kind, string] => [kind, `Film, ${filmKindNames[kind]}`]),
  ];
  return (
    <span className={styles.save}>
      <button type="button" className="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
        {say('Save story')}
      </button>
      {open && (
        <span className={styles.kinds}>
          {choices.map(([kind, title]) => (
            <button key={kind} type="button" onClick={() => void save(kind)}>
              {title}
            </button>
          ))}
        </span>
      )}
      {problem && (
        <span className={styles.problem} role="alert">
          {problem}
        </span>
      )}
    </span>
  );
}

async function rendered(
  kind: Kind,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<RenderedFigure> {
  const state = useExplain.getState();
  if (kind === 'page' || kind === 'slides') {
    const { exportPage, exportSlides } = await loadCode(() => import('./export-story'));
    return kind === 'page' ? exportPage(state) : exportSlides(state);
  }
  const [{ exportStoryFilm }, { renderAnimation }] = await Promise.all([
    loadCode(() => import('./export-story-film')),
    loadCode(() => import('../../../export')),
  ]);
  return renderAnimation(await exportStoryFilm(state), kind, { signal, onProgress });
}
