import { parseArgs } from 'node:util';
import { type BackendPreference, backendNames } from '../../src/backend/backend-names';
import {
  localisationMeasures,
  quickMeasures,
  roadPercentages,
  TRUST_MEASURES,
  type TrustMeasure,
} from '../../src/faithfulness/trust/trust-measures';
import type { NetworkReading } from '../../src/network/network-request';
import { outputReads } from '../../src/network/output-kind';
import { type InputScaling, inputScalingNames } from '../../src/network/scaling/input-scaling';
import { type BoxPart, boxParts } from '../../src/network/targets/target';
import {
  hasOwnLayers,
  layerMethods,
  type SaliencyMethod,
  saliencyMethodNames,
} from '../../src/saliency/method-names';
import {
  type MapSmoothing,
  mapSmoothingNames,
  smoothingOf,
} from '../../src/saliency/smoothing/map-smoothing';
import { ENTROPY_MEASURES, type EntropyMeasure } from '../../src/semiotics';
import { explainSettings, inputSizes } from '../../src/state/settings';
import type { Shard } from '../../src/study/run/choose-pictures';
import { type StudySettings, studyAgainst, studyBoxes } from '../../src/study/study-data';
import { shardOf, UsageError } from '../command-line';
import { inLines } from '../in-lines';

export interface StudyOptions {
  settings: StudySettings;
  /** Output to explain and size of the pictures, where the network's file leaves them open; null as usual. */
  reading: Pick<NetworkReading, 'output' | 'size'>;
  backend: BackendPreference;
  /** Folder or archive of the pictures. */
  images: string;
  /** File of the results: .parquet, .csv or .json.gz. */
  out: string;
  shard: Shard | null;
  /** File that names the network's class for folders which are not called like one. */
  classes: string | null;
  /** File with the names of the network's classes. */
  labels: string | null;
  resume: boolean;
  /** Whether pictures that cannot be read are an error. */
  strict: boolean;
}

export const overview = `npx supersign [--port N] [--no-open]      serves the page, at port 4173 unless N is given, and opens it
npx supersign COMMAND [options]           npx supersign COMMAND --help lists the options

  open      serves the page and opens it with a picture and a network of yours
  explain   pictures explained as the Explain workspace does: figures, analysis files, tables. Needs no browser
  compare   several saliency methods of every picture side by side. Needs no browser
  study     every picture of a set measured as the Study workspace does, in Chromium without a window
  merge     parts of a study put together
  train     trains a network as the Optimise workspace does, in Chromium without a window
  search    prunes or grows a network by superization, and by controls, in Chromium without a window

  npx supersign open dog.jpg --model resnet18.onnx
  npx supersign explain --model photos10 --images photos/ --out figures/ --figures heat,flow --format pdf
  npx supersign study --model photos10 --images photos/ --out study.parquet

Exit codes: 0 done, 1 done but pictures failed (--strict), 2 usage, 3 pictures or network cannot be read, 4 no browser or the
engine failed, 5 interrupted (--resume goes on; train and search go on by themselves).`;

export const mergeUsage = `npx supersign merge FILE... --out FILE

Puts the parts together that "study --shard" wrote, whatever machines they ran on. Files are Parquet (.parquet) or studies
(.json.gz); the result may be CSV (.csv) too. Parts with a picture in common, other settings or another network are refused.

  npx supersign merge study/shard-*.parquet --out study.parquet

Exit codes: 0 done, 2 usage, 3 a file cannot be read, or they do not belong together.`;

