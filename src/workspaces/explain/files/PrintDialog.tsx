import { useEffect, useMemo, useState } from 'react';
import { download, type FigureExport } from '../../../export';
import { type PrintKind, type PrintOptions, printedSvg, printFigure } from '../../../export/print-figure';
import { layoutWidth, type PrintSize, printSizes } from '../../../export/print-look';
import { settle, warn } from '../../../state/alerts';
import { asMeasured, useExplain } from '../../../state/explain-store';
import { closePrint, usePrint } from '../../../state/print-store';
import { messageOf } from '../../../text/message-of';
import { say } from '../../../text/say';
import { Dialog } from '../../../ui/Dialog';
import { FigureChecks } from '../../../ui/FigureChecks';
import { SvgFigure } from '../../../ui/SvgFigure';
import { networkCalled } from '../network/network-called';
import { offered } from '../versus/export-versus';
import style from './print.module.css';
import { isThere, type PrintFigure, printed, printFigureIds, printFigures } from './print-figures';

type SizeId = keyof typeof printSizes | 'own';

const kinds: Record<PrintKind, string> = { pdf: 'PDF', svg: 'SVG', png: 'PNG' };

/** What is chosen at first. */
const initial = {
  size: 'column' as SizeId,
  own: { width: 12, letters: 7 },
  kind: 'pdf' as PrintKind,
  dpi: 300,
};

/** Lays figures out for a width in print, shows them at that size and saves them. */
export function PrintDialog() {
  const state = useExplain();
  const request = usePrint((print) => print.request);
  const possible = printFigureIds.filter((id) => isThere(state, id));
  const [wanted, setWanted] = useState<ReadonlySet<PrintFigure>>(
    () => new Set(printFigureIds.filter((id) => id === (request?.figure ?? 'layers'))),
  );
  const [choice, setChoice] = useState(initial);
  const [paper, setPaper] = useState<PrintOptions['paper']>('white');
  const [caption, setCaption] = useState(false);
  const [name, setName] = useState(networkCalled(state));
  const [note, setNote] = useState('');
  const chosen = possible.filter((id) => wanted.has(id));
  const chosenIds = chosen.join();
  const size: PrintSize = choice.size === 'own' ? choice.own : printSizes[choice.size];
  const { width, letters } = size;
  const figures = useFigures(chosenIds, { width, letters }, { caption, name });
  const options = useMemo<PrintOptions>(
    () => ({ width, letters, paper, dpi: choice.dpi }),
    [width, letters, paper, choice.dpi],
  );

  const save = async () => {
    try {
      for (const figure of figures) {
        const { bytes, mime, fileName } = await printFigure(figure, choice.kind, options);
        download(bytes, mime, fileName);
      }
      settle('export');
      setNote(
        figures.length === 1 ? say('Saved.') : say('{figures} figures saved.', { figures: figures.length }),
      );
    } catch (error) {
      warn('export', say('The figures could not be exported: {reason}.', { reason: messageOf(error) }));
    }
  };
  const captions = figures.map((figure) => `${figure.title}. ${figure.caption ?? ''}`).join('\n\n');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(captions);
      setNote(say('Caption copied.'));
    } catch {
      setNote(say('The browser does not let this page copy: select the text instead.'));
    }
  };

  return (
    <Dialog title={say('Print size')} onClose={closePrint}>
      <div className={style.maker}>
        <form
          className={style.choices}
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <FigureChecks
            figures={offered(printFigures, state)}
            possible={possible}
            wanted={wanted}
            onChange={setWanted}
          />
          <label>
            <span>{say('Width')}</span>
            <select
              value={choice.size}
              onChange={({ target }) => setChoice({ ...choice, size: target.value as SizeId })}
            >
              {Object.entries(printSizes).map(([id, { title }]) => (
                <option key={id} value={id}>
                  {say(title)}
                </option>
              ))}
              <option value="own">{say('Own')}</option>
            </select>
          </label>
          {choice.size === 'own' && (
            <>
              <NumberField
                label={say('Centimetres')}
                value={choice.own.width}
                range={[4, 100]}
                onChange={(own) => setChoice({ ...choice, own: { ...choice.own, width: own } })}
              />
              <NumberField
                label={say('Smallest letters, points')}
                value={choice.own.letters}
                range={[7, 60]}
                onChange={(own) => setChoice({ ...choice, own: { ...choice.own, letters: own } })}
              />
            </>
          )}
          <label>
            <span>{say('Network’s name')}</span>
            <input type="text" value={name} onChange={({ target }) => setName(target.value)} />
          </label>
          <label>
            <span>{say('Paper')}</span>
            <select value={paper} onChange={({ target }) => setPaper(target.value as typeof paper)}>
              <option value="white">{say('white')}</option>
              <option value="transparent">{say('transparent')}</option>
            </select>
          </label>
          <label className={style.check}>
            <input type="checkbox" checked={caption} onChange={({ target }) => setCaption(target.checked)} />
            {say('Caption in the figure')}
          </label>
          <label>
            <span>{say('File')}</span>
            <select
              value={choice.kind}
              onChange={({ target }) => setChoice({ ...choice, kind: target.value as PrintKind })}
            >
              {Object.entries(kinds).map(([id, title]) => (
                <option key={id} value={id}>
                  {say(title)}
                </option>
              ))}
            </select>
          </label>
          <NumberField
            label={choice.kind === 'png' ? say('Pixels an inch') : say('Pixels an inch of pictures in it')}
            value={choice.dpi}
            range={[72, 1200]}
            onChange={(dpi) => setChoice({ ...choice, dpi })}
          />
          <div className={style.actions}>
            <button type="submit" disabled={figures.length === 0}>
              {figures.length > 1 ? say('Save figures') : say('Save figure')}
            </button>
            <output>{note}</output>
          </div>
          {captions && (
            <div className={style.caption}>
              <label>
                <span>{say('Caption, for the text beside')}</span>
                <textarea readOnly rows={6} value={captions} />
              </label>
              <button type="button" onClick={() => void copy()}>
                {say('Copy caption')}
              </button>
            </div>
          )}
        </form>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys, to be scrolled by them. */}
        <section className={style.preview} aria-label={say('Preview')} tabIndex={0}>
          {figures.map((figure) => (
            <Preview key={figure.title} figure={figure} options={options} />
          ))}
          <p>
            {figures.length > 0
              ? say('At true size: {value} cm wide, letters of at least {value2} points.', {
                  value: Number(width.toFixed(1)),
                  value2: Number(letters.toFixed(1)),
                })
              : say('Choose at least one figure.')}
          </p>
        </section>
      </div>
    </Dialog>
  );
}

