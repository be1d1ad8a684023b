import type { LinkedSigns, SignRef } from './link-signs';

/** A sign with all that it was aggregated from and all that it is aggregated into, itself included; by layer, then sign. */
export function lineage({ layers }: LinkedSigns, { layer, sign }: SignRef): SignRef[] {
  const found: SignRef[] = [];
  const open = [layers[layer][sign]];
  for (let at = open.pop(); at; at = open.pop()) {
    found.push({ layer: at.layer, sign: at.sign });
    for (const { from } of at.parts) open.push(layers[from.layer][from.sign]);
  }
  for (let { into } = layers[layer][sign]; into; into = layers[into.to.layer][into.to.sign].into) {
    found.push({ ...into.to });
  }
  return found.sort((a, b) => a.layer - b.layer || a.sign - b.sign);
}
