import { parseArgs } from 'node:util';
import { type SaliencyMethod, saliencyMethodNames } from '../../src/saliency/method-names';
import { mapSmoothingNames, smoothingOf } from '../../src/saliency/smoothing/map-smoothing';
import { ENTROPY_MEASURES } from '../../src/semiotics';
import { settingsOf } from '../../src/state/address';
import type { ExplainSettings } from '../../src/state/settings';
import type { Shard } from '../../src/study/run/choose-pictures';
import { comparedMethods, onePassMethods } from '../../src/workspaces/explain/compare/compared-methods';
import { shardOf, UsageError } from '../command-line';
import { inLines } from '../in-lines';
import type { DrawOrder } from './draw-figures';
import { compareFigures, type DrawnFigure, explainFigures } from './figure-names';

export interface ExplainOptions {
  /** As it was given: a bundled network's id, a path, an address. */
  model: string;
  settings: ExplainSettings;
  /** What figures call the network; null as it is called. */
  name: string | null;
  /** Folder or archive of the pictures, or one picture. */
  images: string;
  /** Folder of the results. */
  out: string;
  /** File with the names of the network's classes. */
  labels: string | null;
  weigh: 'none' | 'last' | 'all';
  /** Methods that are set side by side; null where pictures are explained by one. */
  compare: readonly SaliencyMethod[] | null;
  /** Figures of every picture; null for none. */
  draw: DrawOrder | null;
  shard: Shard | null;
  /** Processes that compute side by side; null for one a core. */
  jobs: number | null;
  resume: boolean;
  /** Whether pictures that cannot be read are an error. */
  strict: boolean;
}

/** Options that are parameters of the page's address, by their names there; switches stand alone. */
export const parameters = [
  ...['scaling', 'output', 'reads', 'size', 'class', 'against', 'region', 'box', 'part', 'alike', 'method'],
  ...['smooth', 'token', 'head'],
  ...['measure', 'levels', 'grid', 'neighbourhood', 'tau', 'theta'],
  ...['view', 'concepts', 'colours', 'opacity', 'scale', 'smoothing', 'outlines', 'layer', 'flow'],
] as const;
export const switches = ['operations', 'pooling', 'torus'] as const;

const measures = inLines(
  ENTROPY_MEASURES.map(({ id }) => id),
  21,
);

export const explainUsage = `npx supersign explain --model MODEL --images PATH --out FOLDER [options]

Explains pictures as the Explain workspace does, without a browser, and writes for each of them FOLDER/NAME/analysis.json, which
opens in the page, and layers.csv; at the end FOLDER/layers.csv and pictures.csv of all. Progress: a line of JSON an event.

  --model MODEL      photos10, pictographs, the path or the address of a model.json, .onnx, .keras or .h5 file
  --images PATH      a picture, a folder of them, or a zip archive
  --out FOLDER       where the results go
  --name NAME        what figures call the network
  --labels FILE      names of the network's classes, one a line or as JSON
  --class N          the class that is explained, from 0; else the winner
  --against WHAT  --region PLACE  --box N  --part PART
                     what else is explained, as the address has it
  --alike PICTURE    what makes each picture like this one is explained: a path, an address, or an example of the page
  --method METHOD    ${inLines(Object.keys(saliencyMethodNames), 21)}
  --smooth HOW       ${Object.keys(mapSmoothingNames).join(', ')}: how maps are smoothed
  --measure MEASURE  ${measures}
  --levels N  --grid input|native  --neighbourhood 4|8  --torus  --tau SHARE  --theta SHARE
  --scaling S  --output NAME  --reads auto|classes|number  --size N  --operations  --pooling  --token P  --head N,
  --layer NAME  --view V  --concepts N  --colours C  --opacity A  --scale S  --smoothing S  --outlines 0|1  --flow F,
                     as the address has them
  --figures LIST     ${explainFigures.join(', ')}; else none
  --format LIST      png, svg, pdf; else png
  --width CM         width in print; else 17.8.  --letters PT: size of the smallest letters there; else 7
  --dpi N            of PNG files and of pictures inside the others; else 300
  --layers LIST      layers of heat and concepts: all, last, or names; else last
  --paper PAPER      white, transparent.  --no-caption: without the sentences below
  --weigh WHICH      signs that are weighed by masking: none, last (layer), all (layers); else last
  --jobs N           processes side by side; else one a core
  --shard I/N        only the I-th of N parts, I from 1; the parts have no picture in common
  --resume           goes on with what an interrupted run left; does nothing where FOLDER is finished
  --strict           exit code 1 where a picture failed

Exit codes: 0 done, 1 done but pictures failed (--strict), 2 usage, 3 pictures or network cannot be read, 4 the engine failed,
5 interrupted (--resume goes on).`;

