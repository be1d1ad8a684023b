import { useCallback, useMemo, useRef, useState } from 'react';
import {
  searchFront,
  searchFrontHeight,
  searchProfiles,
  searchProfilesHeight,
  searchTree,
  searchTreeLayout,
} from '../../../figures';
import { type Quantity, quantities } from '../../../search/search-results';
import { verdictWords } from '../../../search/search-sentences';
import { useFigureTheme } from '../../../state/page-theme';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { ExportMenu } from '../../../ui/ExportMenu';
import { useSize } from '../../../ui/FigureCanvas';
import { Choice } from '../../../ui/fields';
import { SvgFigure } from '../../../ui/SvgFigure';
import css from '../optimise.module.css';
import { columnWidth, optimiseFigure, pageWidth } from '../optimise-figure-export';
import { SearchLog } from './SearchLog';
import { SearchTable } from './SearchTable';
import { exportSearch, openSearchFile } from './search-controller';
import { type SearchOnPage, useSearch } from './search-store';
import {
  bestInWords,
  costNames,
  networkRows,
  searchFrontData,
  searchProfilesData,
  searchTreeData,
} from './search-view';

type State = NonNullable<SearchOnPage['state']>;

/** The search on screen: what it tries and why, what came of it, and what may be concluded. */
export function SearchResults() {
  const state = useSearch((search) => search.state);
  const weights = useSearch((search) => search.weights);
  const picker = useRef<HTMLInputElement>(null);
  return (
    <section className={css.search} aria-labelledby="search-heading">
      <div className={css.head}>
        <h2 id="search-heading">{say('Search')}</h2>
        {state && <p className={css.about}>{searchedInWords(state)}</p>}
        <div className={css.steps}>
          <button type="button" onClick={() => picker.current?.click()}>
            {say('Open search')}
          </button>
          <button
            type="button"
            disabled={!state || state.networks.length === 0 || weights.length === 0}
            onClick={exportSearch}
          >
            {say('Export search')}
          </button>
        </div>
        <input
          ref={picker}
          type="file"
          hidden
          accept=".json,application/json"
          data-picker="search"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) void openSearchFile(file, file.name);
            target.value = '';
          }}
        />
      </div>
      {state ? (
        <Found state={state} />
      ) : (
        <p className={css.about}>
          {say(
            '“Search” in the bar below looks for a smaller network that decides as well, beginning with the one above. A search that was saved can be opened again.',
          )}
        </p>
      )}
    </section>
  );
}

const searchedInWords = ({ architecture, options, source, backend }: State) => {
  const words = {
    network: say(architecture.title),
    source: say(source),
    tolerance: (options.tolerance * 100).toFixed(1),
    seeds: counted(options.seeds.length, 'seed'),
  };
  const searched =
    options.direction === 'prune'
      ? say('Pruning {network} on {source}, tolerance {tolerance} points, {seeds}', words)
      : say('Growing towards {network} on {source}, tolerance {tolerance} points, {seeds}', words);
  return backend
    ? say('{searched}; {backend}.', { searched, backend: say(backend) })
    : say('{sentence}.', { sentence: searched });
};

function Found({ state }: { state: State }) {
  const { seeds } = state.options;
  const [seed, setSeed] = useState<number | null>(seeds[0]);
  const [quantity, setQuantity] = useState<Quantity>('parameters');
  const shown = seed === null || seeds.includes(seed) ? seed : seeds[0];
  return (
    <>
      <Verdict state={state} quantity={quantity} />
      <div className={css.choices}>
        {seeds.length > 1 && (
          <Choice
            label={say('Seed shown')}
            value={String(shown ?? 'all')}
            options={[
              ...seeds.map((each) => ({ value: String(each), title: String(each) })),
              { value: 'all', title: say('all') },
            ]}
            onChange={(next) => setSeed(next === 'all' ? null : Number(next))}
          />
        )}
        <Choice<Quantity>
          label={say('Cost')}
          value={quantity}
          options={(Object.keys(quantities) as Quantity[]).map((id) => ({
            value: id,
            title: say(id === 'latency' ? 'measured latency' : costNames[id]),
          }))}
          onChange={setQuantity}
        />
      </div>
      <Tree state={state} seed={shown} />
      <div className={css.sideBySide}>
        <Front state={state} quantity={quantity} />
        <Profiles state={state} seed={shown ?? seeds[0]} />
      </div>
      <SearchTable state={state} />
      <SearchLog state={state} />
    </>
  );
}

