// node tools/notebook-frames-check.mjs PYTHON: the widget in frames as VS Code, Colab and others put outputs into, driven in Chromium. A part of
// `npm run python`. The kernel's side is the real one, in a process of that Python; the notebook's side does what anywidget does.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { quietFlags, systemChromium } from './browser.mjs';

/**
 * Where outputs stand. None is isolated, none has a service worker; the top page and the frame have different origins.
 * - Without an origin: notebooks that trust their outputs less. marimo gives out modules as data.
 * - VS Code: `sandboxRules` of src/vs/workbench/contrib/webview/browser/pre/index.html; its document has a content policy only with the setting
 *   notebook.experimental.enableCsp, and then no anywidget can be imported.
 * - Colab: an output frame of a host of its own.
 */
const places = [
  { name: 'a frame without an origin', sandbox: 'allow-scripts', as: 'data' },
  {
    name: 'a frame as in VS Code',
    sandbox: 'allow-same-origin allow-pointer-lock allow-scripts allow-downloads allow-forms',
    as: 'blob',
  },
  {
    name: 'a frame as in Colab',
    sandbox:
      'allow-downloads allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts',
    as: 'blob',
  },
];

const kernelScript = `import base64, json, sys
import numpy as np, supersign
picture = np.zeros((96, 96, 3), "uint8")
picture[20:50, 30:60] = (230, 40, 30)
view = supersign.explain("photos10", picture)
def send(content, buffers=()):
    print(json.dumps({"content": content, "buffers": [base64.b64encode(bytes(each)).decode() for each in buffers]}), flush=True)
view.send = send
for line in sys.stdin:
    said = json.loads(line)
    if said == "esm":
        send(str(view._esm))
    elif said == "analysis":
        send(view._analysis and [view._analysis.target["label"], len(view._analysis.layers)])
    else:
        view._answer(view, said["content"], [base64.b64decode(each) for each in said["buffers"]])
`;

/** In the output frame: what anywidget does, over messages to the window around it. */
function output(as) {
  const heard = [];
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const model = {
    get: () => 700,
    on: (_, listener) => heard.push(listener),
    off: () => {},
    send(content, _, buffers = []) {
      const packed = buffers.map((each) => btoa(String.fromCharCode(...new Uint8Array(each))));
      parent.postMessage({ content, buffers: packed }, '*');
    },
  };
  addEventListener('message', async ({ data, source }) => {
    if (source !== parent) return;
    if (data.esm !== undefined) {
      const url =
        as === 'blob'
          ? URL.createObjectURL(new Blob([data.esm], { type: 'text/javascript' }))
          : `data:text/javascript;base64,${btoa(String.fromCharCode(...new TextEncoder().encode(data.esm)))}`;
      const { default: widget } = await import(url);
      widget.render({ model, el: document.getElementById('output') });
    } else if (data.content) {
      for (const listener of heard)
        listener(
          data.content,
          data.buffers.map((each) => new DataView(bytes(each).buffer)),
        );
    }
  });
  parent.postMessage('esm', '*');
}

/** In the window around it: hands on between the frame and the kernel. */
function top() {
  const frame = document.querySelector('iframe');
  addEventListener('message', ({ data, source }) => {
    if (source === frame.contentWindow) void fetch('/kernel', { method: 'POST', body: JSON.stringify(data) });
  });
  new EventSource('/told').onmessage = ({ data }) => {
    const said = JSON.parse(data);
    frame.contentWindow.postMessage(typeof said.content === 'string' ? { esm: said.content } : said, '*');
  };
}

const [python] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: systemChromium(), args: quietFlags });
try {
  for (const place of places) await tryPlace(place);
} finally {
  await browser.close();
}

async function tryPlace({ name, sandbox, as }) {
  const kernel = spawn(python, ['-c', kernelScript], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((_, reject) => {
    kernel.on('exit', (code) => reject(new Error(`The kernel ended with ${code}.`)));
  });
  ended.catch(() => {});
  const say = (what) => kernel.stdin.write(`${what}\n`);
  /** What the kernel says before the window listens waits for it. */
  const early = [];
  let tell = (line) => early.push(line);
  let answered = () => {};
  createInterface({ input: kernel.stdout }).on('line', (line) => {
    const { content } = JSON.parse(line);
    if (content === null || Array.isArray(content)) answered(content);
    else tell(line);
  });
  const server = createServer((request, response) => {
    const html = (text) =>
      response.setHeader('content-type', 'text/html').end(`<!doctype html><meta charset="utf-8">${text}`);
    if (request.url === '/output') html(`<div id="output"></div><script>(${output})('${as}')</script>`);
    else if (request.url === '/told') {
      response.setHeader('content-type', 'text/event-stream').flushHeaders();
      tell = (line) => response.write(`data: ${line}\n\n`);
      for (const line of early.splice(0)) tell(line);
    } else if (request.url === '/kernel') {
      const parts = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', () => {
        say(Buffer.concat(parts).toString());
        response.end();
      });
    } else {
      const { port } = server.address();
      const frame = `<iframe sandbox="${sandbox}" allow="cross-origin-isolated; clipboard-write" style="width: 100%; height: 760px"`;
      html(`${frame} src="http://127.0.0.1:${port}/output"></iframe><script>(${top})()</script>`);
    }
  });
  await new Promise((resolve) => server.listen(0, resolve));
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.goto(`http://localhost:${server.address().port}/`);
    const frame = page.frameLocator('iframe').frameLocator('iframe[name="supersign-explain"]');
    await Promise.race([ended, frame.getByText(/Ready: 12 layers/).waitFor({ timeout: 300_000 })]);
    await frame.getByRole('slider', { name: /layer/i }).first().press('ArrowLeft');
    await frame.getByText(/layer 11 of 12/).waitFor();
    const { origin, isIsolated } = await page
      .frames()
      .find((each) => each.name() === 'supersign-explain')
      .evaluate(() => ({ origin: self.origin, isIsolated: self.crossOriginIsolated }));
    assert.deepEqual([origin === 'null', isIsolated], [!sandbox.includes('allow-same-origin'), false]);
    let told = null;
    for (let tries = 0; tries < 60 && told === null; tries++) {
      told = await new Promise((resolve) => {
        answered = resolve;
        say('"analysis"');
      });
      if (told === null) await page.waitForTimeout(500);
    }
    assert.equal(told?.[1], 12);
    console.log(
      `${name}: the widget draws, its slider moves, the kernel has “${told[0]}” at ${told[1]} layers`,
    );
  } catch (error) {
    console.log(
      await page
        .frames()
        .at(-1)
        ?.locator('body')
        .innerText()
        .catch(() => ''),
    );
    throw error;
  } finally {
    await page.close();
    kernel.kill();
    server.closeAllConnections();
    server.close();
  }
}
