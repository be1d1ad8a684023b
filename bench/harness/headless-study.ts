import { mkdirSync, openAsBlob, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from '@playwright/test';
import { openImageSet } from '../../src/picture/sets/open-image-set';
import { choosePictures } from '../../src/study/run/choose-pictures';
import type { HeadlessMessage, HeadlessStudyRequest } from '../../src/study/run/headless-study';
import type { StudySettings } from '../../src/study/study-data';
import { usualSettings } from '../../src/study/study-testing';
import { openPage } from './browser';
import type { Bench } from './part';
import { browserMemory } from './process-memory';
import { benchFiles } from './servers';

/** Held-out photographs of ten classes, beside the checkout. */
export const photographs = path.resolve(import.meta.dirname, '../../../shared/data/imagenette-128.zip');

/** A study as the page starts with it, of held-out photographs. */
export const studySettings: StudySettings = { ...usualSettings, split: 'val' };

export interface StudyPicture extends Omit<HeadlessStudyRequest['pictures'][number], 'address'> {
  file: string;
  /** Class folder, as photos10's labels are ordered. */
  class: number;
}

/** Takes so many photographs from the archive into the bench's folder. */
export async function writePictures({ files }: Bench, sample: number): Promise<StudyPicture[]> {
  const blob = await openAsBlob(photographs);
  const { entries } = await openImageSet([{ kind: 'zip', name: 'imagenette-128.zip', blob }]);
  mkdirSync(path.join(files, 'study'), { recursive: true });
  const classes =
    'tench english-springer cassette-player chain-saw church french-horn garbage-truck gas-pump golf-ball parachute'.split(
      ' ',
    );
  const pictures: StudyPicture[] = [];
  for (const [index, { read, ...entry }] of choosePictures(entries, { ...studySettings, sample }).entries()) {
    const file = `study/${index}.jpg`;
    writeFileSync(path.join(files, file), new Uint8Array(await (await read()).arrayBuffer()));
    pictures.push({ ...entry, file, class: classes.indexOf(entry.folder ?? '') });
  }
  return pictures;
}

/** A study in the built page: milliseconds from the loaded network to the last number, and the browser's memory at each batch. */
export async function timeStudy(
  { browser, servers }: Bench,
  pictures: readonly StudyPicture[],
  settings = studySettings,
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
