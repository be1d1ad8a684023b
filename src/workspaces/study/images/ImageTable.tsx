import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { StudyAnswer } from '../../../figures/study/study-figures';
import {
  arrangedRows,
  imageRows,
  type RowFilter,
  type RowKey,
  type RowOrder,
} from '../../../study/image-rows';
import type { Study } from '../../../study/study-data';
import { namesClasses } from '../../../study/study-data';
import { columnTitle } from '../../../study/summary/number-columns';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { useSize } from '../../../ui/FigureCanvas';
import { asOptions, Choice, Field, saidOptions } from '../../../ui/fields';
import { columnOf, layerOf } from '../results/figure-data';
import { LayerChoice } from '../results/StudyScatter';
import { useStudy, useViewOf } from '../run/study-store';
import css from '../study.module.css';
import { ImageTableRow, rowHeight } from './ImageTableRow';
import { openInExplain } from './open-in-explain';

/** Rows drawn beyond the edges, so that a quick scroll finds them there. */
const spare = 8;

const answers: { value: StudyAnswer | ''; title: string }[] = [
  { value: '', title: 'all' },
  { value: 'right', title: 'right' },
  { value: 'wrong', title: 'wrong' },
  { value: 'unknown', title: 'class not known' },
];

/** Every image with its numbers: sorted, filtered, and only as many rows drawn as are seen. */
export function ImageTable({ study }: { study: Study }) {
  const view = useViewOf(study);
  const selected = useStudy((state) => state.selected);
  const [filter, setFilter] = useState<RowFilter>({ text: '', label: '', answer: '' });
  const [order, setOrder] = useState<RowOrder>({ by: 'path', descending: false });
  const column = columnOf(study, view.column);
  const layer = layerOf(study, view.layer);
  const all = useMemo(
    () => imageRows(study, columnOf(study, view.column), view.target, layer),
    [study, view.column, view.target, layer],
  );
  const rows = useMemo(() => arrangedRows(all, filter, order), [all, filter, order]);
  const labels = useMemo(() => [...new Set(all.flatMap(({ trueLabel }) => trueLabel ?? []))].sort(), [all]);
  const { ref: scroller, height } = useSize<HTMLDivElement>();
  const [top, setTop] = useState(0);
  const from = Math.max(0, Math.floor(top / rowHeight) - spare);
  const to = Math.min(rows.length, Math.ceil((top + height) / rowHeight) + spare);
  const active = Math.max(
    0,
    rows.findIndex(({ image }) => image === selected),
  );
  const focusing = useRef(false);
  const go = (index: number) => {
    const at = Math.max(0, Math.min(rows.length - 1, index));
    focusing.current = true;
    useStudy.setState({ selected: rows[at].image });
    const box = scroller.current;
    if (!box) return;
    // Below the heading, which stays.
    const [first, last] = [at * rowHeight, (at + 2) * rowHeight];
    if (first < box.scrollTop) box.scrollTop = first;
    if (last > box.scrollTop + box.clientHeight) box.scrollTop = last - box.clientHeight;
  };
  useEffect(() => {
    if (!focusing.current) return;
    const row = scroller.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (!row) return;
    focusing.current = false;
    row.focus({ preventScroll: true });
  });
  const page = Math.max(1, Math.floor(height / rowHeight) - 2);
  const walk = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLTableRowElement) || rows.length === 0) return;
    const steps: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: rows.length - 1,
    };
    if (event.key === 'Enter') void openInExplain(study.images[rows[active].image]);
    else if (event.key in steps) go(steps[event.key]);
    else return;
    event.preventDefault();
  };
  const headings: [RowKey, string][] = [
    ['path', 'Image'],
    ['trueLabel', 'Class'],
    ['predicted', 'Predicted'],
    ['answer', 'Answer'],
    ['probability', namesClasses(study) ? 'Probability' : 'Number'],
    ['value', columnTitle(column)],
    ...(column.null ? ([['null', 'Null']] as [RowKey, string][]) : []),
    ['signs', 'Signs'],
    ['largestShare', 'Largest sign'],
    ['superizations', 'Superization'],
  ];
  return (
    <section className={css.imageTable} aria-labelledby="study-table">
      <header>
        <h2 id="study-table">{say('Images studied')}</h2>
        <Field label={say('Search')}>
          <input
            type="search"
            value={filter.text}
            onChange={({ target }) => setFilter({ ...filter, text: target.value })}
          />
        </Field>
        <Choice
          label={say('Class')}
          value={filter.label}
          options={[{ value: '', title: say('all') }, ...asOptions(labels)]}
          onChange={(label) => setFilter({ ...filter, label })}
        />
        <Choice
          label={say('Answer')}
          value={filter.answer}
          options={saidOptions(answers)}
          onChange={(answer) => setFilter({ ...filter, answer })}
        />
        <LayerChoice study={study} label={say('Numbers at layer')} />
        <span className={css.count}>
          {rows.length === all.length
            ? counted(all.length, 'image')
            : say('{value} of {images}', {
                value: rows.length.toLocaleString('en'),
                images: counted(all.length, 'image'),
              })}
        </span>
      </header>
      <div
        ref={scroller}
        className={css.rows}
        style={{ maxHeight: rowHeight * 13, height: rowHeight * (rows.length + 1) + 2 }}
        onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
      >
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows are walked through by keys and opened, which makes a table a grid.
          role="grid"
          aria-label={say('Images studied')}
          aria-rowcount={rows.length + 1}
          onKeyDown={walk}
        >
          <thead>
            <tr aria-rowindex={1} style={{ height: rowHeight }}>
              {headings.map(([key, name]) => (
                <th
                  key={key}
                  scope="col"
                  className={css[key]}
                  aria-sort={order.by !== key ? 'none' : order.descending ? 'descending' : 'ascending'}
                >
                  <button
                    type="button"
                    onClick={() =>
                      setOrder({ by: key, descending: order.by === key ? !order.descending : isNumber(key) })
                    }
                  >
                    {say(name)}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {from > 0 && <Unseen rows={from} />}
            {rows.slice(from, to).map((row, i) => (
              <ImageTableRow
                key={row.image}
                row={row}
                index={from + i}
                withNull={column.null !== null}
                active={from + i === active}
                selected={row.image === selected}
                onOpen={() => {
                  useStudy.setState({ selected: row.image });
                  void openInExplain(study.images[row.image]);
                }}
              />
            ))}
            {to < rows.length && <Unseen rows={rows.length - to} />}
          </tbody>
        </table>
      </div>
      {rows.length === 0 && <p className={css.pending}>{say('No image is like that.')}</p>}
      <p className={css.note}>
        {say(
          'Numbers of {layer}; superization: on how many steps it happens. A row opens its picture in Explain; with the keyboard, arrow keys choose a row and Enter opens it.',
          { layer: study.layers[layer]?.name },
        )}
      </p>
    </section>
  );
}

/** The room of rows that are not drawn. */
const Unseen = ({ rows }: { rows: number }) => (
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: it takes no focus; it is no row.
  <tr aria-hidden="true" style={{ height: rows * rowHeight }} />
);

/** Largest first is what one looks for in numbers. */
const isNumber = (key: RowKey) =>
  ['probability', 'value', 'null', 'signs', 'largestShare', 'superizations'].includes(key);
