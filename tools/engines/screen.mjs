import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const xvfb = '/usr/bin/Xvfb';

/** The screen of this machine, or one that Xvfb pretends; a sentence where there is neither. */
export async function startScreen() {
  if (process.env.DISPLAY) return { display: process.env.DISPLAY, close() {} };
  if (!existsSync(xvfb)) return 'WebKitGTK wants a screen, and there is no Xvfb here (package xvfb).';
  // Xvfb finds a free number itself and writes it to the third file it is given.
  const screen = spawn(xvfb, ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise((resolve) => {
    screen.stdio[3].once('data', (data) => resolve(String(data).trim()));
    screen.once('error', () => resolve(null));
    screen.once('exit', () => resolve(null));
  });
  if (number === null) return 'Xvfb does not start here.';
  return { display: `:${number}`, close: () => screen.kill() };
}
