import * as v from 'valibot';
import { outputKinds, outputReads } from '../network/output-kind';
import { againstMany, boxParts, targetKinds } from '../network/targets/target';
import { scalingSchema } from './scaling-schema';

export const ANALYSIS_SCHEMA = 'supersign/analysis';
export const ANALYSIS_VERSION = 1;
/** Keyword of the PNG text chunk that carries an analysis. */
export const ANALYSIS_KEYWORD = 'supersign';

const number = v.pipe(v.number(), v.finite());
const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const pair = v.tuple([number, number]);
const orNull = v.nullable(number);
const orNone = v.optional(number);

const sign = v.object({
  id: index,
  /** Pixels of the input grid. */
  area: number,
  /** Sum of saliency. */
  mass: number,
  /** Share of the map's mass. */
  share: number,
  /** x, y, saliency. */
  peak: v.tuple([number, number, number]),
  centroid: pair,
  box: v.tuple([number, number, number, number]),
  persistence: number,
  /**
   * What the class logit loses without this sign, before minus after: positive where it speaks for the class; null where
   * that was not measured.
   */
  weight: orNull,
  /** The same with the picture blurred where the sign is; absent where it was not measured. */
  weightAtInput: v.optional(number),
  /** Whether it takes in no sign, one or several, and how many; what becomes of it. */
  form: v.optional(v.picklist(['emerges', 'carried', 'supersign'])),
  order: v.optional(index),
  fate: v.optional(v.picklist(['aggregated', 'dissolves', 'root'])),
});

/** Bits: a change and the two parts that add up to it. */
const split = v.object({ change: number, classFormation: number, complexFormation: number });

const target = v.object({
  /** The class, or the number that is none; null where what is explained is no one of them. */
  index: v.nullable(index),
  label: v.string(),
  /** What is explained; absent in files of earlier versions, which explain a class or number. */
  kind: v.optional(v.picklist(targetKinds)),
  /** What it is for the picture: a logit, a difference of logits, a cosine. */
  value: orNone,
  /** What the class is set against: another one, the mean of all others, or itself. */
  against: v.optional(v.union([index, v.picklist(againstMany)])),
  /** Column and row of the network's map that the region lies at; null for all places of the class. */
  place: v.optional(v.nullable(v.tuple([index, index]))),
  /** Number of the box in the network's list. */
  box: v.optional(index),
  /** What of it is explained; absent for the score of its class. */
  part: v.optional(v.picklist(boxParts)),
  /** Of a likeness the second picture: its name, and data:image/png;base64 of what the network read of it; absent in files of earlier versions. */
  second: v.optional(v.object({ name: v.string(), input: v.string() })),
});

const layer = v.object({
  index,
  name: v.string(),
  kind: v.string(),
  /** Height, width, channels. */
  shape: v.tuple([count, count, count]),
  /** The last layer of the column that it can be folded into, of pairs and of blocks; absent where that is itself. */
  column: v.optional(v.object({ pair: index, block: index })),
  /** The raw map, height x width, row-major, base64 of little-endian float32; absent inside PNG files. */
  map: v.optional(v.object({ width: count, height: count, float32: v.string() })),
  entropy: v.object({
    value: orNull,
    null: v.nullable(v.object({ mean: number, sd: number })),
    structure: orNull,
    /** Spatial mutual information in bits, where the measure is Altieri's. */
    mutual: v.optional(number),
  }),
  /** Bits. */
  marginal: orNull,
  /** Bits. */
  conditional: orNull,
  signs: v.array(sign),
  /**
   * Share of the map's evidence inside the region that `settings.view.within` marks, 0 to 1, and of the same region moved about the picture (mean, and
   * what 5 % and 95 % of the places do not exceed; null where it cannot be moved); absent where none is marked, null where the map
   * has no evidence.
   */
  inside: v.optional(
    v.nullable(
      v.object({
        share: number,
        null: v.nullable(v.object({ mean: number, low: number, high: number })),
        above: v.boolean(),
      }),
    ),
  ),
});