export const studyUsage = `npx supersign study --model MODEL --images FOLDER|ZIP --out FILE [options]

Measures every picture of a set, as the Study workspace does, in Chromium without a window. FILE is Parquet (.parquet), CSV
(.csv) or a study (.json.gz); Parquet and studies open in the Study workspace. Progress: a line of JSON an event.

  --model MODEL          photos10, pictographs, the path or the address of a model.json, .onnx, .keras or .h5 file
  --images PATH          folder or zip archive, with a folder a class, or split/class
  --out FILE             where the results go
  --split NAME           only pictures of this split ("val").  --sample N: only N pictures, drawn by the seed
  --shard I/N            only the I-th of N parts, I from 1; the parts have no picture in common
  --resume               goes on with what an interrupted run left in FILE.part; does nothing where FILE is there
  --classes FILE         JSON: class, by name or number, for folders that are not called like one
  --labels FILE          names of the network's classes, one a line or as JSON
  --method METHOD        ${inLines(Object.keys(saliencyMethodNames), 25)}
  --smooth HOW           ${Object.keys(mapSmoothingNames).join(', ')}: how maps are smoothed
  --measures LIST        ${inLines(
    ENTROPY_MEASURES.map(({ id }) => id),
    25,
  )}
  --trust MEASURES       how far maps can be trusted, of the predicted class: any of quick,
                         ${inLines(
                           TRUST_MEASURES.map(({ id }) => id),
                           25,
                         )};
                         masks lie in folders "masks" or as PNG beside pictures, boxes as XML (VOC) or JSON (COCO)
  --trust-methods LIST   methods whose maps are asked; else that of --method.  --trust-draws N: by so many randomised twins too
  --road-percentages L   shares of the pixels that ROAD takes away, in percent; 10 to 90 unless given
  --against WHAT         ${studyAgainst.join(', ')}: a class against all others, those most like it, or itself
  --box surest           a detector's surest box in place of a class.  --part PART: ${boxParts.join(', ')}
  --pooling              pooling layers beside the convolutions.  --strict: exit code 1 where a picture failed
  --weights KIND         trained, or randomised: all shuffled by the seed.  --backend BACKEND: auto, ${backendNames.join(', ')}
  --scaling SCALING      ${Object.keys(inputScalingNames).join(', ')}; else as the network's file tells, or a guess
  --reads READS          auto, classes (one unit tells two classes), number; else as the network's output tells
  --output NAME          the output that is explained, of several.  --size N: rows and columns, where the network takes any
  --levels N  --grid input|native  --neighbourhood 4|8  --torus  --tau SHARE  --theta SHARE  --shuffles N  --seed N

Exit codes: 0 done, 1 done but pictures failed (--strict), 2 usage, 3 pictures or network cannot be read, 4 no browser or the
engine failed, 5 interrupted (--resume goes on).`;

/** @throws UsageError */
export function parseStudyOptions(args: string[]): StudyOptions {
  const { values } = parsed(args);
  const required = (name: 'model' | 'images' | 'out') => {
    const value = values[name];
    if (!value) throw new UsageError(`--${name} is missing.`);
    return value;
  };
  const measures = (values.measures ?? 'aura-matrix').split(',');
  const settings: StudySettings = {
    model: required('model'),
    inputScaling:
      values.scaling === undefined
        ? null
        : oneOf<InputScaling>('scaling', values.scaling, keys(inputScalingNames)),
    ...readsOf(values.reads),
    method: oneOf<SaliencyMethod>('method', values.method ?? 'grad-cam', keys(saliencyMethodNames)),
    ...smoothOf(values),
    ...explainedOf(values),
    pooling: values.pooling ?? false,
    measures: measures.map((measure) =>
      oneOf<EntropyMeasure>(
        'measures',
        measure,
        ENTROPY_MEASURES.map(({ id }) => id),
      ),
    ),
    levels: whole('levels', values.levels ?? '256', 2, 1024),
    grid: oneOf('grid', values.grid ?? 'input', ['input', 'native']),
    neighbourhood: oneOf('neighbourhood', values.neighbourhood ?? '4', ['4', '8']) === '4' ? 4 : 8,
    torus: values.torus ?? false,
    tau: share('tau', values.tau ?? '0.1'),
    theta: share('theta', values.theta ?? '0.2'),
    shuffles: whole('shuffles', values.shuffles ?? '32', 1),
    seed: whole('seed', values.seed ?? '1', 0),
    sample: values.sample === undefined ? null : whole('sample', values.sample, 1),
    split: values.split ?? null,
    weights: oneOf('weights', values.weights ?? 'trained', ['trained', 'randomised']),
    ...trustOf(values),
  };
  return {
    settings,
    reading: { output: values.output ?? null, size: values.size === undefined ? null : sizeOf(values.size) },
    backend: oneOf<BackendPreference>('backend', values.backend ?? 'auto', ['auto', ...backendNames]),
    images: required('images'),
    out: outFile(required('out')),
    shard: values.shard === undefined ? null : shardOf(values.shard),
    classes: values.classes ?? null,
    labels: values.labels ?? null,
    resume: values.resume ?? false,
    strict: values.strict ?? false,
  };
}

/** @throws UsageError */
export function parseMergeOptions(args: string[]): { files: string[]; out: string } {
  const { values, positionals } = parsed(args, true);
  if (positionals.length === 0) throw new UsageError('There are no files to merge.');
  if (!values.out) throw new UsageError('--out is missing.');
  return { files: positionals, out: outFile(values.out) };
}

/** What is explained of every picture, where it is not its class by itself. @throws UsageError */
function explainedOf({
  against,
  box,
  part,
}: {
  against?: string;
  box?: string;
  part?: string;
}): Pick<StudySettings, 'against' | 'box' | 'part'> {
  if (box === undefined) {
    if (part !== undefined) throw new UsageError('--part belongs to --box, which is missing.');
    return against === undefined ? {} : { against: oneOf('against', against, studyAgainst) };
  }
  if (against !== undefined) {
    throw new UsageError('--against sets classes against each other, and --box explains a box. Choose one.');
  }
  const asked = oneOf<BoxPart>('part', part ?? 'score', boxParts);
  return { box: oneOf('box', box, studyBoxes), ...(asked === 'score' ? {} : { part: asked }) };
}

