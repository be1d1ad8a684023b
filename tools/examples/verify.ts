import sharp from 'sharp';
import { loadNetwork, NETWORK_FOLDERS, networkFolder, type Pixels, read, toInput } from './network';

const SHIFTS: [number, number][] = [
  [0, 0],
  [4, 0],
  [-4, 0],
  [0, 4],
  [0, -4],
];

export async function decode(file: string): Promise<Pixels> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  if (info.width !== info.height)
    throw new Error(`${file} is ${info.width} x ${info.height}; examples are square.`);
  return { data: new Uint8Array(data), size: info.width };
}

/** Other ways in which a page may reduce a picture: the reading must not hang on one of them. */
async function otherReductions(file: string): Promise<Float32Array[]> {
  const kernels = ['nearest', 'linear', 'cubic', 'lanczos3'] as const;
  return Promise.all(
    kernels.map(async (kernel) => {
      const data = await sharp(file).removeAlpha().resize(112, 112, { kernel }).raw().toBuffer();
      return Float32Array.from(data, (v) => v / 127.5 - 1);
    }),
  );
}

/** Prints how the bundled network reads each picture; true if it reads all of them right, however reduced. */
export async function verify(folder: string, examples: { id: string; label: string }[]): Promise<boolean> {
  const at = networkFolder();
  if (!at) {
    console.error(`The network is missing: looked in ${NETWORK_FOLDERS.join(' and ')}.`);
    return false;
  }
  const network = await loadNetwork(at);
  let right = true;
  console.log('picture            probability   lowest of 9 reductions and shifts   next');
  for (const { id, label } of examples) {
    const file = `${folder}${id}.jpg`;
    const pixels = await decode(file);
    const inputs = [...SHIFTS.map((shift) => toInput(pixels, shift)), ...(await otherReductions(file))];
    const readings = read(network, inputs);
    const own = readings.map((reading) => reading.find((r) => r.label === label)!.probability);
    const correct = readings.every((reading) => reading[0].label === label);
    right &&= correct;
    const [first, second] = readings[0];
    const next = first.label === label ? second : first;
    const percent = (p: number) => `${(100 * p).toFixed(1)} %`.padStart(8);
    console.log(
      `${id.padEnd(18)} ${percent(own[0])}      ${percent(Math.min(...own))}   ${next.label} ${percent(next.probability)}${correct ? '' : '   WRONG'}`,
    );
  }
  return right;
}
