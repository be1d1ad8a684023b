/** Share of the map's largest absolute value above which a pixel counts; as in Quantus. */
const THRESHOLD = 1e-5;

/**
 * Share of the pixels that take any part in an explanation: `|v| > threshold * max |v|`. This is the form that Quantus gives the
 * effective complexity of Nguyen and Martínez 2020, as a share instead of a count. Their own asks the network how few
 * pixels do; curves of insertion show that. Null where the map is zero everywhere.
 */
export function effectiveComplexity(map: Float32Array, threshold = THRESHOLD): number | null {
  const most = map.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  if (most === 0) return null;
  let count = 0;
  for (let i = 0; i < map.length; i++) if (Math.abs(map[i]) > threshold * most) count += 1;
  return count / map.length;
}
