import { useCallback } from 'react';
import { trustNumber } from '../../../figures/faithfulness/trust-by-layer';
import { saliencyMethodNames } from '../../../saliency/method-names';
import type { Study } from '../../../study/study-data';
import { toldApart } from '../../../study/study-words';
import type { EntropyAndTrust } from '../../../study/trust/entropy-and-trust';
import type { Telling } from '../../../study/trust/mistakes';
import { zeroMaps } from '../../../study/trust/zero-maps';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { useSummary } from '../results/use-summary';
import { type Comparison, useStudy } from '../run/study-store';
import { MethodsByMeasures } from './MethodsByMeasures';
import { Scrolled } from './Scrolled';
import { TellingPairs } from './TellingPairs';
import css from './trust.module.css';
import { entropyAndTrustSummary, mistakesSummary, unfamiliarSummary } from './trust-summaries';

/** How far the maps of a study can be trusted, and whether entropy tells; nothing where nobody asked. */
export function Trust({ study }: { study: Study }) {
  const comparison = useStudy((state) => state.comparison);
  if (!study.settings.trust) return null;
  return (
    <section className={css.trust} aria-labelledby="study-trust">
      <h2 id="study-trust">{say('Trust')}</h2>
      <p>{masksInWords(study)}</p>
      <MaskNotes study={study} />
      <ZeroMaps study={study} />
      <MethodsByMeasures study={study} />
      <Together study={study} />
      <Mistakes study={study} />
      <TellingPairs study={study} />
      {comparison?.study.settings.trust && comparison.study.settings.weights === 'trained' && (
        <Unfamiliar study={study} comparison={comparison} />
      )}
    </section>
  );
}

function Mistakes({ study }: { study: Study }) {
  return (
    <Tellings
      heading={say('Does entropy see mistakes?')}
      about={say(
        'How well each number tells wrong answers from right ones: area under the ROC curve, 0.5 for not at all. Regressions are judged on images they were not fitted on.',
      )}
      none="All answers are right, or the classes are not known: there are no mistakes to tell."
      make={useCallback(() => mistakesSummary(study), [study])}
    />
  );
}

/** The study that is compared with, as a set of other images. */
function Unfamiliar({ study, comparison }: { study: Study; comparison: Comparison }) {
  const { study: other } = comparison;
  const { second } = toldApart(study, other);
  return (
    <Tellings
      heading={say('Does entropy see what is unfamiliar?')}
      about={say('How well each number tells the images of “{second}” from those of this study.', { second })}
      none={say('There is nothing to tell apart.')}
      make={useCallback(() => unfamiliarSummary(study, other), [study, other])}
    />
  );
}

