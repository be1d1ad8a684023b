import { textWidth } from '../kit/chart-text';
import { layerAxis } from '../kit/layer-axis';
import { NAME_SIZE } from '../kit/layer-names';

/** Narrower columns than this, in pixels, show no picture any more: a strip goes on in another row. */
const NARROWEST = 44;
/** Names that take more than this are turned rather than given room. */
const WIDEST_NAME = 68;

interface Strip {
  readonly layers: readonly { readonly name: string }[];
  readonly title?: string;
  readonly caption?: string;
}

/** A strip in rows of equal columns, as even as they come; the first has its title, none its caption. */
export function rowsOfColumns<Data extends Strip>(data: Data, width: number): (Data & { columns: number })[] {
  const { left, right } = layerAxis(width, 1);
  const names = Math.max(...data.layers.map(({ name }) => textWidth(name, NAME_SIZE, 600))) + 4;
  const narrowest = names <= WIDEST_NAME ? Math.max(NARROWEST, names) : NARROWEST;
  const most = Math.max(1, Math.floor((right - left) / narrowest));
  const count = Math.max(1, Math.ceil(data.layers.length / most));
  const columns = Math.ceil(data.layers.length / count);
  return Array.from({ length: count }, (_, row) => ({
    ...data,
    columns,
    layers: data.layers.slice(row * columns, (row + 1) * columns),
    title: row === 0 ? data.title : undefined,
    caption: undefined,
  }));
}