export const compareUsage = `npx supersign compare --model MODEL --images PATH --out FOLDER [options]

Explains pictures by several methods and sets them side by side, as the panel "Compare methods" does, without a browser. Writes
for each picture FOLDER/NAME/methods.csv, a row a method and layer, and the figures that are asked for; at the end
FOLDER/methods.csv and pictures.csv of all. Progress: a line of JSON an event.

  --model MODEL      photos10, pictographs, the path or the address of a model.json, .onnx, .keras or .h5 file
  --images PATH      a picture, a folder of them, or a zip archive
  --out FOLDER       where the results go
  --methods LIST     ${inLines(comparedMethods, 21)};
                     else all that one pass over the network gives: score-cam and ablation-cam take one a channel
  --name NAME        what figures call the network
  --labels FILE      names of the network's classes, one a line or as JSON
  --class N          the class that is explained, from 0; else the winner
  --against WHAT  --region PLACE  --box N  --part PART
                     what else is explained, as the address has it
  --alike PICTURE    what makes each picture like this one is explained: a path, an address, or an example of the page
  --smooth HOW       ${Object.keys(mapSmoothingNames).join(', ')}: how maps are smoothed
  --measure MEASURE  ${measures}
  --levels N  --grid input|native  --neighbourhood 4|8  --torus  --scaling S  --output NAME  --reads R  --size N  --operations
  --pooling          pooling layers beside the others
  --figures LIST     matrix: all layers by all methods. tiles: one layer by all methods. Else none
  --layers LIST      layers of tiles: all, last, or names; else last
  --format LIST      png, svg, pdf; else png
  --width CM         width in print; else 17.8.  --letters PT: size of the smallest letters there; else 7
  --dpi N            of PNG files and of pictures inside the others; else 300
  --paper PAPER      white, transparent.  --no-caption: without the sentences below
  --jobs N  --shard I/N  --resume  --strict    as "explain" has them

Exit codes: 0 done, 1 done but pictures failed (--strict), 2 usage, 3 pictures or network cannot be read, 4 the engine failed,
5 interrupted (--resume goes on).`;

/** @throws UsageError */
export function parseExplainOptions(args: string[]): ExplainOptions {
  const options = optionsIn(parsed(args, explained), explainFigures, null);
  const { method, smooth } = options.settings;
  if (smoothingOf(method, smooth) !== smooth)
    throw new UsageError(`--smooth ${smooth}: ${method} has no such smoothing.`);
  return options;
}

/** @throws UsageError */
export function parseCompareOptions(args: string[]): ExplainOptions {
  const values = parsed(args, compared);
  const methods =
    typeof values.methods === 'string'
      ? values.methods.split(',').map((each) => oneOf('methods', each, comparedMethods))
      : onePassMethods;
  return optionsIn(values, compareFigures, [...new Set(methods)]);
}

type Values = Record<string, string | boolean | undefined>;

