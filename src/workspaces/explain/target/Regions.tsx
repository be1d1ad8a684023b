import { type PointerEvent, useCallback, useMemo } from 'react';
import { type Context2D, classColour, drawRegionMap } from '../../../figures';
import type { PlaceClasses } from '../../../network/targets/regions';
import type { AnalyseResult } from '../../../saliency/analysis';
import { type OpenPicture, useExplain } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { theWinner } from '../../../state/settings';
import { say } from '../../../text/say';
import { percent } from '../../../text/value-in-words';
import { FigureCanvas, useSize } from '../../../ui/FigureCanvas';
import { change } from '../explain-controller';
import { chosenPlaces, type SeenClass, seenClasses } from './region-view';
import css from './targets.module.css';

/** Classes and regions of one class that are listed; lesser ones can be clicked in the picture. */
const mostClasses = 12;
const mostRegions = 6;

const choose = (place: readonly [number, number]) => change({ ...theWinner, region: place.join() });

/** What the network sees where: its regions over the picture, each to be explained. */
export function Regions() {
  const analysis = useExplain((state) => state.analysis);
  const picture = useExplain((state) => state.picture);
  const places = analysis?.places;
  if (!analysis || !places || !picture) return null;
  return <RegionList analysis={analysis} places={places} picture={picture} />;
}

function RegionList({
  analysis,
  places,
  picture,
}: {
  analysis: AnalyseResult;
  places: PlaceClasses;
  picture: OpenPicture;
}) {
  const theme = useFigureTheme();
  const { ref, width } = useSize<HTMLElement>();
  const seen = useMemo(() => seenClasses(places, analysis.network.labels), [places, analysis]);
  const chosen = useMemo(() => chosenPlaces(analysis), [analysis]);
  const height = Math.round((width * picture.input.height) / picture.input.width);
  const draw = useCallback(
    (context: Context2D) => {
      const ranks = new Map(seen.map(({ index }, rank) => [index, rank]));
      const data = { ...places, picture: picture.display, ranks, chosen };
      drawRegionMap(context, data, { width, height }, theme);
    },
    [places, picture, seen, chosen, width, height, theme],
  );
  const pick = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>) => {
    const box = currentTarget.getBoundingClientRect();
    const column = Math.floor(((clientX - box.left) / box.width) * places.width);
    const row = Math.floor(((clientY - box.top) / box.height) * places.height);
    if (places.classes[row * places.width + column] >= 0) choose([column, row]);
  };
  return (
    <section className={css.regions} aria-labelledby="regions" ref={ref}>
      <h2 id="regions">{say('Regions')}</h2>
      <FigureCanvas
        label={say('Regions of {name}', { name: picture.name })}
        width={width}
        height={height}
        draw={draw}
      >
        <div className={css.picker} aria-hidden="true" onPointerUp={pick} />
      </FigureCanvas>
      <ul>
        {seen.slice(0, mostClasses).map((one, rank) => (
          <ClassRow key={one.index} seen={one} colour={classColour(theme, rank)} chosen={chosen} />
        ))}
      </ul>
      <p>
        {seen.length === 0 && say('The network sees nothing in this picture.')}
        {seen.length > mostClasses && say('And {seen} more. ', { seen: seen.length - mostClasses })}
        {seen.length > 0 &&
          say('Click a region to explain it, or choose a class or one of its regions here.')}
      </p>
    </section>
  );
}

/** A class with its share of the picture, and its regions by number. */
function ClassRow({
  seen: { index, label, share, regions },
  colour,
  chosen,
}: {
  seen: SeenClass;
  colour: string;
  chosen: Uint8Array | null;
}) {
  const { target, region } = useExplain((state) => state.settings);
  const width = useExplain((state) => state.analysis?.places?.width ?? 1);
  const isRegion = region !== null && region !== 'class';
  return (
    <li>
      <button
        type="button"
        aria-pressed={region === 'class' && target === index}
        title={say('Explain {label} wherever it is seen.', { label })}
        onClick={() => change({ ...theWinner, target: index, region: 'class' })}
      >
        <span className={css.swatch} style={{ background: colour }} />
        <span>{label}</span> <span>{percent(share)}</span>
      </button>
      {regions.length > 1 && (
        <span className={css.parts}>
          {regions.slice(0, mostRegions).map(({ place, share: part }, i) => (
            <button
              key={place.join()}
              type="button"
              aria-label={say('{label}, region {i} of {regions}, {part} of the picture', {
                label,
                i: i + 1,
                regions: regions.length,
                part: percent(part),
              })}
              aria-pressed={isRegion && chosen?.[place[1] * width + place[0]] === 1}
              onClick={() => choose(place)}
            >
              {i + 1}
            </button>
          ))}
        </span>
      )}
    </li>
  );
}
