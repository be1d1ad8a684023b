import { existsSync, mkdirSync, openAsBlob, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from '@playwright/test';
import { openImageSet } from '../../src/picture/sets/open-image-set';
import { choosePictures } from '../../src/study/run/choose-pictures';
import type { HeadlessMessage, HeadlessStudyRequest } from '../../src/study/run/headless-study';
import type { StudySettings } from '../../src/study/study-data';
import { usualSettings } from '../../src/study/study-testing';
import { openPage } from '../harness/browser';
import type { Bench, Part } from '../harness/part';
import { noPeer, peerPython, startPeer } from '../harness/peer';
import { browserMemory } from '../harness/process-memory';
import { type Measured, skipped } from '../harness/row';
import { benchFiles } from '../harness/servers';

const archive = path.resolve(import.meta.dirname, '../../../shared/data/imagenette-128.zip');

const settings: StudySettings = { ...usualSettings, split: 'val' };
/** Side of the pictures that photos10 reads. */
const side = 112;

/** A study of held-out photographs in the built page, and the same loop in PyTorch and scikit-image. */
export const studyPart: Part = {
  id: 'study',
  async run(bench) {
    const count = bench.quick ? 16 : 160;
    const of = `a study of photos10, ${settings.shuffles} shuffles a map, all layers`;
    const what = `time a picture of ${of}`;
    if (!existsSync(archive)) return { rows: [skipped(what, 'the photographs are not at ../shared/data')] };
    const pictures = await writePictures(bench, count);
    const { ms, memory } = await study(bench, pictures);
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

interface Picture extends Omit<HeadlessStudyRequest['pictures'][number], 'address'> {
  file: string;
  /** Class folder, as photos10's labels are ordered. */
  class: number;
}

async function writePictures({ files }: Bench, sample: number): Promise<Picture[]> {
  const blob = await openAsBlob(archive);
  const { entries } = await openImageSet([{ kind: 'zip', name: 'imagenette-128.zip', blob }]);
  mkdirSync(path.join(files, 'study'), { recursive: true });
  const classes =
    'tench english-springer cassette-player chain-saw church french-horn garbage-truck gas-pump golf-ball parachute'.split(
      ' ',
    );
  const pictures: Picture[] = [];
  for (const [index, { read, ...entry }] of choosePictures(entries, { ...settings, sample }).entries()) {
    const file = `study/${index}.jpg`;
    writeFileSync(path.join(files, file), new Uint8Array(await (await read()).arrayBuffer()));
    pictures.push({ ...entry, file, class: classes.indexOf(entry.folder ?? '') });
  }
  return pictures;
}

/** Milliseconds from the loaded network to the last number, and the browser's memory at each batch. */
async function study(
  { browser, servers }: Bench,
  pictures: readonly Picture[],
): Promise<{ ms: number; memory: number[] }> {
  const page = await openPage(browser);
  const watch = watcher(browser);
  await page.exposeFunction('report', watch.report);
  await page.goto(`${servers.page}/headless.html`);
  await page.waitForFunction(() => 'supersign' in window);
  const request: HeadlessStudyRequest = {
    settings,
    backend: 'auto',
    network: { kind: 'bundled', address: `${servers.page}/networks/photos10/manifest.json` },
    pictures: pictures.map(({ file, class: _, ...entry }) => ({
      ...entry,
      address: `${servers.page}${benchFiles}/${file}`,
    })),
    folders: [...new Set(pictures.flatMap(({ folder }) => folder ?? []))],
    classes: {},
    of: pictures.length,
  };
  await page.evaluate((asked) => window.supersign.study(asked), request);
  const ms = performance.now() - watch.started;
  await page.context().close();
  if (watch.measured !== pictures.length) throw new Error(`Only ${watch.measured} pictures were measured.`);
  return { ms, memory: watch.memory };
}

function watcher(browser: Browser) {
  const watch = {
    started: 0,
    measured: 0,
    memory: [] as number[],
    async report(message: HeadlessMessage) {
      if (message.type === 'head') watch.started = performance.now();
      if (message.type !== 'chunk') return;
      watch.measured += message.chunk.images.length;
      watch.memory.push((await browserMemory(browser)) ?? 0);
    },
  };
  return watch;
}

async function againstPeer(
  bench: Bench,
  pictures: readonly Picture[],
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
      shuffles: settings.shuffles,
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
