import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Measurement } from '../../engine/measure/measure-methods';
import { type EntropyChartData, entropyChart, entropyChartHeight } from '../../figures';
import { ENTROPY_MEASURES, type EntropyMeasure } from '../../semiotics';
import { noiseMaps, noiseSides, publishedNoise } from '../../semiotics/falling-noise';
import { useExplain } from '../../state/explain-store';
import { useMeasuredMaps } from '../../state/measured-maps';
import { useFigureTheme } from '../../state/page-theme';
import { noiseInWords } from '../../text/noise-in-words';
import { say } from '../../text/say';
import { useSize } from '../../ui/FigureCanvas';
import css from './about.module.css';

/** Size in pixels that maps are resized to on the `input` grid, where no picture gives another. */
const inputSide = 224;

const gridOf = (grid: Choices['grid'], side: number) => (grid === 'input' ? side : null);

interface Choices {
  measure: EntropyMeasure;
  levels: number;
  grid: 'native' | 'input';
}

/** Independent noise at the sizes of a network's layers, measured live, and beside it the picture that is open. */
export function NoiseFalls() {
  const [choices, setChoices] = useState<Choices>({ measure: 'aura-matrix', levels: 256, grid: 'native' });
  const [seed, setSeed] = useState(1);
  const analysis = useExplain((state) => state.analysis);
  const picture = useExplain((state) => state.picture?.name);
  const noise = useMemo(() => noiseMaps(seed), [seed]);
  const real = useMemo(() => analysis?.layers.map(({ map }) => map) ?? null, [analysis]);
  const inputShape = analysis?.network.inputShape;
  const { measure, levels, grid } = choices;
  const entropy = useMemo(() => ({ measure, levels }), [measure, levels]);
  const noiseMeasured = useMeasuredMaps(noise, gridOf(grid, inputSide), entropy, seed);
  const realMeasured = useMeasuredMaps(real, gridOf(grid, inputShape?.[0] ?? inputSide), entropy, 1);
  const row = ENTROPY_MEASURES.find(({ id }) => id === measure) as (typeof ENTROPY_MEASURES)[number];
  const label = { name: say(row.name), unit: row.unit };
  const known = publishedNoise(measure, levels, grid);
  const chartOf = (
    layers: readonly { name: string; width: number; height: number; outcome?: 'evidence' | 'none' }[],
    measured: Measurement | null,
    valueName: string,
  ): EntropyChartData => ({
    measure: label,
    valueName,
    selected: null,
    layerNames: true,
    layers: layers.map((layer, i) => {
      const found = layer.outcome === 'none' ? null : measured?.layers[i];
      return {
        ...layer,
        value: found?.value ?? null,
        null: found?.null ?? null,
        structure: found?.structure ?? null,
      };
    }),
  });
  const noiseChart = chartOf(
    noiseSides.map((side) => ({ name: `${side} × ${side}`, width: side, height: side })),
    noiseMeasured,
    say('noise'),
  );
  const realChart =
    analysis &&
    chartOf(
      analysis.layers.map(({ name, map, outcome }) => ({
        name,
        width: map.width,
        height: map.height,
        outcome,
      })),
      realMeasured,
      say('image'),
    );
  const choose = (change: Partial<Choices>) => setChoices((before) => ({ ...before, ...change }));
  return (
    <div className={css.demonstration}>
      <div className={css.demonstrationControls}>
        <label>
          <span>{say('Measure')}</span>
          <select
            aria-label={say('Measure of the demonstration')}
            value={measure}
            onChange={({ target }) => choose({ measure: target.value as EntropyMeasure })}
          >
            {ENTROPY_MEASURES.map(({ id, name }) => (
              <option key={id} value={id}>
                {say(name)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{say('Levels')}</span>
          <select
            aria-label={say('Levels of the demonstration')}
            value={levels}
            onChange={({ target }) => choose({ levels: Number(target.value) })}
          >
            <option>256</option>
            <option>16</option>
          </select>
        </label>
        <label>
          <span>{say('Grid')}</span>
          <select
            aria-label={say('Grid of the demonstration')}
            value={grid}
            onChange={({ target }) => choose({ grid: target.value as Choices['grid'] })}
          >
            <option value="native">{say('native')}</option>
            <option value="input">{say('input')}</option>
          </select>
        </label>
        <label>
          <span>{say('Seed')}</span>
          <input
            aria-label={say('Seed of the noise')}
            type="number"
            min={1}
            max={999}
            value={seed}
            onChange={({ target }) => {
              const chosen = Math.round(target.valueAsNumber);
              if (chosen >= 1 && chosen <= 999) setSeed(chosen);
            }}
          />
        </label>
      </div>
      <figure>
        <figcaption>{say('Independent noise at five sizes: nothing in it to aggregate')}</figcaption>
        <Chart name={say('Entropy of noise by size')} data={noiseChart} />
      </figure>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls, and has to be reached by keys for it. */}
      <section className={css.table} aria-label={say('Noise in numbers')} tabIndex={0}>
        <table>
          <caption className="visually-hidden">{say('Entropy of noise by size')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('Size')}</th>
              <th scope="col">{say('Noise')}</th>
              <th scope="col">{say('Null')}</th>
              {known && <th scope="col">{say('Mean of many, by NumPy')}</th>}
            </tr>
          </thead>
          <tbody>
            {noiseSides.map((side, i) => {
              const found = noiseMeasured?.layers[i];
              return (
                <tr key={side}>
                  <th scope="row">
                    {side} × {side}
                  </th>
                  <td>{found ? number(found.value) : '…'}</td>
                  <td>{found?.null ? `${number(found.null.mean)} ± ${number(found.null.sd)}` : '…'}</td>
                  {known && <td>{number(known[i])}</td>}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <p className={css.finding} aria-live="polite">
        {noiseMeasured ? noiseInWords(noiseMeasured, noiseSides) : say('Measuring …')}
      </p>
      <figure>
        <figcaption>
          {realChart
            ? say('A real decision, measured alike: “{picture}”, {id}', { picture, id: analysis.network.id })
            : say('A real decision appears here once a picture is read.')}
        </figcaption>
        {realChart && <Chart name={say('Entropy of the open picture by layer')} data={realChart} />}
      </figure>
    </div>
  );
}

function Chart({ name, data }: { name: string; data: EntropyChartData }) {
  const theme = useFigureTheme();
  const { ref, width } = useSize<HTMLDivElement>();
  const holder = useRef<HTMLDivElement>(null);
  const title = useId();
  useEffect(() => {
    if (width === 0) return;
    const size = { width, height: entropyChartHeight(width, data) + 40 };
    const svg = entropyChart(document, data, size, theme);
    svg.setAttribute('aria-label', name);
    svg.id = title;
    holder.current?.replaceChildren(svg);
  }, [name, data, width, theme, title]);
  return (
    <div ref={ref} className={css.demonstrationChart}>
      <div ref={holder} />
    </div>
  );
}

const number = (value: number) => value.toFixed(3).replace('-', '−');
