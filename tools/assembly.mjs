import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const source = path.join(root, 'src/backend/fast-convolution/assembly');
const target = path.join(root, 'src/backend/fast-convolution/compiled');

/** One module for each kind of memory and each kind of arithmetic; see `fast-convolution/load-kernels.ts`. */
// A shared memory is given out with its limit, at most 4 GB, and its importers must allow for it.
const shared = ['--sharedMemory', '--maximumMemory', '65536'];
const variants = {
  shared,
  'shared-relaxed': [...shared, '--enable', 'relaxed-simd'],
  single: [],
  'single-relaxed': ['--enable', 'relaxed-simd'],
};

/** Compiles the AssemblyScript kernels where they are missing or older than their source. */
export async function compileAssembly() {
  const sources = readdirSync(source).map((name) => path.join(source, name));
  const newest = Math.max(...[...sources, import.meta.filename].map((file) => statSync(file).mtimeMs));
  const stale = Object.keys(variants).filter((name) => {
    const file = path.join(target, `${name}.wasm`);
    return !existsSync(file) || statSync(file).mtimeMs < newest;
  });
  if (stale.length === 0) return;
  const { main } = await import('assemblyscript/asc');
  mkdirSync(target, { recursive: true });
  for (const name of stale) {
    const { error, stderr } = await main(
      [
        path.relative(root, path.join(source, 'index.ts')),
        ...['--outFile', `${name}.wasm`],
        ...['-O3', '--noAssert', '--runtime', 'stub', '--noExportMemory'],
        // The kernels work in the memory of the backend (`memory/tensor-memory.ts`).
        ...['--importMemory', '--initialMemory', '1'],
        ...['--enable', 'simd', '--enable', 'threads'],
        ...variants[name],
      ],
      {
        readFile: (file, base) => {
          const full = path.resolve(root, base, file);
          return existsSync(full) ? readFileSync(full, 'utf8') : null;
        },
        writeFile: (file, contents) => {
          // Two runs at once (unit tests beside a build) must not see half a file.
          const full = path.join(target, path.basename(file));
          writeFileSync(`${full}.${process.pid}`, contents);
          renameSync(`${full}.${process.pid}`, full);
        },
        listFiles: () => [],
      },
    );
    if (error) throw new Error(`The AssemblyScript kernels do not compile.\n${stderr}`);
  }
}

/** Compiles the kernels before Vite builds, serves or tests. */
export const assembly = () => ({ name: 'assembly', config: compileAssembly });
