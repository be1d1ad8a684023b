import { loadCode } from '../code/missing-code';
import type { FigureExport } from '../export';
import { type ExportKind, rasterKinds } from '../export/export-kinds';
import { settle, warn } from '../state/alerts';
import { useExplain } from '../state/explain-store';
import { askForPrint } from '../state/print-store';
import { messageOf } from '../text/message-of';
import { say } from '../text/say';
import css from './export-menu.module.css';
import { MenuButton } from './MenuButton';

const kindNames: Record<ExportKind, string> = {
  png: 'PNG',
  'png-2x': 'PNG, 2x',
  'png-300': 'PNG, 300 dpi',
  svg: 'SVG',
  pdf: 'PDF',
  csv: 'CSV',
};

/** The button that saves one figure. */
export function ExportMenu({
  title,
  table = false,
  print,
  ready: given,
  figure,
}: {
  title: string;
  /** Whether there are numbers behind it, that leave as CSV. */
  table?: boolean;
  /** What the dialog for print calls it; left out for figures that are not laid out for print. */
  print?: string;
  /** Whether there is something to export; left out, whether a picture is analysed and measured. */
  ready?: boolean;
  figure(): Promise<FigureExport>;
}) {
  const analysed = useExplain(({ measurement, signs }) => measurement !== null && signs !== null);
  const ready = given ?? analysed;
  const save = async (kind: ExportKind) => {
    try {
      const { download, renderFigure } = await loadCode(() => import('../export'));
      const { bytes, mime, fileName } = await renderFigure(await figure(), kind);
      download(bytes, mime, fileName);
      settle('export');
    } catch (error) {
      warn('export', `${title} could not be exported: ${messageOf(error)}.`);
    }
  };
  const itemOf = (kind: ExportKind) => ({ title: kindNames[kind], onSelect: () => void save(kind) });
  const items = [
    ...[...rasterKinds, 'svg' as const, 'pdf' as const].map(itemOf),
    ...(print ? [{ title: say('Print size …'), onSelect: () => askForPrint(print) }] : []),
    ...(table ? [itemOf('csv')] : []),
  ];
  return (
    <MenuButton
      title={say('Export')}
      label={say('Export {title}', { title })}
      // Its plain name is for the figures it stands in, which give it its place.
      className={`export ${css.export}`}
      disabled={!ready}
      items={items}
      found={items.map((item) => item.title).join(' ')}
    />
  );
}