function optionsIn(
  values: Values,
  figures: readonly DrawnFigure[],
  compare: ExplainOptions['compare'],
): ExplainOptions {
  const text = (name: string) => {
    const value = values[name];
    return typeof value === 'string' ? value : null;
  };
  const required = (name: string) => {
    const value = text(name);
    if (!value) throw new UsageError(`--${name} is missing.`);
    return value;
  };
  const weigh = oneOf('weigh', text('weigh') ?? 'last', ['none', 'last', 'all'] as const);
  const jobs = text('jobs');
  if (jobs !== null && !/^[1-9]\d{0,2}$/.test(jobs))
    throw new UsageError(`--jobs ${jobs}: expected a whole number of at least 1.`);
  const shard = text('shard');
  return {
    model: required('model'),
    images: required('images'),
    out: required('out'),
    settings: settingsIn(values),
    name: text('name'),
    labels: text('labels'),
    weigh,
    compare,
    draw: drawIn(values, figures),
    shard: shard === null ? null : shardOf(shard),
    jobs: jobs === null ? null : Number(jobs),
    resume: values.resume === true,
    strict: values.strict === true,
  };
}

/** Figures that are asked for. */
function drawIn(values: Values, allowed: readonly DrawnFigure[]): DrawOrder | null {
  const list = (name: string, initial: string) =>
    String(values[name] ?? initial)
      .split(',')
      .filter(Boolean);
  const figures = list('figures', '').map((each) => oneOf('figures', each, allowed));
  const kinds = list('format', 'png').map((each) => oneOf('format', each, ['png', 'svg', 'pdf'] as const));
  const number = (name: string, initial: number, least: number, most: number) => {
    const value = values[name] === undefined ? initial : Number(values[name]);
    if (value >= least && value <= most) return value;
    throw new UsageError(`--${name} ${values[name]}: expected a number from ${least} to ${most}.`);
  };
  const print = {
    width: number('width', 17.8, 4, 200),
    letters: number('letters', 7, 4, 60),
    dpi: number('dpi', 300, 36, 2400),
    paper: oneOf('paper', String(values.paper ?? 'white'), ['white', 'transparent'] as const),
    caption: !values['no-caption'],
  };
  const layers = list('layers', 'last');
  const [first] = layers;
  if (figures.length === 0) return null;
  return { figures, kinds, print, layers: first === 'all' || first === 'last' ? first : layers };
}

function oneOf<Value extends string>(name: string, value: string, allowed: readonly Value[]): Value {
  const found = allowed.find((each) => each === value);
  if (found) return found;
  throw new UsageError(`--${name} ${value}: expected one of ${allowed.join(', ')}.`);
}

/** Settings as an address with these parameters has them. */
function settingsIn(values: Values): ExplainSettings {
  const written: Record<string, string> = {};
  for (const name of parameters) if (typeof values[name] === 'string') written[name] = values[name];
  for (const name of switches) if (values[name]) written[name] = '1';
  const { settings, problems } = settingsOf(written);
  if (problems.length > 0) throw new UsageError(problems.join(' '));
  return settings;
}

/** Options of both commands that take a value. */
const shared = [
  ...['model', 'images', 'out', 'name', 'labels', 'jobs', 'shard'],
  ...['figures', 'format', 'width', 'letters', 'dpi', 'layers', 'paper'],
];
const explained = [...shared, 'weigh', ...parameters];
/** Several methods have no one of their own, and no signs. */
const compared = [
  ...shared,
  'methods',
  ...parameters.filter(
    (name) => !['method', 'token', 'head', 'tau', 'theta', 'concepts', 'flow'].includes(name),
  ),
];

function parsed(args: string[], valued: readonly string[]): Values {
  const named = (names: readonly string[], type: 'string' | 'boolean') =>
    Object.fromEntries(names.map((name) => [name, { type }]));
  try {
    return parseArgs({
      args,
      options: {
        ...named(valued, 'string'),
        ...named(['resume', 'strict', 'no-caption', ...switches], 'boolean'),
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
