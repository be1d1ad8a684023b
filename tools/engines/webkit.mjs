import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startScreen } from './screen.mjs';

const driverPath = '/usr/bin/WebKitWebDriver';
const browserPaths = [
  '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
  '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
];

/** Longest time in milliseconds for an answer of the driver; a browser that starts on a busy machine takes many seconds. */
const PATIENCE = 240_000;
/** The same for what a page is asked: one that hangs is given up, and what was done with it begun again in a browser of its own. */
const PATIENCE_FOR_A_PAGE = 40_000;
/** The same for a new browser: now and then the driver waits for one that never comes, and then for ever. */
const PATIENCE_AT_START = 90_000;

/** What WebDriver calls an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** WebDriver's letters for keys that write nothing. */
const keys = {
  Enter: '\uE007',
  Escape: '\uE00C',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
};

/** Path of WebKitGTK's small browser on this system, undefined where it or its driver is missing. */
export const systemWebKit = () =>
  existsSync(driverPath) ? browserPaths.find((file) => existsSync(file)) : undefined;

/** WebKitGTK by its own WebDriver, on a screen or on one that Xvfb pretends. Each page is a browser of its own. */
export async function startWebKit(downloads) {
  const binary = systemWebKit();
  if (!binary) return 'There is no WebKitGTK here (package webkit2gtk-driver).';
  const screen = await startScreen();
  if (typeof screen === 'string') return screen;
  const env = {
    ...process.env,
    ...(await homeWith(downloads)),
    DISPLAY: screen.display,
    ...(process.getuid?.() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {}),
  };
  let driver = await startDriver(env);
  return {
    open: () =>
      openPage(driver.ask, binary).catch(async () => {
        driver.end();
        driver = await startDriver(env);
        return openPage(driver.ask, binary);
      }),
    async close() {
      driver.end();
      screen.close();
    },
  };
}

async function startDriver(env) {
  const port = await freePort();
  const driver = spawn(driverPath, [`--port=${port}`], { stdio: 'ignore', env });
  const ask = asker(port);
  await driverAnswers(ask);
  return { ask, end: () => driver.kill() };
}

/** Folders of a user who keeps nothing: WebKitGTK puts downloads where the desktop says. */
async function homeWith(downloads) {
  const configuration = path.join(downloads, '.config');
  await mkdir(configuration);
  await writeFile(path.join(configuration, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  return { HOME: downloads, XDG_CONFIG_HOME: configuration };
}

async function openPage(ask, binary) {
  const capabilities = {
    alwaysMatch: {
      browserName: 'MiniBrowser',
      unhandledPromptBehavior: 'accept',
      timeouts: { script: PATIENCE, pageLoad: PATIENCE },
      'webkitgtk:browserOptions': { binary, args: ['--automation'] },
    },
  };
  const { sessionId } = await ask('POST', '/session', { capabilities }, PATIENCE_AT_START);
  const session = `/session/${sessionId}`;
  await ask('POST', `${session}/window/rect`, { x: 0, y: 0, width: 1440, height: 940 });
  const evaluate = (expression) =>
    ask(
      'POST',
      `${session}/execute/sync`,
      { script: `return (${expression});`, args: [] },
      PATIENCE_FOR_A_PAGE,
    );
  const element = async (expression) => `${session}/element/${(await evaluate(expression))[ELEMENT]}`;
  return {
    uncaught: [],
    go: (address) => ask('POST', `${session}/url`, { url: address }),
    reload: () => ask('POST', `${session}/refresh`, {}),
    evaluate,
    click: async (expression) => ask('POST', `${await element(expression)}/click`, {}),
    press: (key) =>
      ask('POST', `${session}/actions`, {
        actions: [
          {
            type: 'key',
            id: 'keyboard',
            actions: ['keyDown', 'keyUp'].map((type) => ({ type, value: keys[key] ?? key })),
          },
        ],
      }),
    setFiles: async (expression, files) =>
      ask('POST', `${await element(expression)}/value`, { text: files.join('\n') }),
    close: () => ask('DELETE', session),
  };
}

const asker =
  (port) =>
  async (method, path, body, patience = PATIENCE) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    }).catch(() => {
      throw new Error(`the driver does not answer ${method} ${path.replace(/\/session\/[^/]+/, '')}`);
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(value.message || value.error);
    return value;
  };

async function driverAnswers(ask) {
  for (let look = 0; look < 200; look++) {
    const status = await ask('GET', '/status').catch(() => null);
    if (status) return;
    await sleep(100);
  }
  throw new Error('WebKitWebDriver does not answer.');
}

/** A port that nobody listens on. */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
