// node bench/convolution.mjs: our convolutions on WebAssembly, layer by layer, on all threads.
//   --runs 9       timed runs of every layer
//   --only vgg     layers whose name begins so
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { quietFlags, systemChromium } from '../tools/browser.mjs';
import { root } from '../tools/install.mjs';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '9' },
    only: { type: 'string', default: '' },
    port: { type: 'string', default: '4394' },
  },
});

const layer = (name, size, channelsIn, channelsOut, kernel = 3, stride = 1) => ({
  name,
  size,
  channelsIn,
  channelsOut,
  kernel,
  stride,
});
const shapes = [
  layer('vgg conv1_1', 224, 3, 64),
  layer('vgg conv1_2', 224, 64, 64),
  layer('vgg conv2_1', 112, 64, 128),
  layer('vgg conv2_2', 112, 128, 128),
  layer('vgg conv3_1', 56, 128, 256),
  layer('vgg conv3_2', 56, 256, 256),
  layer('vgg conv4_1', 28, 256, 512),
  layer('vgg conv4_2', 28, 512, 512),
  layer('vgg conv5', 14, 512, 512),
  layer('resnet stem', 224, 3, 64, 7, 2),
  layer('resnet 1', 56, 64, 64),
  layer('resnet 2 down', 56, 64, 128, 3, 2),
  layer('resnet 2', 28, 128, 128),
  layer('resnet 3 down', 28, 128, 256, 3, 2),
  layer('resnet 3', 14, 256, 256),
  layer('resnet 4 down', 14, 256, 512, 3, 2),
  layer('resnet 4', 7, 512, 512),
  layer('resnet 4 shortcut', 14, 256, 512, 1, 2),
  layer('mobilenet stem', 224, 3, 24, 3, 2),
  layer('mobilenet 1', 112, 24, 48, 1),
  layer('mobilenet 3', 56, 96, 96, 1),
  layer('mobilenet 7', 14, 384, 384, 1),
  layer('mobilenet 13', 7, 768, 768, 1),
  layer('photos10 first', 112, 3, 32),
  layer('photos10 second', 112, 32, 32),
  layer('photos10 middle', 28, 96, 96),
  layer('photos10 last', 14, 128, 128),
].filter(({ name }) => name.startsWith(values.only));

const configFile = path.join(root, 'bench/convolution/vite.config.ts');
const port = Number(values.port);
await build({ configFile, logLevel: 'warn' });
const server = await preview({ configFile, preview: { port, strictPort: true } });
const browser = await chromium.launch({
  executablePath: systemChromium(),
  args: quietFlags,
});
try {
  const tab = await browser.newPage();
  tab.on('console', (message) => console.log(message.text()));
  await tab.goto(`http://localhost:${port}/`);
  await tab.waitForFunction(() => 'benchConvolutions' in window);
  const result = await tab.evaluate((request) => window.benchConvolutions(request), {
    shapes,
    runs: Number(values.runs),
  });
  console.log(result.backend);
  console.table(
    result.layers.map(({ shape, forward, gradient }) => {
      const { channelsIn, channelsOut, kernel, size, stride } = shape;
      const billions = (2 * channelsIn * channelsOut * (kernel * Math.ceil(size / stride)) ** 2) / 1e9;
      return {
        layer: shape.name,
        GFLOP: Number(billions.toFixed(2)),
        ...columns('forward', forward, billions),
        ...columns('gradient', gradient, billions),
      };
    }),
  );
} finally {
  await browser.close();
  await server.close();
}

function columns(what, times, billions) {
  // The best run is the one that other programs disturbed least.
  const best = Math.min(...times);
  return { [`${what} ms`]: round(best), [`${what} GFLOP/s`]: round((billions / best) * 1000) };
}

function round(number) {
  return Number(number.toPrecision(3));
}