/** How maps are smoothed, as far as that applies to the method. @throws UsageError */
function smoothOf({
  method = 'grad-cam',
  smooth = 'none',
}: {
  method?: string;
  smooth?: string;
}): Pick<StudySettings, 'smooth'> {
  const asked = oneOf<MapSmoothing>('smooth', smooth, keys(mapSmoothingNames));
  const applied = smoothingOf(oneOf<SaliencyMethod>('method', method, keys(saliencyMethodNames)), asked);
  if (applied !== asked) {
    throw new UsageError(`--smooth ${smooth}: ${method} has no such smoothing.`);
  }
  return applied === 'none' ? {} : { smooth: applied };
}

/** What is asked of trust; nothing where nobody asks. @throws UsageError */
function trustOf(values: {
  trust?: string;
  method?: string;
  'trust-methods'?: string;
  'road-percentages'?: string;
  'trust-draws'?: string;
}): Pick<StudySettings, 'trust'> {
  const { trust, method = 'grad-cam', 'trust-methods': methods = method } = values;
  if (trust === undefined) {
    const alone = (['trust-methods', 'road-percentages', 'trust-draws'] as const).find(
      (name) => values[name] !== undefined,
    );
    if (alone) throw new UsageError(`--${alone} belongs to --trust, which is missing.`);
    return {};
  }
  const measures = TRUST_MEASURES.map(({ id }) => id);
  const own = oneOf<SaliencyMethod>('method', method, keys(saliencyMethodNames));
  const allowed = hasOwnLayers(own) ? [own] : layerMethods;
  return {
    trust: {
      methods: methods.split(',').map((each) => oneOf<SaliencyMethod>('trust-methods', each, allowed)),
      measures: [
        ...new Set(
          trust
            .split(',')
            .flatMap((measure) =>
              measure === 'quick'
                ? [...quickMeasures, ...localisationMeasures]
                : [oneOf<TrustMeasure>('trust', measure, measures)],
            ),
        ),
      ],
      percentages: values['road-percentages']
        ?.split(',')
        .map((each) => whole('road-percentages', each, 1, 99)) ?? [...roadPercentages],
      ...(values['trust-draws'] === undefined
        ? {}
        : { draws: whole('trust-draws', values['trust-draws'], 1, 99) }),
    },
  };
}

/** @throws UsageError */
function sizeOf(value: string): number {
  const size = explainSettings.size.parse(value);
  if (size) return size;
  const { least, most } = inputSizes;
  throw new UsageError(`--size ${value}: expected a whole number from ${least} to ${most}.`);
}

function readsOf(value = 'auto'): Pick<StudySettings, 'reads'> {
  const reads = oneOf('reads', value, outputReads);
  return reads === 'auto' ? {} : { reads };
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

function parsed(args: string[], allowPositionals = false) {
  try {
    return parseArgs({
      args,
      allowPositionals,
      options: {
        ...{
          model: text,
          images: text,
          out: text,
          split: text,
          sample: text,
          shard: text,
          classes: text,
          labels: text,
        },
        ...{
          method: text,
          smooth: text,
          against: text,
          box: text,
          part: text,
          measures: text,
          weights: text,
          scaling: text,
          reads: text,
          output: text,
          size: text,
          levels: text,
          grid: text,
        },
        ...{ trust: text, 'trust-methods': text, 'road-percentages': text, 'trust-draws': text },
        ...{ neighbourhood: text, tau: text, theta: text, shuffles: text, seed: text, backend: text },
        ...{ pooling: flag, torus: flag, resume: flag, strict: flag },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function outFile(file: string): string {
  if (/\.(parquet|csv|json\.gz)$/.test(file)) return file;
  throw new UsageError(`--out ${file}: the name must end in .parquet, .csv or .json.gz.`);
}

function whole(name: string, value: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return number;
  throw new UsageError(`--${name} ${value}: expected a whole number of at least ${least}.`);
}

function share(name: string, value: string): number {
  const number = Number(value);
  if (value !== '' && number >= 0 && number <= 1) return number;
  throw new UsageError(`--${name} ${value}: expected a number from 0 to 1.`);
}

function oneOf<Value extends string>(name: string, value: string, allowed: readonly Value[]): Value {
  const found = allowed.find((each) => each === value);
  if (found) return found;
  throw new UsageError(`--${name} ${value}: expected one of ${allowed.join(', ')}.`);
}

const keys = <Key extends string>(table: Record<Key, unknown>) => Object.keys(table) as Key[];
