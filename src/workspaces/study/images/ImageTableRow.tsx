import { memo, useEffect, useRef } from 'react';
import type { ImageRow } from '../../../study/image-rows';
import { say } from '../../../text/say';
import css from '../study.module.css';
import { useThumbnail } from './use-thumbnail';

/** In CSS pixels; all rows are alike, so that their places are known without drawing them. */
export const rowHeight = 40;

/** One image. */
export const ImageTableRow = memo(
  function ImageTableRow({
    row,
    index,
    withNull,
    active,
    selected,
    onOpen,
  }: {
    row: ImageRow;
    /** Among the rows as they are arranged. */
    index: number;
    withNull: boolean;
    /** Whether the Tab key reaches it. */
    active: boolean;
    selected: boolean;
    onOpen(): void;
  }) {
    return (
      <tr
        aria-rowindex={index + 2}
        aria-selected={selected}
        tabIndex={active ? 0 : -1}
        className={css[row.answer]}
        style={{ height: rowHeight }}
        onClick={onOpen}
      >
        <th scope="row" className={css.path} title={row.path}>
          <div>
            <Thumbnail path={row.path} />
            <span>{row.path}</span>
          </div>
        </th>
        <td>{row.trueLabel ?? '–'}</td>
        <td>{row.predicted}</td>
        <td className={css.answer}>{row.answer === 'unknown' ? '–' : say(row.answer)}</td>
        <td>{row.said}</td>
        <td>{written(row.value)}</td>
        {withNull && <td>{written(row.null)}</td>}
        <td>{written(row.signs, 0)}</td>
        <td>{Number.isNaN(row.largestShare) ? '–' : `${(100 * row.largestShare).toFixed(0)} %`}</td>
        <td>{row.superizations}</td>
      </tr>
    );
  },
  // What a row does when it is opened depends on nothing else.
  (before, after) =>
    before.row === after.row &&
    before.index === after.index &&
    before.withNull === after.withNull &&
    before.active === after.active &&
    before.selected === after.selected,
);

const written = (value: number, digits = 3) =>
  Number.isNaN(value) ? '–' : value.toFixed(digits).replace('-', '−');

function Thumbnail({ path }: { path: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const bitmap = useThumbnail(path);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !canvas.current) return;
    context.clearRect(0, 0, canvas.current.width, canvas.current.height);
    if (bitmap) context.drawImage(bitmap, 0, 0);
  }, [bitmap]);
  return (
    <span className={css.thumbnail} aria-hidden="true">
      <canvas ref={canvas} width={72} height={72} data-drawn={bitmap !== null} />
    </span>
  );
}
