import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import {
  decisionCurves,
  decisionCurvesHeight,
  randomisedWeights,
  randomisedWeightsHeight,
} from '../../../figures';
import { type DecisionTask, useDecision } from '../../../state/decision-store';
import { asMeasured, useExplain } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { Dialog } from '../../../ui/Dialog';
import { ExportMenu } from '../../../ui/ExportMenu';
import { useSize } from '../../../ui/FigureCanvas';
import { Choice, saidOptions } from '../../../ui/fields';
import { SvgFigure } from '../../../ui/SvgFigure';
import { exportCurves, exportRandomised } from '../files/export-decision';
import {
  chooseOrder,
  drawCurves,
  randomDraws,
  randomiseWeights,
  weighAllLayers,
} from './decision-controller';
import { curvesData, randomisedData } from './decision-view';
import { Running } from './Running';
import css from './trust-dialog.module.css';
import { curvesInWords, randomisedInWords } from './trust-words';
import { WeightTable } from './WeightTable';

/** How far the maps of this decision can be trusted: weights by layer, deletion and insertion, randomised weights. */
export function TrustDialog({ part, onClose }: { part: DecisionTask; onClose(): void }) {
  const isNumber = useExplain(({ analysis }) => analysis?.predictions[0]?.probability === null);
  return (
    <Dialog title={say('Can it be trusted?')} onClose={onClose}>
      <Part
        task="weights"
        opened={part}
        heading={say('Weights by layer')}
        begin={weighAllLayers}
        label={say('Weigh')}
        about={say(
          "Every sign is masked in turn: inside it the layer's activation is set to its mean outside, and the rest of the network runs again. At the input the sign's part of the picture is blurred instead. What {part} loses is the weight.",
          { part: isNumber ? say('the number that is explained') : say('the logit of the class') },
        )}
      >
        <WeightTable />
      </Part>
      <Curves opened={part} />
      <Randomised opened={part} />
    </Dialog>
  );
}

/** One question: what it asks, how to ask it, and its answer. */
function Part({
  task,
  opened,
  heading,
  about,
  label,
  begin,
  possible = true,
  children,
}: {
  task: DecisionTask;
  opened: DecisionTask;
  heading: string;
  about: string;
  label: string;
  begin(): Promise<void>;
  possible?: boolean;
  children: ReactNode;
}) {
  const busy = useDecision((state) => state.running !== null);
  const mine = useDecision((state) => state.running?.task === task);
  const id = `trust-${task}`;
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (task === opened) section.current?.scrollIntoView({ block: 'nearest' });
  }, [task, opened]);
  return (
    <section className={css.part} aria-labelledby={id} ref={section}>
      <div className={css.head}>
        <h3 id={id}>{heading}</h3>
        {mine ? (
          <Running />
        ) : (
          <button type="button" disabled={busy || !possible} onClick={() => void begin()}>
            {label}
          </button>
        )}
      </div>
      <p>{about}</p>
      {children}
    </section>
  );
}

function Curves({ opened }: { opened: DecisionTask }) {
  const analysis = useExplain((state) => state.analysis);
  const layer = useExplain((state) => state.layer);
  const decision = useDecision();
  const theme = useFigureTheme();
  const { ref, width } = useSize<HTMLElement>();
  const data = useMemo(() => curvesData({ analysis }, decision), [analysis, decision]);
  const svg = useCallback(() => {
    if (!data || width === 0) return null;
    return decisionCurves(document, data, { width, height: decisionCurvesHeight(width, data) }, theme);
  }, [data, width, theme]);
  const selected = analysis?.layers[layer];
  const isNumber = analysis?.predictions[0]?.probability === null;
  return (
    <Part
      task="curves"
      opened={opened}
      heading={say('Deletion and insertion')}
      begin={drawCurves}
      label={say('Draw for {name}', { name: selected?.name })}
      possible={selected?.outcome === 'evidence'}
      about={say(
        "The picture's pixels are blurred one after the other, those the map calls most salient first; then they are brought back in the same order. A map that finds what the {part} fall fast and rise fast. Shuffled maps show what any map would do.",
        { part: isNumber ? say('number rests on makes it') : say('class rests on makes its probability') },
      )}
    >
      {selected?.outcome === 'none' && (
        <p>
          {say('{name} holds no positive evidence: there is nothing to order pixels by.', {
            name: selected.name,
          })}
        </p>
      )}
      <figure ref={ref}>
        <SvgFigure svg={svg} />
        {data && (
          <figcaption>
            <span>{curvesInWords(data)}</span>
            <ExportMenu
              title={say('Deletion and insertion')}
              table
              print="curves"
              figure={() => exportCurves(asMeasured())}
            />
          </figcaption>
        )}
      </figure>
    </Part>
  );
}

const orders = [
  { value: 'cascading', title: 'from the last one down' },
  { value: 'independent', title: 'one at a time' },
  { value: 'from-the-bottom', title: 'from the first one up' },
] as const;

function Randomised({ opened }: { opened: DecisionTask }) {
  const analysis = useExplain((state) => state.analysis);
  const layer = useExplain((state) => state.layer);
  const decision = useDecision();
  const theme = useFigureTheme();
  const { ref, width } = useSize<HTMLElement>();
  const data = useMemo(() => randomisedData({ analysis, layer }, decision), [analysis, layer, decision]);
  const svg = useCallback(() => {
    if (!data || width === 0) return null;
    return randomisedWeights(document, data, { width, height: randomisedWeightsHeight(width, data) }, theme);
  }, [data, width, theme]);
  return (
    <Part
      task="randomised"
      opened={opened}
      heading={say('Randomised weights')}
      begin={randomiseWeights}
      label={say('Randomise')}
      about={say(
        'The network is destroyed layer by layer: the weights of one after the other are shuffled, {randomDraws} times over, and every map is made anew. A map that stays as it is does not show what the network has learnt, whatever it looks like.',
        { randomDraws },
      )}
    >
      <Choice
        label={say('Layers are randomised')}
        value={decision.order}
        options={saidOptions(orders)}
        disabled={decision.running !== null}
        onChange={chooseOrder}
      />
      <figure ref={ref}>
        <SvgFigure svg={svg} />
        {data && (
          <figcaption>
            <span>{randomisedInWords(data)}</span>
            <ExportMenu
              title={say('Randomised weights')}
              table
              print="randomised"
              figure={() => exportRandomised(asMeasured())}
            />
          </figcaption>
        )}
      </figure>
    </Part>
  );
}