/** The figures as they are laid out for print; the last ones until the next are there. */
function useFigures(
  chosen: string,
  { width, letters }: PrintSize,
  { caption, name }: { caption: boolean; name: string },
): readonly FigureExport[] {
  const state = useExplain();
  const [figures, setFigures] = useState<readonly FigureExport[]>([]);
  useEffect(() => {
    let current = true;
    const ids = chosen.split(',').filter(Boolean) as PrintFigure[];
    const look = { width: layoutWidth({ width, letters }), caption };
    const named = { ...asMeasured(state), networkName: name || undefined };
    Promise.all(ids.map(async (id) => printed(named, id, look))).then(
      (drawn) => current && setFigures(drawn),
      (error) =>
        current &&
        warn('export', say('The figures could not be drawn: {reason}.', { reason: messageOf(error) })),
    );
    return () => {
      current = false;
    };
  }, [chosen, width, letters, caption, name, state]);
  return figures;
}

/** A figure on its paper, as large as it will be. */
function Preview({ figure, options }: { figure: FigureExport; options: PrintOptions }) {
  const drawn = useMemo(
    () => () => printedSvg(figure, { ...options, dpi: Math.min(options.dpi, 200) }),
    [figure, options],
  );
  return (
    <div className={options.paper === 'transparent' ? style.transparent : style.paper}>
      <SvgFigure svg={drawn} />
    </div>
  );
}

/** A number that counts once it lies within its range. */
function NumberField({
  label,
  value,
  range: [least, most],
  onChange,
}: {
  label: string;
  value: number;
  range: readonly [number, number];
  onChange(value: number): void;
}) {
  const [text, setText] = useState(String(value));
  return (
    <label>
      <span>{label}</span>
      <input
        type="number"
        step="any"
        min={least}
        max={most}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          const number = Number(target.value);
          if (number >= least && number <= most) onChange(number);
        }}
      />
    </label>
  );
}
