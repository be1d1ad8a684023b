import { useCallback, useEffect, useMemo } from 'react';
import { type PartAgreementData, partAgreement, partAgreementHeight } from '../../../figures';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { ExportMenu } from '../../../ui/ExportMenu';
import { useSize } from '../../../ui/FigureCanvas';
import { SvgFigure } from '../../../ui/SvgFigure';
import css from '../optimise.module.css';
import { optimiseFigure, pageWidth } from '../optimise-figure-export';
import { useTraining } from '../training/training-store';
import { forgetAgreement, measureAgreement } from './agreement-controller';
import { useAgreement } from './agreement-store';
import { trainedNetwork } from './trained-result';

const name = 'Signs against parts and object';

/** Whether the signs of the trained network mean anything: the parts of Pictographs are known, so it can be asked. */
export function AgreementFigure({ busy }: { busy: boolean }) {
  const ready = useTraining(
    (state) => state.run?.settings.data === 'pictographs' && trainedNetwork(state) !== null,
  );
  const weights = useTraining((state) => state.weights);
  const { layers, about, progress } = useAgreement();
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of the weights that matters.
  useEffect(() => forgetAgreement, [weights]);
  if (!ready) return null;
  return (
    <section className={css.agreement} aria-labelledby="agreement-heading">
      <div className={css.head}>
        <h2 id="agreement-heading">{say('Signs against truth')}</h2>
        <p className={css.about}>
          {say(about) ||
            say(
              'The parts of every scene are known: how well do the signs of each layer overlap them, and how well the whole object, beside the same with the truth moved elsewhere?',
            )}
        </p>
        <div className={css.steps}>
          <button
            type="button"
            disabled={busy || progress !== null}
            onClick={() => void measureAgreement('trained')}
          >
            {progress
              ? say('Scene {done} of {of}', { done: progress.done, of: progress.of })
              : say('Match signs with parts')}
          </button>
        </div>
      </div>
      {layers && <Figure data={layers} about={about} />}
    </section>
  );
}

function Figure({ data: layers, about }: { data: PartAgreementData['layers']; about: string }) {
  const theme = useFigureTheme();
  const { ref, width } = useSize<HTMLElement>();
  const data = useMemo((): PartAgreementData => ({ layers, selected: null, layerNames: true }), [layers]);
  const svg = useCallback(
    () =>
      width === 0
        ? null
        : partAgreement(document, data, { width, height: partAgreementHeight(width, data) }, theme),
    [data, width, theme],
  );
  const title = say(name);
  const figure = () => {
    const captioned = { ...data, title, caption: say(about) };
    const size = { width: pageWidth, height: partAgreementHeight(pageWidth, captioned) };
    return optimiseFigure({
      title,
      name,
      size,
      svg: (owner, paper) => partAgreement(owner, captioned, size, paper),
      rows: () =>
        layers.map(({ name: layer, parts, object }) => ({
          layer,
          parts: parts?.value ?? null,
          'parts null': parts?.null.mean ?? null,
          object: object?.value ?? null,
          'object null': object?.null.mean ?? null,
        })),
    });
  };
  return (
    <figure ref={ref}>
      <SvgFigure svg={svg} />
      <figcaption>
        <ExportMenu title={title} table ready figure={figure} />
      </figcaption>
    </figure>
  );
}
