// node tools/notebook-check.mjs PYTHON: the widget in a real JupyterLab, in Notebook 7 and in marimo, in the environment of that Python, driven in
// Chromium. A part of `npm run python`.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { quietFlags, systemChromium } from './browser.mjs';

const [python] = process.argv.slice(2);
const port = Number(process.env.SUPERSIGN_PORT ?? 4317) + 2;
const folder = mkdtempSync(path.join(tmpdir(), 'supersign-notebook-'));
const started = [];

const setting = `import numpy as np, supersign
y, x = np.mgrid[0:96, 0:96]
image = np.stack([x * 2, y * 2, 190 - x - y], axis=2).clip(0, 255).astype("uint8")
image[20:50, 30:60] = (230, 40, 30)`;
const torchCell = `${setting}
import torch
torch.manual_seed(0)
model = torch.nn.Sequential(torch.nn.Conv2d(3, 8, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
    torch.nn.Conv2d(8, 12, 3, padding=1), torch.nn.ReLU(), torch.nn.Conv2d(12, 12, 3, padding=1), torch.nn.ReLU(),
    torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(12, 5))
view = supersign.explain(model, [image, image[:, ::-1]], labels=list("abcde"), preprocess="imagenet", size=96)
view`;
const askedCell = `import json
a = view.analysis
print(json.dumps({"layer": a.data["settings"]["view"].get("layer"), "picture": a.data["image"]["name"], "label": a.target["label"],
    "entropies": [round(each.entropy.value, 2) for each in a.layers.values()], "opacity": a.data["settings"]["view"].get("opacity"),
    "same": bool((a.input == image).all()), "rows": len(a.to_dataframe()), "messages": view.messages}))`;
const kerasCell = `import os
os.environ["KERAS_BACKEND"] = "torch"
import keras
small = keras.Sequential([keras.Input((48, 48, 3)), keras.layers.Rescaling(1 / 255), keras.layers.Conv2D(6, 3, activation="relu", name="first"),
    keras.layers.Conv2D(8, 3, activation="relu", name="second"), keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(3)])
supersign.explain(small, image, labels=["x", "y", "z"])`;
const brokenCell = `class Broken(torch.nn.Module):
    def forward(self, x):
        raise RuntimeError("nothing goes forward here")
supersign.explain(Broken(), image)`;
/** In float16, over a picture of twelve megapixels. */
const halfCell = `half = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3), torch.nn.ReLU(), torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(),
    torch.nn.Linear(4, 2)).half()
large = np.zeros((3000, 4000, 3), "uint8")
large[:, :, 1] = np.arange(4000) // 16
large[500:2500, 1000:3000] = (230, 40, 30)
supersign.explain(half, large, labels=["p", "q"], preprocess="unit", size=96)`;
const batchCell = `batch = torch.stack([torch.tensor(image), 255 - torch.tensor(image)]).permute(0, 3, 1, 2)
supersign.explain(model, batch, preprocess="imagenet", size=96)`;
/** A tensor that is said to be on a graphics card, where there is none. */
const cudaCell = `from torch._subclasses.fake_tensor import FakeTensorMode
with FakeTensorMode():
    elsewhere = torch.empty(3, 96, 96, device="cuda")
supersign.explain(model, elsewhere)`;
const cells = [torchCell, askedCell, 'view', kerasCell, brokenCell, halfCell, batchCell, cudaCell];