/** Which pictures could be held against masks. */
export function masksInWords({ images }: Pick<Study, 'images'>): string {
  const found = images.filter(({ maskShare }) => maskShare !== undefined);
  if (found.length === 0) {
    const none = say(
      'No image has a mask: localisation is not measured. Masks lie in folders “masks”, or as PNG beside the images; boxes as XML of PASCAL VOC or JSON of COCO.',
    );
    if (!images.some(({ path }) => /(^|\/)masks\//i.test(path))) return none;
    return `${none}${say(' What lies in the folder “masks” was studied as images, because none of it has the name of another image.')}`;
  }
  const empty = found.filter(({ maskShare }) => maskShare === 0).length;
  const without = images.length - found.length;
  const parts = [
    say(found.length === 1 ? '{images} of {all} has a mask' : '{images} of {all} have masks', {
      images: counted(found.length, 'image'),
      all: images.length,
    }),
  ];
  if (empty > 0)
    parts.push(
      say(
        empty === 1
          ? '{empty} of them is empty, where nothing can be found'
          : '{empty} of them are empty, where nothing can be found',
        { empty },
      ),
    );
  if (without > 0) parts.push(say('localisation is measured on those only'));
  return say('{sentence}.', { sentence: parts.join(say('; ')) });
}

/** Most notes on masks that are shown; all are in the study's file. */
const MOST_NOTES = 50;

/** What there is to say of single masks: not used, and why, or scaled. */
function MaskNotes({ study: { images } }: { study: Study }) {
  const noted = images.filter(({ maskNote }) => maskNote !== undefined);
  if (noted.length === 0) return null;
  const unused = noted.filter(({ maskShare }) => maskShare === undefined).length;
  const scaled = noted.length - unused;
  const said = [
    ...(unused > 0 ? [say('{masks} not used', { masks: counted(unused, 'mask') })] : []),
    ...(scaled > 0
      ? [say('{masks} of another size than the image', { masks: counted(scaled, 'mask') })]
      : []),
  ];
  return (
    <details>
      <summary>{said.join(say(', '))}</summary>
      <ul>
        {noted.slice(0, MOST_NOTES).map(({ path, maskNote }) => (
          <li key={path}>{say('The mask of {path} {maskNote}', { path, maskNote: say(maskNote ?? '') })}</li>
        ))}
      </ul>
      {noted.length > MOST_NOTES && <p>{say('The others are told of in the study’s files.')}</p>}
    </details>
  );
}

/** Where maps are zero everywhere: which methods, at which layers, of how many images. */
function ZeroMaps({ study }: { study: Study }) {
  const found = zeroMaps(study);
  if (found.length === 0) return null;
  const maps = found.reduce((sum, { images }) => sum + images, 0);
  return (
    <details>
      <summary>
        {maps === 1
          ? say('1 map is zero everywhere, with no trust to measure')
          : say('{maps} are zero everywhere, with no trust to measure', { maps: counted(maps, 'map') })}
      </summary>
      <ul>
        {found.map(({ method, layer, images }) => (
          <li key={`${method} ${layer}`}>
            {say('{method} at {layer}: of {images}', {
              method: say(saliencyMethodNames[method]),
              layer: study.layers[layer].name,
              images: counted(images, 'image'),
            })}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Together({ study }: { study: Study }) {
  const rows = useSummary(useCallback(() => entropyAndTrustSummary(study), [study]));
  const known = (rows ?? []).filter(
    ({ acrossLayers, withinLayers }) => acrossLayers || withinLayers.some((found) => found),
  );
  return (
    <>
      <h3>{say('Does entropy go with trust?')}</h3>
      {known.length === 0 ? (
        <p className={css.note}>
          {rows === null
            ? say('Not computed yet.')
            : say('There are too few images, or no measure of the study’s own method varies.')}
        </p>
      ) : (
        <Scrolled>
          <table aria-label={say('Entropy and trust')}>
            <thead>
              <tr>
                <th scope="col">{say('Measure')}</th>
                <th scope="col">{say('with')}</th>
                <th scope="col">{say('across layers')}</th>
                <th scope="col">{say('within a layer, strongest')}</th>
                <th scope="col">{say('layers where p < .05')}</th>
              </tr>
            </thead>
            <tbody>
              {known.map((row) => (
                <TogetherRow key={`${row.measure} ${row.number}`} row={row} study={study} />
              ))}
            </tbody>
          </table>
        </Scrolled>
      )}
      <p className={css.note}>
        {say(
          'Rank correlations. Across layers: within each image, mean over the images with its bootstrap band. Within a layer: across the images, p by Student’s t. Corrected for all rows and layers (Holm).',
        )}
      </p>
    </>
  );
}

function TogetherRow({ row, study }: { row: EntropyAndTrust; study: Study }) {
  const { acrossLayers: across, withinLayers } = row;
  const within = withinLayers.flatMap((found, layer) => (found ? [{ ...found, layer }] : []));
  const strongest = within.reduce<(typeof within)[number] | null>(
    (best, one) => (!best || Math.abs(one.correlation) > Math.abs(best.correlation) ? one : best),
    null,
  );
  return (
    <tr>
      <th scope="row">{say(row.name)}</th>
      <td>{say(row.number)}</td>
      <td className={across && across.p < 0.05 ? css.first : undefined}>
        {across ? trustNumber(across.band.mean) : '–'}
        {across && (
          <span>
            {say('{low} to {high}', {
              low: trustNumber(across.band.low),
              high: trustNumber(across.band.high),
            })}
          </span>
        )}
      </td>
      <td className={strongest && strongest.p < 0.05 ? css.first : undefined}>
        {strongest ? trustNumber(strongest.correlation) : '–'}
        {strongest && (
          <span>
            {say('{low} to {high}, {name}', {
              low: trustNumber(strongest.low),
              high: trustNumber(strongest.high),
              name: study.layers[strongest.layer].name,
            })}
          </span>
        )}
      </td>
      <td>
        {say('{value} of {all}', {
          value: within.filter(({ p }) => p < 0.05).length,
          all: within.length,
        })}
      </td>
    </tr>
  );
}

function Tellings({
  heading,
  about,
  none,
  make,
}: {
  heading: string;
  about: string;
  none: string;
  make(): Promise<Telling[]>;
}) {
  const found = useSummary(make);
  const known = (found ?? []).flatMap(({ name, found: area }) => (area ? [{ name, ...area }] : []));
  return (
    <>
      <h3>{heading}</h3>
      {known.length === 0 ? (
        <p className={css.note}>{found === null ? say('Not computed yet.') : say(none)}</p>
      ) : (
        <>
          <p>{about}</p>
          <Scrolled>
            <table aria-label={heading}>
              <thead>
                <tr>
                  <th scope="col">{say('Number')}</th>
                  <th scope="col">{say('area')}</th>
                  <th scope="col">{say('95 % band')}</th>
                </tr>
              </thead>
              <tbody>
                {known.map(({ name, area, low, high }) => (
                  <tr key={name}>
                    <th scope="row">{say(name)}</th>
                    <td className={low > 0.5 || high < 0.5 ? css.first : undefined}>{trustNumber(area)}</td>
                    <td>{say('{low} to {high}', { low: trustNumber(low), high: trustNumber(high) })}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrolled>
          <p className={css.note}>
            {say('{images} against {second}. Bands are not corrected for the number of rows.', {
              images: counted(known[0].first, 'image'),
              second: known[0].second,
            })}
          </p>
        </>
      )}
    </>
  );
}
