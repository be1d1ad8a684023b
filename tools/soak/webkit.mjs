import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const PORT = 4396;
const driverPath = '/usr/bin/WebKitWebDriver';
const browserPaths = [
  '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
  '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
];

/** WebKitGTK by its own WebDriver, on a screen or on one that Xvfb pretends. Each page is a browser of its own. */
export async function startWebKit() {
  const binary = browserPaths.find((file) => existsSync(file));
  if (!binary || !existsSync(driverPath)) return 'There is no WebKitGTK here (package webkit2gtk-driver).';
  if (!process.env.DISPLAY) return 'WebKitGTK wants a screen: run this under xvfb-run.';
  const driver = spawn(driverPath, [`--port=${PORT}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      ...(process.getuid?.() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {}),
    },
  });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const options = { binary, args: ['--automation'] };
  const capabilities = {
    alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options },
  };
  return {
    async open() {
      const { sessionId } = await ask('POST', '/session', { capabilities });
      const session = `/session/${sessionId}`;
      return {
        go: (address) => ask('POST', `${session}/url`, { url: address }),
        evaluate: (expression) =>
          ask('POST', `${session}/execute/sync`, { script: `return (${expression});`, args: [] }),
        close: () => ask('DELETE', session),
      };
    },
    close: async () => void driver.kill(),
  };
}

async function ask(method, path, body) {
  const response = await fetch(`http://127.0.0.1:${PORT}${path}`, {
    method,
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  }).catch(() => {
    throw new Error(`the driver does not answer ${method} ${path.replace(/\/session\/[^/]+/, '')}`);
  });
  const { value } = await response.json();
  if (!response.ok) throw new Error(value.message);
  return value;
}