try {
  writeNotebook();
  const browser = await chromium.launch({ executablePath: systemChromium(), args: quietFlags });
  try {
    await inJupyterLab(await browser.newPage({ viewport: { width: 1440, height: 1400 } }));
    await inNotebook(await browser.newPage({ viewport: { width: 1440, height: 1400 } }));
    await inMarimo(await browser.newPage({ viewport: { width: 1440, height: 1200 } }));
  } finally {
    await browser.close();
  }
  console.log('The widget does in notebooks what it says.');
} finally {
  for (const { pid } of started) process.kill(-pid, 'SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}

function writeNotebook() {
  const code = (source, id) => ({
    ...{ cell_type: 'code', id: `cell${id}`, source, metadata: {}, outputs: [], execution_count: null },
  });
  const metadata = { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } };
  const notebook = { cells: cells.map(code), metadata, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(path.join(folder, 'check.ipynb'), JSON.stringify(notebook));
}

async function serve(at, ...args) {
  const served = spawn(python, ['-m', ...args], { cwd: folder, detached: true, stdio: 'ignore' });
  started.push(served);
  const address = `http://localhost:${at}`;
  for (let tries = 0; tries < 240; tries++) {
    if (await fetch(address).catch(() => null)) return address;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`${args[0]} did not start`);
}

async function inJupyterLab(page) {
  const address = await serve(
    ...[port, 'jupyterlab', '--allow-root', '--no-browser', '--port', String(port)],
    ...['--ServerApp.token=', '--ServerApp.password=', '--ServerApp.disable_check_xsrf=True'],
  );
  await page.goto(`${address}/lab/tree/check.ipynb`);
  const cell = (index) => page.locator('.jp-CodeCell').nth(index);
  /** Runs a cell and waits until it is done; what is pressed before the kernel listens is lost, and pressed again. */
  const runCell = async (index) => {
    const outputs = cell(index).locator('.jp-OutputArea-child');
    await outputs.evaluateAll((all) => {
      for (const each of all) each.setAttribute('data-old', '');
    });
    const isDone = async () =>
      /\[\d+\]/.test(await cell(index).locator('.jp-InputPrompt').innerText()) &&
      (await cell(index).locator('[data-old]').count()) === 0;
    for (let tries = 0; tries < 6; tries++) {
      await page.getByText(/\| Idle/).waitFor({ timeout: 120_000 });
      await cell(index).locator('.cm-content').click();
      await page.keyboard.press('Control+Enter');
      for (let looks = 0; looks < 20; looks++) {
        await page.waitForTimeout(250);
        if (await isDone()) return;
      }
      if (/\*/.test(await cell(index).locator('.jp-InputPrompt').innerText())) {
        await cell(index)
          .getByText(/\[\d+\]/)
          .first()
          .waitFor({ timeout: 180_000 });
        return;
      }
    }
    throw new Error(`Cell ${index + 1} was not run.`);
  };
  const frameIn = (index) => cell(index).frameLocator('iframe[name="supersign-explain"]');
  const ready = (index) =>
    frameIn(index)
      .getByText(/Ready: \d+ layers?/)
      .waitFor({ timeout: 180_000 });
  const asked = async () => {
    await runCell(1);
    return JSON.parse(await cell(1).locator('.jp-OutputArea-output').last().innerText({ timeout: 5000 }));
  };
  /** Asks until the kernel has heard what the screen says: reports take their time. */
  const askedUntil = async (isSo) => {
    let told = null;
    for (let tries = 0; tries < 30; tries++) {
      told = await asked().catch(() => null);
      if (told && isSo(told)) return told;
      await page.waitForTimeout(500);
    }
    throw new Error(`The kernel was not told: ${JSON.stringify(told)}`);
  };

  await runCell(0);
  await ready(0);
  const first = await askedUntil(({ rows }) => rows === 3);
  assert.deepEqual([first.same, first.label.length, first.messages], [true, 1, []]);
  const onScreen = await frameIn(0).locator('body').innerText();
  assert.ok(onScreen.includes(first.entropies[2].toFixed(2)), `${first.entropies} on screen`);
  said('JupyterLab: a network of PyTorch', `“${first.label}”, entropies ${first.entropies.join(', ')}`);

  await frameIn(0).getByRole('slider', { name: /layer/i }).first().press('ArrowLeft');
  await frameIn(0)
    .getByText(/layer 2 of 3/)
    .waitFor();
  const moved = await askedUntil(({ layer }) => layer !== null);
  assert.ok((await frameIn(0).locator('body').innerText()).includes(`${moved.layer}, layer 2 of 3`));
  said('the slider is moved', `view.analysis is at ${moved.layer}`);

  await cell(0).getByLabel('Picture').selectOption('picture 2');
  const second = await askedUntil(({ picture }) => picture === 'picture 2');
  assert.equal(second.same, false);
  said('another picture of the list', second.picture);

  await runCell(2);
  await ready(2);
  said('two views of one widget', await page.locator('iframe[name="supersign-explain"]').count());

  await runCell(3);
  await ready(3);
  await frameIn(3)
    .getByText(/second, layer 2 of 2/)
    .waitFor();
  said('a model of Keras', 'drawn');

  await runCell(4);
  await cell(4)
    .getByText(/nothing goes forward here/)
    .first()
    .waitFor();
  await cell(4)
    .getByText(/PyTorch could not export this model/)
    .first()
    .waitFor();
  said('a model that cannot be exported', 'said in the words of the exporter');

  await runCell(5);
  await ready(5);
  await frameIn(5)
    .getByText(/4,?000 × 3,?000/)
    .first()
    .waitFor();
  said('a model in float16, a picture of 4,000 x 3,000', 'drawn');

  await runCell(6);
  await ready(6);
  assert.deepEqual(await cell(6).getByLabel('Picture').locator('option').allInnerTexts(), [
    'picture 1',
    'picture 2',
  ]);
  said('a batch', 'its pictures can be chosen');

  await runCell(7);
  await cell(7)
    .getByText(/The numbers of this tensor on cuda:0 cannot be had/)
    .first()
    .waitFor();
  said('a tensor on a graphics card that is not here', 'said');

  await page.getByText('Kernel', { exact: true }).click();
  await page.getByText('Restart Kernel…', { exact: true }).click();
  await page.getByRole('button', { name: 'Confirm Kernel Restart' }).click();
  await frameIn(0).getByRole('slider', { name: /layer/i }).first().press('ArrowRight');
  await frameIn(0)
    .getByText(/layer 3 of 3/)
    .waitFor();
  await runCell(0);
  await ready(0);
  await askedUntil(({ rows }) => rows === 3);
  said('the kernel is restarted', 'what is on screen goes on; the cell, run again, draws anew');
}

/** Notebook 7 is built of JupyterLab's parts: shorter. */
async function inNotebook(page) {
  const at = port + 2;
  const address = await serve(
    ...[at, 'notebook', '--allow-root', '--no-browser', '--port', String(at)],
    ...['--ServerApp.token=', '--ServerApp.password=', '--ServerApp.disable_check_xsrf=True'],
  );
  await page.goto(`${address}/notebooks/check.ipynb`);
  const cell = page.locator('.jp-CodeCell').first();
  const frame = cell.frameLocator('iframe[name="supersign-explain"]');
  // What is pressed before the kernel listens is lost, and pressed again.
  for (let tries = 0; tries < 10; tries++) {
    await cell.locator('.cm-content').click({ timeout: 120_000 });
    await page.keyboard.press('Control+Enter');
    const begun = cell.locator('.jp-InputPrompt', { hasText: /\[(\*|\d+)\]/ });
    if (
      await begun.waitFor({ timeout: 10_000 }).then(
        () => true,
        () => false,
      )
    )
      break;
  }
  await frame.getByText(/Ready: 3 layers/).waitFor({ timeout: 180_000 });
  await frame.getByRole('slider', { name: /layer/i }).first().press('ArrowLeft');
  await frame.getByText(/layer 2 of 3/).waitFor();
  said('Notebook 7', 'the widget draws, its slider moves');
}

async function inMarimo(page) {
  const app = `import marimo
app = marimo.App()

@app.cell
def _():
    ${torchCell.replace(/\nview$/, '').replaceAll('\n', '\n    ')}
    import marimo as mo
    widget = mo.ui.anywidget(view)
    widget
    return
`;
  writeFileSync(path.join(folder, 'app.py'), app);
  const address = await serve(
    ...[
      port + 1,
      'marimo',
      '--quiet',
      'run',
      'app.py',
      '--headless',
      '--no-token',
      '--port',
      String(port + 1),
    ],
  );
  await page.goto(address);
  const frame = page.frameLocator('iframe[name="supersign-explain"]');
  await frame.getByText(/Ready: \d+ layers?/).waitFor({ timeout: 180_000 });
  said('marimo', 'the widget draws');
}

function said(...words) {
  console.log(words.join(': '));
}
