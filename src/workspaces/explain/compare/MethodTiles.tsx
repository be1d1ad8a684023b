import { useCallback, useMemo } from 'react';
import { type Context2D, drawMethodTiles, methodTilesLayout } from '../../../figures';
import { saliencyMethodNames, slowSaliencyMethods } from '../../../saliency/method-names';
import { useComparison } from '../../../state/comparison-store';
import { asMeasured, useShown } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { ExportMenu } from '../../../ui/ExportMenu';
import { FigureCanvas, useSize } from '../../../ui/FigureCanvas';
import { slowMethodInWords } from '../view-model';
import css from './compare.module.css';
import { comparedMethods } from './compared-methods';
import { addMethod, takeOver } from './comparison';
import { mapInWords, methodTilesData } from './comparison-view';
import { exportMethodTiles } from './export-comparison';

/** The selected layer by all methods, side by side; a click takes a method over. */
export function MethodTiles() {
  const shown = useShown();
  const comparison = useComparison();
  const theme = useFigureTheme();
  const { ref, width } = useSize<HTMLElement>();
  const { of, methods, progress } = comparison;
  const { layer } = shown;
  const data = useMemo(() => methodTilesData({ of, methods }, shown), [of, methods, shown]);
  const { height, boxes, maps } = useMemo(() => methodTilesLayout(width, data), [width, data]);
  const draw = useCallback(
    (context: Context2D) => drawMethodTiles(context, data, { width, height }, theme),
    [data, width, height, theme],
  );
  const compared = of?.layers[layer];
  const title = say('Saliency methods of {name}', { name: compared?.name ?? '' });
  return (
    <figure ref={ref}>
      <div className={css.heading}>
        <h3>{compared && `${compared.name}, ${compared.map.width} × ${compared.map.height}`}</h3>
        <ExportMenu
          title={title}
          table
          figure={() => exportMethodTiles(useComparison.getState(), asMeasured())}
        />
      </div>
      <FigureCanvas label={title} width={width} height={height} draw={draw}>
        {of &&
          comparedMethods.map((method, i) => {
            const there = methods[method]?.[layer];
            const slow = slowSaliencyMethods.includes(method);
            if (!there && !slow) return null;
            const { x, y, width: wide, height: high } = there ? boxes[i] : maps[i];
            const place = { left: x, top: y, width: wide, height: high };
            if (there) {
              return (
                <button
                  key={method}
                  type="button"
                  className={css.cell}
                  aria-label={mapInWords(method, there)}
                  aria-pressed={shown.settings.method === method}
                  title={say('Explain by {value}', { value: saliencyMethodNames[method] })}
                  onClick={() => takeOver(method, layer)}
                  style={place}
                />
              );
            }
            return (
              <div key={method} className={css.absent} style={place}>
                <button
                  type="button"
                  disabled={progress !== null}
                  onClick={() => void addMethod(method, layer)}
                >
                  {say('Add {value}', { value: saliencyMethodNames[method] })}
                </button>
                <span>{slowMethodInWords(method, { ...of, layers: [of.layers[layer]] })}</span>
              </div>
            );
          })}
      </FigureCanvas>
    </figure>
  );
}
