export const fewestFrames: number;
export const mostGrowthAFrame: number;
/** Growth in MB a frame, with frames and MB from which it is known; or a sentence that says why it cannot be measured. */
export function growthByFrames(
  address: string,
  frames: number,
): Promise<{ slope: number; measured: [number, number][] } | string>;
