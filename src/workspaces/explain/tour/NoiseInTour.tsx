import { useCallback, useMemo, useState } from 'react';
import { entropyChart, entropyChartHeight } from '../../../figures';
import { noiseMaps, noiseSides } from '../../../semiotics/falling-noise';
import { useExplain, useStillSettings } from '../../../state/explain-store';
import { useMeasuredMaps } from '../../../state/measured-maps';
import { useFigureTheme } from '../../../state/page-theme';
import { noiseInWords } from '../../../text/noise-in-words';
import { say } from '../../../text/say';
import { useSize } from '../../../ui/FigureCanvas';
import { SvgFigure } from '../../../ui/SvgFigure';
import { measureLabel } from '../view-model';
import styles from './tour.module.css';

const title = 'Entropy of noise by size';

/** Noise at the sizes of layers, measured as the maps on screen are, beside its null: what falls with nothing in it to aggregate. */
export function NoiseInTour() {
  const settings = useStillSettings();
  const side = useExplain(({ analysis }) => analysis?.network.inputShape[0] ?? null);
  const { measure, levels, neighbourhood, torus, grid } = settings;
  const [seed, setSeed] = useState(1);
  const maps = useMemo(() => noiseMaps(seed), [seed]);
  const entropy = useMemo(
    () => ({ measure, levels, neighbourhood, torus }),
    [measure, levels, neighbourhood, torus],
  );
  const measured = useMeasuredMaps(maps, grid === 'input' ? side : null, entropy, seed);
  const theme = useFigureTheme();
  const { ref, width } = useSize<HTMLDivElement>();
  const svg = useCallback(() => {
    if (width === 0) return null;
    const data = {
      ...{ measure: measureLabel(settings), valueName: say('noise'), selected: null, layerNames: true },
      layers: noiseSides.map((own, i) => ({
        ...{ name: `${own} × ${own}`, width: own, height: own },
        value: measured?.layers[i]?.value ?? null,
        null: measured?.layers[i]?.null ?? null,
        structure: measured?.layers[i]?.structure ?? null,
      })),
    };
    const drawn = entropyChart(document, data, { width, height: entropyChartHeight(width, data) }, theme);
    drawn.setAttribute('aria-label', say(title));
    return drawn;
  }, [width, measured, settings, theme]);
  return (
    <div className={styles.noise} ref={ref}>
      <SvgFigure svg={svg} />
      <p aria-live="polite">{measured ? noiseInWords(measured, noiseSides) : say('Measuring …')}</p>
      <button type="button" onClick={() => setSeed(seed + 1)}>
        {say('Other noise')}
      </button>
    </div>
  );
}
