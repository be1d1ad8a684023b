import { useEffect, useMemo, useState } from 'react';
import type { FigureExport } from '../export';
import { type PageFormat, pageFormats } from '../figures';
import { say } from '../text/say';
import { Dialog } from './Dialog';
import { ExportMenu } from './ExportMenu';
import { FigureChecks } from './FigureChecks';
import { SvgFigure } from './SvgFigure';
import css from './sheet-maker.module.css';

/** Chooses figures and a page, shows the sheet and saves it. */
export function SheetMaker<Id extends string>({
  figures,
  possible,
  initially,
  ready,
  preview,
  figure,
  onPrint,
  onClose,
}: {
  /** What a sheet can hold, by id, in the order in which it stands there. */
  figures: Readonly<Record<Id, string>>;
  /** What can be drawn now. */
  possible: readonly Id[];
  /** What is chosen at first. */
  initially: readonly Id[];
  /** As in `ExportMenu`. */
  ready?: boolean;
  /** The sheet as it is previewed; the same function for as long as it draws the same. */
  preview(chosen: readonly Id[], format: PageFormat): SVGSVGElement | null;
  figure(chosen: readonly Id[], format: PageFormat): Promise<FigureExport>;
  /** Goes on to figures by themselves, at the size they have in print; left out where there is no such dialog. */
  onPrint?(): void;
  onClose(): void;
}) {
  const all = useMemo(() => Object.keys(figures) as Id[], [figures]);
  const [wanted, setWanted] = useState<ReadonlySet<Id>>(() => new Set(initially));
  const [format, setFormat] = useState<PageFormat>('a4-portrait');
  const chosen = useMemo(
    () => all.filter((id) => wanted.has(id) && possible.includes(id)),
    [all, wanted, possible],
  );
  useEffect(() => {
    // The canvas letters what is drawn as a raster: with the page's own typeface once it is there.
    void document.fonts.load("600 11px 'Inter Variable'");
  }, []);
  const drawn = useMemo(() => () => preview(chosen, format), [preview, chosen, format]);
  return (
    <Dialog title={say('Figure sheet')} onClose={onClose}>
      <div className={css.maker}>
        <div className={css.choices}>
          <FigureChecks figures={figures} possible={possible} wanted={wanted} onChange={setWanted} />
          <label>
            <span>{say('Page')}</span>
            <select value={format} onChange={({ target }) => setFormat(target.value as PageFormat)}>
              {Object.entries(pageFormats).map(([id, { title }]) => (
                <option key={id} value={id}>
                  {say(title)}
                </option>
              ))}
            </select>
          </label>
          {chosen.length > 0 && (
            <ExportMenu title={say('Figure sheet')} ready={ready} figure={() => figure(chosen, format)} />
          )}
          <p>
            {say(
              'Figures are arranged so that they are as large as the page allows. Files are drawn on white paper.',
            )}
          </p>
          {onPrint && (
            <>
              <p>
                {say(
                  'For a column or a slide figures are laid out one by one, with letters of a size you choose.',
                )}
              </p>
              <button type="button" onClick={onPrint}>
                {say('Print size')}
              </button>
            </>
          )}
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys, to be scrolled by them. */}
        <section className={css.preview} aria-label={say('Preview')} tabIndex={0}>
          {chosen.length > 0 ? <SvgFigure svg={drawn} /> : <p>{say('Choose at least one figure.')}</p>}
        </section>
      </div>
    </Dialog>
  );
}
