import { useCallback, useMemo } from 'react';
import {
  type TrainingEntropyData,
  trainingCurve,
  trainingCurveHeight,
  trainingEntropy,
  trainingEntropyHeight,
} from '../../../figures';
import { useFigureTheme } from '../../../state/page-theme';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { ExportMenu } from '../../../ui/ExportMenu';
import { useSize } from '../../../ui/FigureCanvas';
import { SvgFigure } from '../../../ui/SvgFigure';
import css from '../optimise.module.css';
import { columnWidth, optimiseFigure, pageWidth } from '../optimise-figure-export';
import { trainingEntropyData, trainingEntropyRows } from './training-profile-view';
import { curveData, curveNames, curveRows } from './training-series';
import { type TrainingRun, useTraining } from './training-store';
import { trainedInWords } from './training-words';

/** The curves of the training on screen, and its entropies. */
export function TrainingFigures() {
  const run = useTraining((state) => state.run);
  if (!run) return null;
  return (
    <section className={css.training} aria-labelledby="training-heading">
      <div className={css.head}>
        <h2 id="training-heading">{say('Training')}</h2>
        <p className={css.about}>{trainedInWords(run)}</p>
      </div>
      <div className={css.curves}>
        <Curve run={run} quantity="loss" />
        <Curve run={run} quantity="accuracy" />
        <Curve run={run} quantity="learningRate" />
      </div>
      <Entropies run={run} />
    </section>
  );
}

function Curve({ run, quantity }: { run: TrainingRun; quantity: 'loss' | 'accuracy' | 'learningRate' }) {
  const history = useTraining((state) => state.history);
  const theme = useFigureTheme();
  const { ref, width } = useSize<HTMLElement>();
  const { stepsPerEpoch } = run;
  const { epochs } = run.recipe;
  const data = useMemo(
    () => curveData(quantity, history, { stepsPerEpoch, epochs }),
    [quantity, history, stepsPerEpoch, epochs],
  );
  const svg = useCallback(
    () =>
      width === 0
        ? null
        : trainingCurve(document, data, { width, height: trainingCurveHeight(width, data) }, theme),
    [data, width, theme],
  );
  const figure = () => {
    const captioned = { ...data, caption: trainedInWords(run) };
    const size = { width: columnWidth, height: trainingCurveHeight(columnWidth, captioned) };
    return optimiseFigure({
      title: data.title,
      name: curveNames[quantity],
      size,
      svg: (owner, paper) => trainingCurve(owner, captioned, size, paper),
      rows: () => curveRows(quantity, history),
    });
  };
  return (
    <figure ref={ref}>
      <SvgFigure svg={svg} />
      <ExportMenu title={data.title} table ready={history.steps.length > 0} figure={figure} />
    </figure>
  );
}

const entropyName = 'Entropy by layer while training';

function Entropies({ run }: { run: TrainingRun }) {
  const epochs = useTraining((state) => state.history.epochs);
  const data = useMemo(() => trainingEntropyData(epochs, run.settings), [epochs, run]);
  return data && <EntropyFigure run={run} data={data} />;
}

function EntropyFigure({ run, data }: { run: TrainingRun; data: TrainingEntropyData }) {
  const theme = useFigureTheme();
  const { ref, width } = useSize<HTMLElement>();
  const svg = useCallback(
    () =>
      width === 0
        ? null
        : trainingEntropy(document, data, { width, height: trainingEntropyHeight(width, data) }, theme),
    [data, width, theme],
  );
  const entropyTitle = say(entropyName);
  const figure = () => {
    const { method, profiled } = run.settings;
    const caption = say(
      '{trained} Means over {pictures} of the entropy of each layer’s {method} map for the class it is taken for; null: the same maps shuffled. Right: 1 − value / null.',
      { trained: trainedInWords(run), pictures: counted(profiled, 'held-out picture'), method },
    );
    const captioned = { ...data, caption };
    const size = { width: pageWidth, height: trainingEntropyHeight(pageWidth, captioned) };
    return optimiseFigure({
      title: entropyTitle,
      name: entropyName,
      size,
      svg: (owner, paper) => trainingEntropy(owner, captioned, size, paper),
      rows: () => trainingEntropyRows(useTraining.getState().history.epochs),
    });
  };
  return (
    <figure ref={ref}>
      <SvgFigure svg={svg} />
      <ExportMenu title={entropyTitle} table ready figure={figure} />
    </figure>
  );
}
