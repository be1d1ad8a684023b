import * as v from 'valibot';
import { decodeFloat32 } from '../codecs/base64-float32';
import { isPng, PngError } from '../codecs/png-chunks';
import { counted } from '../text/counted';
import { say } from '../text/say';
import {
  ANALYSIS_KEYWORD,
  ANALYSIS_SCHEMA,
  ANALYSIS_VERSION,
  type AnalysisFile,
  analysisSchema,
} from './analysis-schema';
import { describeIssue } from './describe-issue';
import { hasAnalysis, readPngText } from './png';
import { placesOfFile } from './seen-in-file';

/** An analysis file that cannot be opened; the message names what is wrong, where, and what to do. */
export class AnalysisFileError extends Error {
  override readonly name = 'AnalysisFileError';
}

const CHOOSE = 'Choose a file saved with "Export analysis".';
const AGAIN = 'Export the analysis again.';

/** JSON text of the file; throws AnalysisFileError where a number is none that JSON can carry. */
export function serialiseAnalysis(file: AnalysisFile): string {
  return JSON.stringify(checked(file));
}

/** Reads and checks an analysis file; throws AnalysisFileError. */
export function parseAnalysis(text: string): AnalysisFile {
  if (text.trim() === '') throw new AnalysisFileError(say('This file is empty. {CHOOSE}', { CHOOSE }));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new AnalysisFileError(say('This file is not JSON, or it breaks off. {CHOOSE}', { CHOOSE }));
  }
  return checked(json);
}

/** The analysis that an exported PNG carries; throws AnalysisFileError. */
export async function analysisFromPng(bytes: Uint8Array): Promise<AnalysisFile> {
  let text: string | null;
  try {
    text = await readPngText(bytes, ANALYSIS_KEYWORD);
  } catch (error) {
    if (error instanceof PngError)
      throw new AnalysisFileError(say('{message} Export the figure again.', { message: error.message }));
    throw error;
  }
  if (text === null) {
    throw new AnalysisFileError(
      say(
        'This PNG carries no Supersign analysis. Other programs drop it when they save a picture: open the file as it was exported.',
      ),
    );
  }
  return parseAnalysis(text);
}

/** Longest analysis file, in bytes: one of a thousand layers with their maps takes about as much. */
const MOST_BYTES = 256 * 2 ** 20;

/**
 * The analysis in a file, JSON or an exported PNG.
 * @returns null for a PNG that carries none, is damaged or too large: the decoder of pictures says so
 * @throws AnalysisFileError
 */
export async function analysisInFile(file: Blob): Promise<AnalysisFile | null> {
  if (file.size > MOST_BYTES) {
    if (isPng(new Uint8Array(await file.slice(0, 8).arrayBuffer()))) return null;
    throw new AnalysisFileError(
      say('This file is too large: {size} MB, an analysis has at most 256 MB. {CHOOSE}', {
        size: Math.round(file.size / 2 ** 20),
        CHOOSE,
      }),
    );
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!isPng(bytes)) return parseAnalysis(new TextDecoder().decode(bytes));
  return hasAnalysis(bytes) ? analysisFromPng(bytes) : null;
}

/** The same file without its maps and places, as PNG files carry it; the network input stays, so that it opens anywhere. */
export function withoutMaps(file: AnalysisFile): AnalysisFile {
  const { places: _, ...rest } = file;
  return { ...rest, layers: file.layers.map(({ map: __, ...layer }) => layer) };
}

function checked(json: unknown): AnalysisFile {
  checkSchema(json);
  const result = v.safeParse(analysisSchema, json, { abortEarly: true });
  if (!result.success)
    throw new AnalysisFileError(`${describeIssue(result.issues[0], say('The analysis'))} ${AGAIN}`);
  checkFit(result.output);
  result.output.layers.forEach(({ map }, i) => {
    if (map) checkMap(map, `layers[${i}].map.float32`);
  });
  const { places } = result.output;
  if (places && !placesOfFile(places)) {
    throw new AnalysisFileError(
      say('places.int16 is not base64 of int16 values, one a place. {AGAIN}', { AGAIN }),
    );
  }
  return result.output;
}

