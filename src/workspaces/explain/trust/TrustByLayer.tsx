import { type MouseEvent, useCallback, useEffect, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { trustByLayer, trustByLayerHeight, trustLayerAt } from '../../../figures/faithfulness/trust-by-layer';
import { asMeasured, useExplain } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { useTrust } from '../../../state/trust-store';
import { say } from '../../../text/say';
import { ExportMenu } from '../../../ui/ExportMenu';
import { useSize } from '../../../ui/FigureCanvas';
import { SvgFigure } from '../../../ui/SvgFigure';
import { useEver } from '../../../ui/use-ever';
import asked from '../decision/running.module.css';
import reading from '../reading/reading.module.css';
import { Why } from '../reading/Why';
import { selectLayer } from '../selection';
import { exportTrust } from './export-trust';
import css from './trust.module.css';
import {
  everyMeasure,
  faithfulnessMeasures,
  isQuick,
  measureTrustBy,
  stopTrust,
  watchTrust,
} from './trust-controller';
import { trustByLayerData, whichLayerInWords } from './trust-view';

/** How far the maps on screen can be trusted, layer by layer, and which layer holds best. */
export function TrustByLayer() {
  useEffect(watchTrust, []);
  const shown = useExplain((state) => state.analysis !== null);
  return shown ? <Trust /> : null;
}

function Trust() {
  const analysis = useExplain((state) => state.analysis);
  const measured = useExplain((state) => state.measurement !== null);
  const { values, running, problem } = useTrust();
  const inWords = whichLayerInWords({ analysis }, { values });
  const known = values?.[0] ?? {};
  // Text and chart come together the first time, where they come by themselves.
  const comes = !useEver(Boolean(values || problem || running?.asked || !isQuick()));
  const lacks = (measures: readonly string[]) => measures.some((id) => !(id in known));
  const asks = [
    { label: say('Measure faithfulness'), measures: faithfulnessMeasures },
    { label: say('All measures'), measures: everyMeasure },
  ];
  return (
    <section className={css.trust} aria-labelledby="trust-by-layer" data-comes={comes || undefined}>
      <div className={reading.head}>
        <h2 id="trust-by-layer">{say('How far can this be trusted?')}</h2>
        <Why of="how far maps can be trusted" section="randomised" />
      </div>
      <p aria-live="polite">
        {inWords ??
          (running || isQuick()
            ? say('Measured when nothing else is under way.')
            : say('With this network and method it takes many passes: measured when you ask for it.'))}
      </p>
      <Chart />
      {running?.asked ? (
        <div className={asked.running}>
          <progress
            aria-label={say(running.progress.text)}
            {...(running.progress.fraction === null ? {} : { value: running.progress.fraction })}
            max={1}
          />
          <span>{say(running.progress.text)}</span>
          <button type="button" onClick={stopTrust}>
            {say('Stop')}
          </button>
        </div>
      ) : (
        <div className={css.asks}>
          {asks
            .filter(({ measures }) => lacks(measures))
            .map(({ label, measures }) => (
              <button
                key={label}
                type="button"
                disabled={!measured}
                onClick={() => void measureTrustBy(measures)}
              >
                {label}
              </button>
            ))}
        </div>
      )}
      {problem && <p className={asked.problem}>{say(problem)}</p>}
    </section>
  );
}

/** Every measure on one axis of layers; a click takes the layer under it. */
function Chart() {
  const { analysis, measurement, settings, layer } = useExplain(
    useShallow((state) => ({
      ...{ analysis: state.analysis, measurement: state.measurement },
      ...{ settings: state.settings, layer: state.layer },
    })),
  );
  const values = useTrust((state) => state.values);
  const theme = useFigureTheme();
  const { ref, width } = useSize<HTMLElement>();
  const data = useMemo(
    () => trustByLayerData({ analysis, measurement, settings, layer }, { values }),
    [analysis, measurement, settings, layer, values],
  );
  const svg = useCallback(() => {
    if (!data || width === 0) return null;
    return trustByLayer(document, data, { width, height: trustByLayerHeight(width, data) }, theme);
  }, [data, width, theme]);
  const pick = ({ clientX, currentTarget }: MouseEvent<HTMLDivElement>) => {
    const { left } = currentTarget.getBoundingClientRect();
    selectLayer(trustLayerAt(clientX - left, width, data?.layers.length ?? 1));
  };
  return (
    <figure ref={ref}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: layers are chosen by keys with the slider and the film strip. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the same. */}
      <div className={css.chart} onClick={data ? pick : undefined}>
        <SvgFigure svg={svg} />
      </div>
      {data && (
        <figcaption>
          <span>{say('Each in its own scale. Ringed: the layer that holds best.')}</span>
          <ExportMenu
            title={say('Trust by layer')}
            print="trust"
            table
            figure={() => exportTrust(asMeasured())}
          />
        </figcaption>
      )}
    </figure>
  );
}
