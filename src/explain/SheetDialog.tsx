import { useEffect, useMemo, useState } from 'react';
import { type PageFormat, pageFormats } from '../figures';
import { useExplain } from '../state/explain-store';
import { Dialog } from './Dialog';
import { ExportMenu } from './ExportMenu';
import { SvgFigure } from './SvgFigure';
import { drawable, exportSheet, previewSheet, type SheetFigure, sheetFigures } from './sheet-figures';
import './sheet.css';

const all = Object.keys(sheetFigures) as SheetFigure[];

/** Chooses figures and a page, shows the sheet and saves it. */
export function SheetDialog({ onClose }: { onClose(): void }) {
  const state = useExplain();
  const possible = useMemo(() => drawable(state), [state]);
  const [wanted, setWanted] = useState<ReadonlySet<SheetFigure>>(
    () => new Set<SheetFigure>(['saliency', 'layers', 'entropy', 'flow']),
  );
  const [format, setFormat] = useState<PageFormat>('a4-portrait');
  const chosen = useMemo(
    () => all.filter((id) => wanted.has(id) && possible.includes(id)),
    [wanted, possible],
  );
  useEffect(() => {
    // The canvas letters what is drawn as a raster: with the page's own typeface once it is there.
    void document.fonts.load("600 11px 'Inter Variable'");
  }, []);
  const toggle = (id: SheetFigure, on: boolean) =>
    setWanted((before) => new Set(all.filter((other) => (other === id ? on : before.has(other)))));
  const preview = useMemo(() => () => previewSheet(state, chosen, format), [state, chosen, format]);
  return (
    <Dialog title="Figure sheet" onClose={onClose}>
      <div className="sheet-maker">
        <div className="sheet-choices">
          <fieldset>
            <legend>Figures</legend>
            {all.map((id) => (
              <label key={id}>
                <input
                  type="checkbox"
                  checked={wanted.has(id)}
                  disabled={!possible.includes(id)}
                  onChange={({ target }) => toggle(id, target.checked)}
                />
                {sheetFigures[id]}
              </label>
            ))}
          </fieldset>
          <label className="sheet-format">
            <span>Page</span>
            <select value={format} onChange={({ target }) => setFormat(target.value as PageFormat)}>
              {Object.entries(pageFormats).map(([id, { title }]) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </label>
          {chosen.length > 0 && (
            <ExportMenu
              title="Figure sheet"
              vector
              table={false}
              figure={() => exportSheet(useExplain.getState(), chosen, format)}
            />
          )}
          <p>
            Figures are arranged so that they are as large as the page allows. Files are drawn on light paper.
          </p>
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys, to be scrolled by them. */}
        <section className="sheet-preview" aria-label="Preview" tabIndex={0}>
          {chosen.length > 0 ? <SvgFigure svg={preview} /> : <p>Choose at least one figure.</p>}
        </section>
      </div>
    </Dialog>
  );
}
