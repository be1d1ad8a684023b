import { version } from '../../../../package.json';
import type { SignMeasurement } from '../../../engine/measure/measure-methods';
import {
  ANALYSIS_SCHEMA,
  ANALYSIS_VERSION,
  type AnalysisFile,
  encodeFloat32,
  writtenPlaces,
  writtenScaling,
} from '../../../export';
import type { NetworkSummary } from '../../../network/network-summary';
import type { AnalyseResult } from '../../../saliency/analysis';
import { parametersOf } from '../../../state/address';
import type { ExplainState } from '../../../state/explain-store';
import type { ExplainSettings } from '../../../state/settings';
import { say } from '../../../text/say';
import { attentionRequest } from '../layers/attention-words';
import { resizes, stepTo } from '../layers/change-view';
import { boxName } from '../target/box-name';
import { versusInFile } from '../versus/versus-in-file';
import { measuredAt } from '../view-model';
import { sharesWithin } from '../within/within-view';
import { pngOf } from './png-of';

/**
 * What is on screen as an analysis file, maps and signs included.
 * @throws Error when there is nothing to write yet
 */
export function analysisOf(state: ExplainState): AnalysisFile {
  const { analysis, picture, measurement, signs, settings } = state;
  if (!analysis || !picture || !measurement || !signs)
    throw new Error(say('the analysis is not complete yet'));
  const { backend, network, predictions, target, scaling, layers, timings } = analysis;
  const inside = sharesWithin(analysis, settings.within);
  return {
    schema: ANALYSIS_SCHEMA,
    version: ANALYSIS_VERSION,
    app: { version },
    image: {
      name: picture.name,
      width: picture.width,
      height: picture.height,
      sha256: picture.sha256 || null,
      ...(picture.source ? { source: picture.source } : {}),
      input: pngOf(picture.input),
    },
    model: {
      name: network.id,
      format: network.format,
      sha256: network.sha256,
      inputShape: network.inputShape,
      output: outputOf(network),
      reading: {
        output: settings.output || null,
        ...{ reads: settings.reads, size: settings.size, operations: settings.operations },
      },
    },
    ...(scaling ? { scaling: writtenScaling(scaling) } : {}),
    backend: { name: backend.name, adapter: backend.adapter, threads: backend.threads },
    predictions,
    target,
    ...seenIn(analysis),
    settings: {
      method: analysis.method,
      ...(analysis.smooth ? { smooth: analysis.smooth } : {}),
      ...lookingOf({ ...settings, method: analysis.method }),
      entropy: {
        measure: settings.measure,
        levels: settings.levels,
        grid: settings.grid,
        neighbourhood: settings.neighbourhood,
        torus: settings.torus,
      },
      signs: { tau: settings.tau, theta: settings.theta },
      view: parametersOf({ ...settings, tour: 0, story: 0 }),
    },
    layers: layers.map(({ index, name, kind, shape, map, column }) => {
      const measured = measuredAt(state, index);
      const mutual = measured?.mutual ?? null;
      return {
        index,
        name,
        kind,
        shape,
        ...(column ? { column } : {}),
        map: { width: map.width, height: map.height, float32: encodeFloat32(map.values) },
        entropy: {
          value: measured?.value ?? null,
          null: measured?.null ?? null,
          structure: measured?.structure ?? null,
          ...(mutual === null ? {} : { mutual }),
        },
        marginal: measured?.marginal ?? null,
        conditional: measured?.conditional ?? null,
        signs: signs.layers[index].signs.map((sign) => {
          const { form, order, fate } = signs.linked.layers[index][sign.id];
          const masked = state.weights?.[index]?.signs[sign.id] ?? null;
          return {
            ...sign,
            weight: masked?.weight ?? null,
            form,
            order,
            fate,
            ...(masked?.atInput == null ? {} : { weightAtInput: masked.atInput }),
          };
        }),
        ...(inside ? { inside: inside[index] } : {}),
      };
    }),
    transitions: transitionsOf(state, signs),
    ...versusInFile(state),
    timings: {
      decode: picture.decodeMs,
      forward: timings.forward,
      saliency: timings.saliency,
      entropy: measurement.milliseconds,
      signs: signs.milliseconds,
    },
  };
}

/** What a detector or a segmenter finds in the picture, as files say it. */
function seenIn(analysis: AnalyseResult): Pick<AnalysisFile, 'boxes' | 'places'> {
  const { boxes, places } = analysis;
  return {
    ...(boxes
      ? { boxes: boxes.map((one) => ({ ...one, corners: [...one.corners], label: boxName(one, analysis) })) }
      : {}),
    ...(places ? { places: writtenPlaces(places) } : {}),
  };
}

/** Whose attention is shown, as files say it. */
function lookingOf(settings: ExplainSettings): Pick<AnalysisFile['settings'], 'attention'> {
  const { attention } = attentionRequest(settings);
  if (!attention) return {};
  const { token } = attention;
  return { attention: { token: token && [token.x, token.y], head: settings.head || null } };
}

/** What is explained, as files say it. */
export const outputOf = ({ output, kind, outputIs, outputReason }: NetworkSummary) => ({
  ...{ name: output, kind },
  ...{ is: outputIs, reason: outputReason },
});

function transitionsOf(state: ExplainState, signs: SignMeasurement): AnalysisFile['transitions'] {
  const layers = state.analysis?.layers ?? [];
  return layers.slice(1).map(({ index: to }) => {
    const from = to - 1;
    const step = stepTo(state, to);
    return {
      from,
      to,
      resizes: resizes(state, to),
      change: step?.change ?? null,
      classFormation: step?.classFormation ?? null,
      complexFormation: step?.complexFormation ?? null,
      null: step?.null ?? null,
      happens: step?.happens ?? null,
      links: signs.linked.links
        .filter((link) => link.from.layer === from)
        .map((link) => ({
          from: link.from.sign,
          to: link.to.sign,
          share: link.share,
          ...(link.skipping ? { toLayer: link.to.layer } : {}),
        })),
    };
  });
}

/** "photo" of "photo.JPEG". */
export const withoutExtension = (name: string) => name.replace(/\.[a-z0-9]{2,5}$/i, '');
