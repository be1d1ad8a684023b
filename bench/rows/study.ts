import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  photographs,
  type StudyPicture,
  studySettings,
  timeStudy,
  writePictures,
} from '../harness/headless-study';
import type { Bench, Part } from '../harness/part';
import { noPeer, peerPython, startPeer } from '../harness/peer';
import { type Measured, skipped } from '../harness/row';

/** Side of the pictures that photos10 reads. */
const side = 112;

/** A study of held-out photographs in the built page, and the same loop in PyTorch and scikit-image. */
export const studyPart: Part = {
  id: 'study',
  async run(bench) {
    const count = bench.quick ? 16 : 160;
    const of = `a study of photos10, ${studySettings.shuffles} shuffles a map, all layers`;
    const what = `time a picture of ${of}`;
    if (!existsSync(photographs))
      return { rows: [skipped(what, 'the photographs are not at ../shared/data')] };
    const pictures = await writePictures(bench, count);
    const { ms, memory } = await timeStudy(bench, pictures);
    const own = ms / count;
    const rows: Measured[] = [
      {
        what,
        result: own,
        unit: 'ms',
        note: `${(1000 / own).toFixed(2)} pictures a second, ${count} of them`,
      },
    ];
    const [early, late] = [memory[Math.floor(memory.length / 4)], memory.at(-1)];
    if (early && late) {
      rows.push({
        what: `growth of the browser's memory over the last three quarters of ${count} pictures of a study`,
        result: (late - early) / 1e6,
        unit: 'MB',
        note: `${(early / 1e6).toFixed(0)} MB, then ${(late / 1e6).toFixed(0)} MB`,
      });
    }
    rows.push(await againstPeer(bench, pictures, own, `${what}, over PyTorch and scikit-image`));
    return { rows };
  },
};

async function againstPeer(
  bench: Bench,
  pictures: readonly StudyPicture[],
  own: number,
  what: string,
): Promise<Measured> {
  if (!peerPython) return skipped(what, noPeer, 1);
  const absent = bench.network('photos10');
  if (absent) return skipped(what, absent, 1);
  const peer = startPeer('study.py');
  try {
    const folder = path.join(bench.files, 'photos10');
    const { versions } = await peer.ask<{ versions: Record<string, string> }>({ do: 'open', folder });
    Object.assign(bench.versions, versions);
    const asked = pictures.slice(0, bench.quick ? 4 : 32);
    const { ms } = await peer.ask({
      do: 'study',
      files: asked.map(({ file }) => path.join(bench.files, file)),
      classes: asked.map((picture) => picture.class),
      side,
      shuffles: studySettings.shuffles,
    });
    const theirs = ms / asked.length;
    return {
      what,
      result: own / theirs,
      unit: 'ratio',
      reach: 1,
      ours: own,
      peer: theirs,
      note: `${(1000 / theirs).toFixed(2)} pictures a second there, one process`,
    };
  } finally {
    peer.end();
  }
}
