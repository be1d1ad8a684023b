import type { Weight } from '../network-graph';
import type { OperationSpec } from '../ops';
import type { Call } from './calls';
import type { LayerConfig } from './layer-config';
import { type OtherLayers, type TranslateLayer, usualLayers } from './layers';
import { functionCall, translateFunction } from './operations';
import { bidirectional, onEveryStep, recurrentLayer } from './recurrent-layers';
import { stepsOf } from './steps';
import { takesMask } from './tokens/multi-head-attention';
import { assertBatchFirst } from './tokens/token-functions';
import { tokenLayers } from './tokens/token-layers';

/** A layer on every step of a sequence. */
function timeDistributed(layer: LayerConfig, call: Call): OperationSpec<Weight>[] {
  const inner = layer.inner('layer', 1, 'layer');
  const className = inner.className.split('>').at(-1) as string;
  if (!Object.hasOwn(allLayers, className)) throw layer.fail(`repeats ${className}, which cannot be read.`);
  const steps = stepsOf(allLayers[className](inner, call));
  inner.assertAllKnown();
  if ('parts' in steps || steps.each.length > 0) {
    throw layer.fail(`repeats ${className} for every step, which cannot be read.`);
  }
  return onEveryStep(layer, steps.joined);
}

const layers: Record<string, TranslateLayer> = {
  ...tokenLayers,
  LSTM: recurrentLayer,
  GRU: recurrentLayer,
  SimpleRNN: recurrentLayer,
  RNN: recurrentLayer,
  Bidirectional: bidirectional,
  TimeDistributed: timeDistributed,
};

const allLayers: Readonly<Record<string, TranslateLayer>> = { ...usualLayers, ...layers };

export const otherLayers: OtherLayers = {
  layers,
  functionCall,
  translateFunction,
  assertBatchFirst,
  takesMask,
};
