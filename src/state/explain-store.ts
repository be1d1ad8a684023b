import { createContext, useContext, useDeferredValue, useMemo } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Measurement, NullSignCounts, SignMeasurement } from '../engine/measure/measure-methods';
import type { LayerWeights } from '../faithfulness/questions';
import type { NetworkManifest } from '../network/network-summary';
import type { OutputKind } from '../network/output-kind';
import type { ScalingReport } from '../network/scaling/input-scaling';
import type { AttentionSummary } from '../network/tokens/attention-summary';
import type { Picture } from '../picture/picture';
import type { EngineProgress } from '../rpc/engine-progress';
import type { AnalyseResult } from '../saliency/analysis';
import type { SignRef } from '../semiotics';
import { say } from '../text/say';
import { bundledNetworks, type ExplainSettings, initialSettings, type SettingKey } from './settings';

/** What the page knows of a network. */
export type KnownNetwork = Pick<NetworkManifest, 'id' | 'title' | 'inputShape' | 'labels'> & {
  /** Why pictures are scaled as they are; a sentence. */
  scalingReason?: string;
  /** The same with its numbers; absent or null before the network is read. */
  scaling?: ScalingReport | null;
  /** Names of its outputs, and of the one that is explained. */
  outputs?: readonly string[];
  output?: string;
  /** What that output is; the same in words, and with what of it is explained. */
  kind?: OutputKind;
  outputIs?: string;
  outputReason?: string;
  /** Whether it can be read otherwise as well: as classes, or as numbers. */
  readsEitherWay?: boolean;
  /** Whether it takes pictures of any size. */
  takesAnySize?: boolean;
  /** What its attention allows; absent or null where it has none. */
  attention?: AttentionSummary | null;
};

/** A network to choose from. */
export interface ModelEntry {
  id: string;
  title: string;
  /** What it takes of the browser's storage; null where it is not kept there. */
  bytes: number | null;
}

/** A picture on the page: decoded, with the name it came under. */
export interface OpenPicture extends Picture {
  /** What was decoded, to be decoded again for a network of another input size. */
  file: Blob;
  name: string;
  /** What the address writes for it: an example's id or a URL; empty for a file of the user's own. */
  source: string;
}

/** An example picture that comes with the page. */
export interface Example {
  /** Id of the bundled network it is for. */
  network: string;
  id: string;
  file: string;
  title: string;
  description: string;
  /** Class that network is to give it. */
  label: string;
}

/** What is measured of an analysis, each by itself: the entropy of its maps, and their signs; both with their null models. */
export type MeasuredPart = 'maps' | 'signs';

/** Settings that measure what the network gave, and run it no second time: those of the entropy, and those of signs. */
export const measuringKeys = {
  maps: ['measure', 'levels', 'grid', 'neighbourhood', 'torus'],
  signs: ['tau', 'theta'],
} as const satisfies Record<MeasuredPart, readonly SettingKey[]>;

type MeasuringKey = (typeof measuringKeys)[MeasuredPart][number];

export interface ExplainState {
  settings: ExplainSettings;
  /** The network in use; null until it is described. */
  manifest: KnownNetwork | null;
  /** Networks to choose from: those that come with the page, and those opened since. */
  models: ModelEntry[];
  examples: Example[];
  picture: OpenPicture | null;
  analysis: AnalyseResult | null;
  /** Of the analysis on screen; null until the first values are there. */
  measurement: Measurement | null;
  /** The signs of the analysis on screen; null until they are found. */
  signs: SignMeasurement | null;
  /** What of the settings the numbers on screen came by: other than the settings while new ones are on their way. */
  measuredBy: Partial<Pick<ExplainSettings, MeasuringKey>>;
  /** How many signs chance alone would give; null until the first layer is done. */
  nullSigns: NullSignCounts | null;
  /** What of the analysis on screen could not be measured, as was said: nothing more of it comes. */
  failed: readonly MeasuredPart[];
  /** What every sign is worth to the class, by layer; null where a layer is not weighed. */
  weights: (LayerWeights | null)[] | null;
  /** The sign that is followed through the network, in every figure alike; null when none is. */
  followed: SignRef | null;
  /** Whether it is held: it then stays when pointer or focus leave it. */
  held: boolean;
  /** Selected layer: the one nearest to `position`. */
  layer: number;
  /** Where the animation stands between the layers; a whole number at rest. Changes every frame while it moves: draw from it, do not render by it. */
  position: number;
  /** What is under way; null when nothing is. */
  progress: EngineProgress | null;
  /** What figures call the network, where that is not its own name. */
  networkName?: string;
  /** What became of the last run, before what is on screen; null where nothing is to be said. */
  note: string | null;
}

