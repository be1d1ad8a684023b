import { readFileSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine, EnginePage } from '../../tools/engines/start-engine.mjs';
import { file, type TestFile } from '../support/files';

const inPage = readFileSync(path.join(import.meta.dirname, 'in-page.js'), 'utf8');

/** Somebody in front of the page, in any engine: finds things by role and name, waits for what comes. */
export type Visitor = ReturnType<typeof createVisitor>;

type Name = string | RegExp;

/** Longest wait in milliseconds. A busy machine is no fault of the page. */
const PATIENCE = 120_000;

/** Milliseconds between two looks, each of which has the page find what is looked for. */
const INTERVAL = 150;

/**
 * Looks until something is so. It asks no runner of tests, since Vitest and Playwright both run visitors.
 * @param seen what is told when it does not come
 */
async function waitFor(
  what: string,
  isSo: () => Promise<boolean>,
  seen: () => Promise<string>,
): Promise<void> {
  for (const end = Date.now() + PATIENCE; !(await isSo()); await sleep(INTERVAL)) {
    if (Date.now() > end)
      throw new Error(`${what}: not within ${PATIENCE / 1000} s. There is ${await seen()}`);
  }
}

const MOST_TRIES = 20;

const spelled = (value: unknown) => (value instanceof RegExp ? String(value) : JSON.stringify(value));

export function createVisitor(page: EnginePage, engine: Engine) {
  /** A JavaScript expression in the page, in which `journey` finds things (`in-page.js`). */
  const ask = <Answer>(expression: string) =>
    page.evaluate(`(() => { ${inPage}; return (${expression}); })()`) as Promise<Answer>;

  /** Waits until an expression gives what is expected. Between two pages there is nobody who answers. */
  const until = async <Answer>(what: string, expression: string, fits: (answer: Answer) => boolean) => {
    let answer: Answer | undefined;
    let last: unknown;
    await waitFor(
      what,
      async () => {
        answer = await ask<Answer>(expression).catch((error) => {
          last = error.message;
          return undefined;
        });
        last = answer ?? last;
        return answer !== undefined && answer !== null && fits(answer);
      },
      async () =>
        `${JSON.stringify(last)}, and ${JSON.stringify(await alertText().catch(() => null))} is said`,
    );
    return answer as Answer;
  };

  /** Clicks; what moves on while it is pointed at, as parts of the page come, is pointed at again. */
  const clicked = async (expression: string) => {
    for (let tries = 1; ; tries++) {
      try {
        await ask(`journey.expectClick(() => ${expression})`);
        await page.click(expression);
        // Another page may be there by now.
        if (await ask<boolean>('journey.wasClicked()').catch(() => true)) return;
        throw new Error('The click went elsewhere.');
      } catch (error) {
        if (tries === MOST_TRIES) throw error;
        // At the edge of a part that scrolls, WebDriver may find it covered.
        await page.evaluate(`void (${expression})?.scrollIntoView({ block: 'center' })`);
        await sleep(INTERVAL);
      }
    }
  };

  const alertText = () => ask<string>(`journey.all('alert').map(journey.textOf).join(' | ')`);
  const found = (role: string, name?: Name) =>
    `journey.find(${[role, name]
      .filter((each) => each !== undefined)
      .map(spelled)
      .join(', ')})`;
  const isThere = (expression: string) => `Boolean(${expression}) && !${expression}.disabled`;

  return {
    ask,
    until,
    alertText,
    /** What is told when a journey fails. */
    whatIsSeen: () => ask<string>(`location.href + '\\n' + document.body.innerText.slice(0, 3000)`),
    go: (address: string) => page.go(address),
    reload: () => page.reload(),
    press: (key: string) => page.press(key),

    /** Waits for something, and gives its text. */
    text: (role: string, name?: Name, fits: Name = /(?:)/) =>
      until<string>(
        `${role} ${name ?? ''} reads ${fits}`,
        `${found(role, name)} && journey.textOf(${found(role, name)})`,
        (text) => (typeof fits === 'string' ? text.includes(fits) : fits.test(text)),
      ),

    /** Waits until something is there and enabled. */
    async sees(role: string, name?: Name) {
      await until<boolean>(`${role} ${name ?? ''} is there`, isThere(found(role, name)), Boolean);
    },

    async click(role: string, name?: Name) {
      await until<boolean>(`${role} ${name ?? ''} can be clicked`, isThere(found(role, name)), Boolean);
      await clicked(`(() => { ${inPage}; return ${found(role, name)}; })()`);
    },

    async focus(role: string, name?: Name) {
      await this.sees(role, name);
      await ask(`${found(role, name)}.focus()`);
    },

    /** Chooses in a list, by value. */
    async choose(name: Name, value: string) {
      await until<boolean>(
        `${value} can be chosen from ${name}`,
        `[...(${found('combobox', name)}?.options ?? [])].some(({ value }) => value === ${spelled(value)})`,
        Boolean,
      );
      await ask(`(() => {
        const box = ${found('combobox', name)};
        box.value = ${spelled(value)};
        box.dispatchEvent(new Event('change', { bubbles: true }));
      })()`);
    },

    /** Gives files to a picker, which a button opens otherwise. */
    async setFiles(selector: string, files: readonly string[]) {
      const picker = `document.querySelector(${spelled(selector)})`;
      await until<boolean>(`${selector} is there`, `${picker} !== null`, Boolean);
      await page.setFiles(picker, files);
    },

    /** Drops files on the page as a file manager does it: over, which must be accepted, then drop. */
    async drop(...files: TestFile[]) {
      const contents = files.map(({ name, mimeType, buffer }) => [name, mimeType, buffer.toString('base64')]);
      const accepted = await ask<boolean>(`((contents) => {
        const dataTransfer = new DataTransfer();
        for (const [name, type, base64] of contents) {
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
          dataTransfer.items.add(new File([bytes], name, { type }));
        }
        const target = document.elementFromPoint(innerWidth / 2, innerHeight / 2) ?? document.body;
        const event = (type) => new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true });
        target.dispatchEvent(event('dragenter'));
        const refused = target.dispatchEvent(event('dragover'));
        target.dispatchEvent(event('drop'));
        return !refused;
      })(${JSON.stringify(contents)})`);
      if (!accepted) throw new Error('The page does not accept a drop.');
    },

    /** Does what ends in a download, and gives the file as it would be opened again. */
    async saved(work: () => Promise<void>): Promise<TestFile> {
      for (const old of await downloadsIn(engine.downloads)) await rm(path.join(engine.downloads, old));
      await work();
      let size = -1;
      let name = '';
      await waitFor(
        'a file is saved',
        async () => {
          [name = ''] = await downloadsIn(engine.downloads);
          const before = size;
          size = name ? (await readFile(path.join(engine.downloads, name)).catch(() => '')).length : -1;
          return size > 0 && size === before;
        },
        async () => `${name || 'no file'} of ${size} bytes`,
      );
      return file(name, await readFile(path.join(engine.downloads, name)));
    },
  };
}

/** Files that are complete: while one comes, browsers call it otherwise, or keep another one beside it. */
async function downloadsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) =>
    /^[^.].*\.(png|svg|json|csv|zip|keras|gz)$/.test(name),
  );
  return names;
}