/** What stands beside the analysis: the same but for one thing. */
const versus = v.object({
  /** That thing, as in the address: `class:4`, `method:layer-cam`, `model:…`, `image:…`. */
  asked: v.string(),
  image: v.object({ name: v.string(), sha256: v.nullable(v.string()), source: v.optional(v.string()) }),
  model: v.object({
    name: v.string(),
    sha256: v.nullable(v.string()),
    inputShape: v.array(v.nullable(count)),
  }),
  target,
  settings: v.object({ method: v.string(), view: v.record(v.string(), v.string()) }),
  /** How layers were set beside each other: by their names, or by their place along the depth. */
  match: v.picklist(['name', 'depth']),
  /** One for each layer of the analysis, in its order. */
  layers: v.array(
    v.object({
      /** Position and name of its partner. */
      index,
      name: v.string(),
      entropy: v.object({
        value: orNull,
        null: v.nullable(v.object({ mean: number, sd: number })),
        structure: orNull,
      }),
      /** Of the two maps; null where one is constant or not compared yet. */
      correlation: orNull,
      /** Share of evidence at the same places, 0 to 1; null where a map has none. */
      shared: orNull,
    }),
  ),
});

const transition = v.object({
  from: index,
  to: index,
  resizes: v.boolean(),
  /** Bits, as are its two parts. */
  change: orNull,
  classFormation: orNull,
  complexFormation: orNull,
  /** The same of the null models; null until both are known. */
  null: v.optional(v.nullable(split)),
  /** Whether superization happens: the entropy falls, and by more than that of the null model. */
  happens: v.optional(v.nullable(v.boolean())),
  /** Signs by their ids; `toLayer` where the link skips layers that hold no half of the sign. */
  links: v.array(v.object({ from: index, to: index, share: number, toLayer: v.optional(index) })),
});

/** Version 1 of the analysis file. */
export const analysisSchema = v.object({
  schema: v.literal(ANALYSIS_SCHEMA),
  version: v.literal(ANALYSIS_VERSION),
  app: v.object({ version: v.string() }),
  image: v.object({
    name: v.string(),
    width: count,
    height: count,
    sha256: v.nullable(v.string()),
    /** Address parameter of an example, or the picture's URL. */
    source: v.optional(v.string()),
    /** data:image/png;base64 of the exact network input. */
    input: v.optional(v.string()),
  }),
  model: v.object({
    name: v.string(),
    format: v.string(),
    sha256: v.nullable(v.string()),
    inputShape: v.array(v.nullable(count)),
    /** The output that is explained: its name in the network's file, what it is, and the same in sentences. */
    output: v.optional(
      v.object({ name: v.string(), kind: v.picklist(outputKinds), is: v.string(), reason: v.string() }),
    ),
    /** How its file was read, where it leaves a choice: size in pixels (null as usual), every operation a layer. */
    reading: v.optional(
      v.object({
        output: v.nullable(v.string()),
        reads: v.picklist(outputReads),
        size: v.nullable(count),
        operations: v.boolean(),
      }),
    ),
  }),
  /** What the network read of `image.input`; absent in files of earlier versions. */
  scaling: v.optional(scalingSchema),
  backend: v.object({ name: v.string(), adapter: v.nullable(v.string()), threads: v.nullable(number) }),
  /** Where the output stands for no classes, there is no probability, and `logit` is the number itself. */
  predictions: v.array(v.object({ index, label: v.string(), probability: orNull, logit: number })),
  target,
  /** What a detector finds, the surest first: number of the box in its list, class, probability, and corners as shares of the picture. */
  boxes: v.optional(
    v.array(
      v.object({
        ...{ box: index, index, label: v.string(), score: number },
        corners: v.tuple([number, number, number, number]),
      }),
    ),
  ),
  /** What a segmenter sees where: the class of every place of its map, row by row, base64 of little-endian int16, -1 for none; absent inside PNG files. */
  places: v.optional(v.object({ width: count, height: count, int16: v.string() })),
  settings: v.object({
    method: v.string(),
    /** How maps are smoothed: aug, eigen or both; absent where they are not. */
    smooth: v.optional(v.string()),
    /**
     * Whose attention the method `attention` shows: a place in the picture from the left and from the top, as shares of it, null for
     * the class token or the mean of all; and the head from 1, null for the mean of all.
     */
    attention: v.optional(v.object({ token: v.nullable(pair), head: v.nullable(count) })),
    entropy: v.object({
      measure: v.string(),
      levels: count,
      grid: v.string(),
      neighbourhood: count,
      torus: v.boolean(),
    }),
    signs: v.object({ tau: number, theta: number }),
    /** The page's address parameters. */
    view: v.optional(v.record(v.string(), v.string())),
  }),
  layers: v.array(layer),
  transitions: v.array(transition),
  /** Absent where nothing stands beside the analysis. */
  versus: v.optional(versus),
  /** Milliseconds; null for what was not done. */
  timings: v.object({ decode: orNull, forward: orNull, saliency: orNull, entropy: orNull, signs: orNull }),
});

export type AnalysisFile = v.InferOutput<typeof analysisSchema>;
export type AnalysisLayer = AnalysisFile['layers'][number];