const store = createStore<ExplainState>()(() => ({
  settings: initialSettings,
  manifest: null,
  models: bundledNetworks.map((id) => ({ id, title: id, bytes: null })),
  examples: [],
  picture: null,
  analysis: null,
  measurement: null,
  signs: null,
  measuredBy: {},
  nullSigns: null,
  failed: [],
  weights: null,
  followed: null,
  held: false,
  layer: 0,
  position: 0,
  progress: { text: say('Opening'), fraction: null },
  note: null,
}));

/** What a part of the page draws from: the state itself, or the state as it is for a figure whose turn has not come (`workspaces/explain/turns`). */
export const DrawnFrom =
  createContext<Pick<StoreApi<ExplainState>, 'getState' | 'getInitialState' | 'subscribe'>>(store);

const whole = (state: ExplainState) => state;

function useDrawn(): ExplainState;
function useDrawn<Part>(select: (state: ExplainState) => Part): Part;
function useDrawn(select: (state: ExplainState) => unknown = whole): unknown {
  return useStore(useContext(DrawnFrom), select);
}

/**
 * What the Explain workspace shows. Changed by its controller only. As a hook it gives what the component around it is to draw; `getState` and
 * `subscribe` are always those of the state itself.
 */
export const useExplain = Object.assign(useDrawn, store);

/** What is on screen, with the settings that its numbers came by: what leaves the page must not call old numbers by a new measure. */
export function asMeasured(state = store.getState()): ExplainState {
  return { ...state, settings: { ...state.settings, ...state.measuredBy } };
}

/** Examples for a network: its own, and for one that has none those of the first bundled one. */
export function examplesFor(examples: readonly Example[], model: string): Example[] {
  const own = examples.filter(({ network }) => network === model);
  return own.length > 0 ? own : examples.filter(({ network }) => network === bundledNetworks[0]);
}

/** What the figures draw: the same object until one of its parts changes, whatever else goes on. */
export type Shown = Pick<ExplainState, 'settings' | 'picture' | 'analysis' | 'measurement' | 'layer'>;

export const useShown = (): Shown =>
  useExplain(
    useShallow(({ settings, picture, analysis, measurement, layer }) => ({
      settings,
      picture,
      analysis,
      measurement,
      layer,
    })),
  );

/** What the figures draw that stand still while the cursor moves over them: between two layers none is selected. */
export type Still = Omit<Shown, 'layer'> & { layer: number | null };

/**
 * As `useShown`; the same object for as long as the animation moves, so that it costs no figure a drawing. The selected layer may
 * come a moment late: picture and cursor show a step at once, and the figures mark it when that is painted.
 */
export function useStill(): Still {
  const settings = useStillSettings();
  const shown = useExplain(
    useShallow(({ picture, analysis, measurement, layer, position }) => ({
      picture,
      analysis,
      measurement,
      layer: Number.isInteger(position) ? layer : null,
    })),
  );
  return useLateLayer(useMemo(() => ({ settings, ...shown }), [settings, shown]));
}

/** What a figure shows, whose selected layer may come a moment late; all else comes at once. */
export function useLateLayer<Part extends { layer: number | null }>(now: Part): Part {
  // A part that has turns marks the layer in its turn, and is rendered once for it.
  const inTurn = useContext(DrawnFrom) !== store;
  const late = useDeferredValue(inTurn ? null : now);
  if (late === null) return now;
  const others = (Object.keys(now) as (keyof Part)[]).filter((key) => key !== 'layer');
  return others.every((key) => late[key] === now[key]) ? late : now;
}

/** All settings but the selected layer. */
export const useStillSettings = (): ExplainSettings =>
  useExplain(useShallow(({ settings }) => ({ ...settings, layer: '' })));
