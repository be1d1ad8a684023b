import { growthByFrames, mostGrowthAFrame } from '../../tools/soak/frames.mjs';
import type { Part } from '../harness/part';
import { skipped } from '../harness/row';

/** Live pictures of a camera: the browser's own moving test pattern, explained frame after frame. */
export const cameraPart: Part = {
  id: 'camera',
  async run({ servers, quick }) {
    const frames = quick ? 800 : 1000;
    const what = `memory of the page's process, growth a frame, over ${frames} frames of a live camera`;
    const reach = 1000 * mostGrowthAFrame;
    const growth = await growthByFrames(`${servers.page}/`, frames);
    if (typeof growth === 'string') return { rows: [skipped(what, growth, reach)] };
    const curve = growth.measured.map(([frames, megabytes]) => ({ frames, megabytes }));
    const note = [curve[0], curve[curve.length - 1]]
      .map(({ frames, megabytes }) => `${megabytes.toFixed(1)} MB after ${frames}`)
      .join(', ');
    return { rows: [{ what, result: 1000 * growth.slope, unit: 'kB', reach, note }], curve };
  },
};
