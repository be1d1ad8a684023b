import { useEffect, useRef, useState } from 'react';
import { pictograph, pictographClasses } from '../../../pictographs';
import { say } from '../../../text/say';
import { createTurns } from '../../../ui/turns';
import css from '../optimise.module.css';
import { useOptimise } from '../optimise-store';

/** Scenes shown at once: every class twice. */
const COUNT = 20;

/** Scenes of the world that is trained on, as the network reads them; the button draws further ones. */
export function ContactSheet() {
  const seed = useOptimise((state) => state.settings.dataSeed);
  const side = useOptimise((state) => state.settings.side);
  const [page, setPage] = useState(0);
  return (
    <div className={css.contactSheet}>
      <ul aria-label={say('Scenes')}>
        {Array.from({ length: COUNT }, (_, i) => page * COUNT + i).map((index) => (
          <Scene key={`${seed} ${side} ${index}`} seed={seed} side={side} index={index} />
        ))}
      </ul>
      <button type="button" onClick={() => setPage(page + 1)}>
        {say('More scenes')}
      </button>
    </div>
  );
}

const inTurn = createTurns();

function Scene({ seed, side, index }: { seed: number; side: number; index: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [label, setLabel] = useState('');
  useEffect(() => {
    let gone = false;
    void inTurn(() => {
      const context = canvas.current?.getContext('2d');
      if (gone || !context) return;
      const scene = pictograph({ seed, index, side });
      context.putImageData(new ImageData(scene.rgba, side, side), 0, 0);
      setLabel(pictographClasses[scene.label]);
    });
    return () => {
      gone = true;
    };
  }, [seed, side, index]);
  return (
    <li>
      <canvas
        ref={canvas}
        width={side}
        height={side}
        role="img"
        aria-label={say(label || 'not drawn yet')}
        title={say(label)}
      />
    </li>
  );
}
