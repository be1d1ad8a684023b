import { type PointerEvent, useCallback, useMemo } from 'react';
import { type Context2D, classColour, drawBoxPicture } from '../../../figures';
import { areaOf, type Detection } from '../../../network/targets/detections';
import type { BoxPart } from '../../../network/targets/target';
import type { AnalyseResult } from '../../../saliency/analysis';
import { type OpenPicture, useExplain } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { percent } from '../../../text/value-in-words';
import { FigureCanvas, useSize } from '../../../ui/FigureCanvas';
import { change } from '../explain-controller';
import { boxName } from './box-name';
import { boxPartChoices, explainBox } from './box-parts';
import css from './targets.module.css';

/** Boxes that are listed, and drawn clearly, beside the chosen one; the others are faint, and can be clicked in the picture. */
const mostListed = 20;

/** What a detector finds: its boxes over the picture, each to be explained. */
export function Boxes() {
  const analysis = useExplain((state) => state.analysis);
  const picture = useExplain((state) => state.picture);
  const boxes = analysis?.boxes;
  if (!analysis || !boxes || !picture) return null;
  return <BoxList analysis={analysis} boxes={boxes} picture={picture} />;
}

function BoxList({
  analysis,
  boxes,
  picture,
}: {
  analysis: AnalyseResult;
  boxes: readonly Detection[];
  picture: OpenPicture;
}) {
  const theme = useFigureTheme();
  const { ref, width } = useSize<HTMLElement>();
  const chosen = analysis.target.kind === 'box' ? analysis.target.box : null;
  const height = Math.round((width * picture.input.height) / picture.input.width);
  const shown = useMemo(() => {
    const classes = [...new Set(boxes.map(({ index }) => index))];
    return boxes.map((one, place) => ({
      ...one,
      isFaint: place >= mostListed && one.box !== chosen,
      rank: classes.indexOf(one.index),
      name: boxName(one, analysis),
      label: `${boxName(one, analysis)} ${percent(one.score)}`,
      chosen: one.box === chosen,
    }));
  }, [boxes, analysis, chosen]);
  const listed = shown.filter(({ isFaint }) => !isFaint);
  const draw = useCallback(
    (context: Context2D) =>
      drawBoxPicture(context, { picture: picture.display, boxes: shown }, { width, height }, theme),
    [picture, shown, width, height, theme],
  );
  const pick = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>) => {
    const frame = currentTarget.getBoundingClientRect();
    const at = [(clientX - frame.left) / frame.width, (clientY - frame.top) / frame.height] as const;
    const under = smallestAt(boxes, at);
    if (under) explainBox(under.box);
  };
  return (
    <section className={css.boxes} aria-labelledby="boxes" ref={ref}>
      <h2 id="boxes">{say('Boxes')}</h2>
      <FigureCanvas
        label={say('Boxes in {name}', { name: picture.name })}
        width={width}
        height={height}
        draw={draw}
      >
        <div className={css.picker} aria-hidden="true" onPointerUp={pick} />
      </FigureCanvas>
      <ul>
        {listed.map(({ box, name, score, rank, chosen: isChosen }) => (
          <li key={box}>
            <button
              type="button"
              aria-pressed={isChosen}
              title={say('Explain box {box}.', { box })}
              onClick={() => explainBox(isChosen ? null : box)}
            >
              <span className={css.swatch} style={{ background: classColour(theme, rank) }} />
              <span>{name}</span> <span>{percent(score)}</span>
            </button>
          </li>
        ))}
      </ul>
      {chosen !== null && <PartChoice />}
      <p>
        {boxes.length === 0 && say('The network finds nothing in this picture.')}
        {boxes.length > listed.length && say('And {boxes} more. ', { boxes: boxes.length - listed.length })}
        {boxes.length > 0 && say('Click a box to explain it, or choose it here.')}
      </p>
    </section>
  );
}

/** What of the box is explained. */
function PartChoice() {
  const part = useExplain((state) => state.settings.part);
  return (
    <label>
      <span>{say('Of this box')}</span>
      <select value={part} onChange={({ target }) => change({ part: target.value as BoxPart })}>
        {boxPartChoices().map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Of boxes one in another the inner one, which could not be clicked otherwise. */
function smallestAt(boxes: readonly Detection[], [x, y]: readonly [number, number]): Detection | null {
  const under = boxes.filter(
    ({ corners: [left, top, right, bottom] }) => x >= left && x <= right && y >= top && y <= bottom,
  );
  return under.sort((a, b) => areaOf(a.corners) - areaOf(b.corners))[0] ?? null;
}
