import { layerMethods, type SaliencyMethod, slowSaliencyMethods } from '../../../saliency/method-names';

/** The method whose maps the others are likened to. */
export const referenceMethod: SaliencyMethod = 'grad-cam';

export const comparedMethods: readonly SaliencyMethod[] = layerMethods;

/** Those that one pass over the network gives for all layers. */
export const onePassMethods = comparedMethods.filter((method) => !slowSaliencyMethods.includes(method));
