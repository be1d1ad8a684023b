import { textWidth } from '../kit/chart-text';
import { type AxisMargins, axisMargins } from '../kit/layer-axis';
import { NAME_SIZE } from '../kit/layer-names';

/** Narrower columns than this, in pixels, show no picture any more: a strip goes on in another row. */
const NARROWEST = 44;
/** The same where so many layers would make more rows than a page has room for. */
const MANY_ROWS = 8;
const NARROWEST_OF_MANY = 32;
/** Names that take more than this are turned rather than given room. */
const WIDEST_NAME = 82;

interface Strip {
  readonly layers: readonly { readonly name: string }[];
  readonly title?: string;
  readonly caption?: string;
}

/** A strip in rows of equal columns, as even as they come; the first has its title, none its caption. */
export function rowsOfColumns<Data extends Strip>(
  data: Data,
  width: number,
  margins: AxisMargins = axisMargins(width),
): (Data & { columns: number })[] {
  const names = Math.max(...data.layers.map(({ name }) => textWidth(name, NAME_SIZE, 600))) + 4;
  const narrowest = names <= WIDEST_NAME ? Math.max(NARROWEST, names) : NARROWEST;
  const rows = (least: number) => {
    const most = Math.max(1, Math.floor((width - margins.left - margins.right) / least));
    return Math.max(1, Math.ceil(data.layers.length / most));
  };
  const count = rows(narrowest) > MANY_ROWS ? rows(NARROWEST_OF_MANY) : rows(narrowest);
  const columns = Math.ceil(data.layers.length / count);
  return Array.from({ length: count }, (_, row) => ({
    ...data,
    columns,
    layers: data.layers.slice(row * columns, (row + 1) * columns),
    title: row === 0 ? data.title : undefined,
    caption: undefined,
  }));
}
