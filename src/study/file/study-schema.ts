import * as v from 'valibot';
import { describeIssue } from '../../export/describe-issue';
import { scalingSchema } from '../../export/scaling-schema';
import { TRUST_MEASURES } from '../../faithfulness/trust/trust-measures';
import type { LayerKind } from '../../network/network';
import { outputKinds } from '../../network/output-kind';
import { inputScalingNames } from '../../network/scaling/input-scaling';
import { saliencyMethodNames } from '../../saliency/method-names';
import { ENTROPY_MEASURES, type EntropyMeasure } from '../../semiotics';
import { counted } from '../../text/counted';
import type { StudyHead } from '../run/chunks';
import { studyColumnsOf } from '../study-columns';
import { type Study, studyAgainst, studyBoxes, studyTargets } from '../study-data';

export const STUDY_SCHEMA = 'supersign/study';
export const STUDY_VERSION = 1;

/** A file that is no study, or a damaged one; the message names what is wrong, where, and what to do. */
export class StudyFileError extends Error {
  override readonly name = 'StudyFileError';
}

const number = v.pipe(v.number(), v.finite());
const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const size = v.tuple([count, count, count]);
const keysOf = <Key extends string>(table: Record<Key, unknown>) => Object.keys(table) as Key[];

const settings = v.object({
  model: v.string(),
  inputScaling: v.nullable(v.picklist(keysOf(inputScalingNames))),
  reads: v.optional(v.picklist(['classes', 'number'])),
  method: v.picklist(keysOf(saliencyMethodNames)),
  smooth: v.optional(v.picklist(['aug', 'eigen', 'both'])),
  against: v.optional(v.picklist(studyAgainst)),
  box: v.optional(v.picklist(studyBoxes)),
  part: v.optional(v.picklist(['place', 'both', 'left', 'top', 'right', 'bottom'])),
  pooling: v.boolean(),
  measures: v.array(v.picklist(ENTROPY_MEASURES.map(({ id }) => id) as EntropyMeasure[])),
  levels: v.pipe(v.number(), v.integer(), v.minValue(2)),
  grid: v.picklist(['input', 'native']),
  neighbourhood: v.picklist([4, 8]),
  torus: v.boolean(),
  tau: share,
  theta: share,
  shuffles: count,
  seed: number,
  sample: v.nullable(count),
  split: v.optional(v.nullable(v.string())),
  weights: v.picklist(['trained', 'randomised']),
  withoutDuplicates: v.optional(v.boolean()),
  trust: v.optional(
    v.object({
      methods: v.array(v.picklist(keysOf(saliencyMethodNames))),
      measures: v.array(v.picklist(TRUST_MEASURES.map(({ id }) => id))),
      percentages: v.pipe(v.array(v.pipe(v.number(), v.gtValue(0), v.ltValue(100))), v.minLength(1)),
      draws: v.optional(count),
    }),
  ),
});

const head = v.object({
  schema: v.literal(STUDY_SCHEMA),
  version: v.literal(STUDY_VERSION),
  app: v.object({ version: v.string() }),
  settings,
  model: v.object({
    name: v.string(),
    format: v.string(),
    sha256: v.string(),
    inputShape: size,
    output: v.optional(
      v.object({ name: v.string(), kind: v.picklist(outputKinds), is: v.string(), reason: v.string() }),
    ),
  }),
  scaling: v.optional(scalingSchema),
  backend: v.object({ name: v.string(), adapter: v.nullable(v.string()), threads: index }),
  labels: v.pipe(v.array(v.string()), v.minLength(1)),
  layers: v.pipe(
    v.array(
      v.object({
        name: v.string(),
        kind: v.pipe(
          v.string(),
          v.transform((kind) => kind as LayerKind),
        ),
        shape: size,
      }),
    ),
    v.minLength(1),
  ),
  of: index,
  leftOut: v.optional(v.array(v.object({ path: v.string(), sameAs: v.string() }))),
});

const images = v.array(
  v.object({
    path: v.string(),
    sha256: v.string(),
    width: count,
    height: count,
    trueClass: v.nullable(index),
    predicted: index,
    probability: v.nullable(share),
    trueProbability: v.nullable(share),
    value: v.optional(number),
    doubt: v.optional(v.object({ entropy: number, energy: number })),
    maskShare: v.optional(share),
    maskNote: v.optional(v.string()),
  }),
);

const failures = v.array(v.object({ path: v.string(), reason: v.string() }));

/**
 * What a study says of itself.
 * @throws StudyFileError
 */
export function checkHead(json: unknown): StudyHead {
  const { schema, version } = (typeof json === 'object' && json !== null ? json : {}) as {
    schema?: unknown;
    version?: unknown;
  };
  if (schema !== STUDY_SCHEMA) {
    const said =
      schema === undefined ? 'does not say that it is one' : `says it is ${JSON.stringify(schema)}`;
    throw new StudyFileError(
      `This is no Supersign study: it ${said}. Choose a file saved with "Save study".`,
    );
  }
  if (typeof version === 'number' && version > STUDY_VERSION) {
    throw new StudyFileError(
      `This study has version ${version}; this Supersign reads version ${STUDY_VERSION}. Open it with a newer Supersign.`,
    );
  }
  return checked(head, json);
}

/**
 * The parts of a study that were read from a file, put together where they fit each other.
 * @throws StudyFileError
 */
export function checkStudy(
  known: StudyHead,
  rest: { [Key in 'images' | 'failures' | 'numbers']: unknown },
): Study {
  const study = {
    ...known,
    images: checked(images, rest.images, 'images'),
    failures: checked(failures, rest.failures, 'failures'),
    numbers: rest.numbers as Study['numbers'],
  };
  const paths = new Set<string>();
  study.images.forEach(({ path, predicted, trueClass }, at) => {
    if (paths.has(path)) {
      throw new StudyFileError(`"${path}" is in it twice. Put each part of a study in only once.`);
    }
    paths.add(path);
    for (const each of [predicted, trueClass]) {
      if (each !== null && each >= study.labels.length) {
        throw new StudyFileError(
          `images[${at}] is of class ${each}, but there are only ${counted(study.labels.length, 'label')}.`,
        );
      }
    }
  });
  const rows = study.images.length * studyTargets.length * study.layers.length;
  for (const name of studyColumnsOf(study.settings)) {
    const values = study.numbers[name];
    if (!values) throw new StudyFileError(`Its numbers have no column "${name}".`);
    if (values.length !== rows) {
      throw new StudyFileError(
        `The column "${name}" holds ${counted(values.length, 'number')}, but there are ${rows} of pictures, classes and layers.`,
      );
    }
  }
  return study;
}

function checked<Schema extends v.GenericSchema>(
  schema: Schema,
  json: unknown,
  part = 'The study',
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, json, { abortEarly: true });
  if (!result.success) {
    throw new StudyFileError(
      `${part === 'The study' ? '' : `${part}: `}${describeIssue(result.issues[0], part)} Save the study again.`,
    );
  }
  return result.output;
}