/** What no part alone can tell: whether the parts fit each other. */
function checkFit({ boxes, image, layers, predictions, target }: AnalysisFile): void {
  if (layers.length === 0) throw new AnalysisFileError(say('layers is empty. {AGAIN}', { AGAIN }));
  const stray = layers.findIndex((layer, i) => layer.index !== i);
  if (stray >= 0) {
    throw new AnalysisFileError(
      say('layers[{stray}].index is {index}, expected {stray2}. {AGAIN}', {
        stray,
        index: layers[stray].index,
        stray2: stray,
        AGAIN,
      }),
    );
  }
  const twin = layers.findIndex((layer, i) => layers.findIndex(({ name }) => name === layer.name) < i);
  if (twin >= 0) {
    throw new AnalysisFileError(
      say("layers[{twin}].name is {name}, as another layer's is. {AGAIN}", {
        twin,
        name: JSON.stringify(layers[twin].name),
        AGAIN,
      }),
    );
  }
  const isNone = target.index === null && target.kind === 'similarity';
  // Where a network has given each box a class, its prediction is the highest score alone.
  const isOfBox = target.kind === 'box' && boxes?.some(({ index }) => index === target.index);
  if (!isNone && !isOfBox && !predictions.some(({ index }) => index === target.index)) {
    throw new AnalysisFileError(
      say('target.index is {index}, which is none of the predictions. {AGAIN}', {
        index: target.index,
        AGAIN,
      }),
    );
  }
  // An address here would make the page ask a stranger's server for a picture.
  if (image.input !== undefined && !image.input.startsWith('data:image/png;base64,')) {
    throw new AnalysisFileError(say('image.input is no PNG picture within the file. {AGAIN}', { AGAIN }));
  }
  if (target.second && !target.second.input.startsWith('data:image/png;base64,')) {
    throw new AnalysisFileError(
      say('target.second.input is no PNG picture within the file. {AGAIN}', { AGAIN }),
    );
  }
}

/** Told apart before anything else: "layers is missing" would be no help with a file of another program. */
function checkSchema(json: unknown): void {
  const head = (typeof json === 'object' && json !== null ? json : {}) as {
    schema?: unknown;
    version?: unknown;
  };
  if (head.schema === undefined)
    throw new AnalysisFileError(say('This JSON file is no Supersign analysis. {CHOOSE}', { CHOOSE }));
  if (head.schema !== ANALYSIS_SCHEMA) {
    throw new AnalysisFileError(
      say('This file says its schema is {schema}, not "{ANALYSIS_SCHEMA}". {CHOOSE}', {
        schema: JSON.stringify(head.schema),
        ANALYSIS_SCHEMA,
        CHOOSE,
      }),
    );
  }
  if (typeof head.version === 'number' && head.version > ANALYSIS_VERSION) {
    throw new AnalysisFileError(
      say(
        'This analysis has version {version}; this Supersign reads version {ANALYSIS_VERSION}. Open it with a newer Supersign.',
        { version: head.version, ANALYSIS_VERSION },
      ),
    );
  }
}

function checkMap(map: { width: number; height: number; float32: string }, path: string): void {
  let values: Float32Array;
  try {
    values = decodeFloat32(map.float32);
  } catch {
    throw new AnalysisFileError(say('{path} is not base64 of float32 values. {AGAIN}', { path, AGAIN }));
  }
  const needed = map.width * map.height;
  if (values.length !== needed) {
    throw new AnalysisFileError(
      say('{path} holds {values}, but a map of {width} x {height} has {needed}. {AGAIN}', {
        path,
        values: counted(values.length, 'value'),
        width: map.width,
        height: map.height,
        needed: needed.toLocaleString('en'),
        AGAIN,
      }),
    );
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new AnalysisFileError(
      say('{path} holds {value} at value {bad}. {AGAIN}', { path, value: values[bad], bad, AGAIN }),
    );
}