function Verdict({ state, quantity }: { state: State; quantity: Quantity }) {
  const best = bestInWords(state);
  return (
    <section className={css.verdict} aria-label={say('Verdict')}>
      {best && <p className={css.best}>{best}</p>}
      <ul>
        {verdictWords(state, quantity).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}

function Tree({ state, seed }: { state: State; seed: number | null }) {
  const next = useSearch((search) => search.next);
  const theme = useFigureTheme();
  const { ref, width } = useSize<HTMLDivElement>();
  const data = useMemo(() => searchTreeData(state, next, seed), [state, next, seed]);
  const svg = useCallback(() => {
    if (width === 0 || data.runs.length === 0) return null;
    const { width: full, height } = searchTreeLayout(data, width);
    return searchTree(document, data, { width: full, height }, theme);
  }, [data, width, theme]);
  const name = 'Networks tried';
  const title = say(name);
  const figure = () => {
    const captioned = {
      ...data,
      caption: say(
        '{searched} Areas by parameters; percentages: validation accuracy. Networks below the line were put back.',
        { searched: searchedInWords(state) },
      ),
    };
    const { width: full, height } = searchTreeLayout(captioned, pageWidth);
    const size = { width: full, height };
    return optimiseFigure({
      title,
      name,
      size,
      svg: (owner, paper) => searchTree(owner, captioned, size, paper),
      rows: () => networkRows(state),
    });
  };
  return (
    <figure>
      <figcaption>
        <strong>{title}</strong>
        <ExportMenu title={title} table ready={data.runs.length > 0} figure={figure} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys. */}
      <section className={css.scroll} ref={ref} tabIndex={0} aria-label={say('Tree of the networks tried')}>
        <SvgFigure svg={svg} />
      </section>
    </figure>
  );
}

function Front({ state, quantity }: { state: State; quantity: Quantity }) {
  const theme = useFigureTheme();
  const { ref, width } = useSize<HTMLElement>();
  const data = useMemo(() => searchFrontData(state, quantity), [state, quantity]);
  const some = data.points.length > 0;
  const svg = useCallback(
    () =>
      width === 0 || !some
        ? null
        : searchFront(document, data, { width, height: searchFrontHeight(width, data) }, theme),
    [data, some, width, theme],
  );
  const name = 'Accuracy against cost';
  const title = say(name);
  const figure = () => {
    const captioned = {
      ...data,
      caption: say(
        '{searched} Accuracy on pictures that no choice was made by; lines: fronts chosen on the others.',
        { searched: searchedInWords(state) },
      ),
    };
    const size = { width: columnWidth, height: searchFrontHeight(columnWidth, captioned) };
    return optimiseFigure({
      title,
      name,
      size,
      svg: (owner, paper) => searchFront(owner, captioned, size, paper),
      rows: () => networkRows(state),
    });
  };
  return (
    <figure ref={ref}>
      <SvgFigure svg={svg} />
      {some && <ExportMenu title={title} table ready figure={figure} />}
    </figure>
  );
}

function Profiles({ state, seed }: { state: State; seed: number }) {
  const theme = useFigureTheme();
  const { ref, width } = useSize<HTMLElement>();
  const data = useMemo(() => searchProfilesData(state, seed), [state, seed]);
  const svg = useCallback(
    () =>
      width === 0 || !data
        ? null
        : searchProfiles(document, data, { width, height: searchProfilesHeight(width, data) }, theme),
    [data, width, theme],
  );
  const name = 'Entropy before and after';
  const title = say(name);
  const figure = () => {
    if (!data) return Promise.reject(new Error('there is nothing to draw yet'));
    const captioned = {
      ...data,
      caption: say('{searched} Seed {seed}, order by superization.', {
        searched: searchedInWords(state),
        seed,
      }),
    };
    const size = { width: pageWidth, height: searchProfilesHeight(pageWidth, captioned) };
    return optimiseFigure({
      title,
      name,
      size,
      svg: (owner, paper) => searchProfiles(owner, captioned, size, paper),
      rows: () =>
        data.layers.map(({ name: layer, before, after }) => ({
          layer,
          'entropy before': before?.entropy ?? null,
          'null before': before?.null ?? null,
          'entropy after': after?.entropy ?? null,
          'null after': after?.null ?? null,
        })),
    });
  };
  return (
    <figure ref={ref}>
      <SvgFigure svg={svg} />
      {data && <ExportMenu title={title} table ready figure={figure} />}
    </figure>
  );
}
