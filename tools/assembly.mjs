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

/** Kinds of arithmetic, for each of which there is a module for each kind of memory; see `fast-convolution/load-kernels.ts`. */
const arithmetics = {
  '': [],
  '-relaxed': ['--enable', 'relaxed-simd'],
};

/** Sections of a WebAssembly module and kinds of what it imports, as the format numbers them. */
const IMPORTS = 2;
const MEMORY = 2;

/** What the limits of a memory begin with: a shared one has a largest size too, another need not have it. */
const SHARED = 3;
const UNBOUNDED = 0;

/** A number of the format, seven bits a byte from the lowest on, and where the next begins. */
function numberAt(bytes, at) {
  let value = 0;
  let next = at;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[next++];
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [value, next];
  }
}

/** Where the section of imports begins, after its size, and ends. */
function importsIn(bytes) {
  for (let at = 8; at < bytes.length; ) {
    const [size, begin] = numberAt(bytes, at + 1);
    if (bytes[at] === IMPORTS) return { head: at + 1, begin, end: begin + size };
    at = begin + size;
  }
  throw new Error('The kernels import no memory.');
}

/**
 * The same module for a memory that is not shared. The compiler would write the same instructions for it: all that tells them apart
 * is what the one import, the memory, is said to be.
 * @param bytes a module that imports a shared memory, and nothing else
 */
export function withOwnMemory(bytes) {
  const { head, begin, end } = importsIn(bytes);
  const [count, module] = numberAt(bytes, begin);
  // Two names, each after its length, and the kind.
  const [moduleLength, name] = numberAt(bytes, module);
  const [nameLength, letters] = numberAt(bytes, name + moduleLength);
  const kind = letters + nameLength;
  if (count !== 1 || bytes[kind] !== MEMORY || bytes[kind + 1] !== SHARED)
    throw new Error('The kernels import something else than one shared memory.');
  const [, largest] = numberAt(bytes, kind + 2);
  const imports = [...bytes.subarray(begin, kind + 1), UNBOUNDED, ...bytes.subarray(kind + 2, largest)];
  if (imports.length > 0x7f) throw new Error('The imports are longer than one byte can say.');
  return Uint8Array.of(...bytes.subarray(0, head), imports.length, ...imports, ...bytes.subarray(end));
}

/** The same functions, numbered by how much they are used, and the variables of each likewise: 1 % less of a module, gzipped. */
function mostUsedFirst(binaryen, bytes) {
  const module = binaryen.readBinary(bytes);
  module.setFeatures(binaryen.Features.All);
  module.runPasses(['reorder-functions', 'reorder-locals']);
  const ordered = module.emitBinary();
  module.dispose();
  return ordered;
}

/** Compiles the AssemblyScript kernels where they are missing or older than their source. */
export async function compileAssembly() {
  const sources = readdirSync(source).map((name) => path.join(source, name));
  const newest = Math.max(...[...sources, import.meta.filename].map((file) => statSync(file).mtimeMs));
  const stale = Object.keys(arithmetics).filter((arithmetic) =>
    [shared, single].some((memory) => {
      const file = path.join(target, memory(arithmetic));
      return !existsSync(file) || statSync(file).mtimeMs < newest;
    }),
  );
  if (stale.length === 0) return;
  const { main } = await import('assemblyscript/asc');
  const { default: binaryen } = await import('assemblyscript/binaryen');
  mkdirSync(target, { recursive: true });
  for (const arithmetic of stale) {
    const { error, stderr } = await main(
      [
        path.relative(root, path.join(source, 'index.ts')),
        ...['--outFile', shared(arithmetic)],
        ...['-O3s', '--noAssert', '--runtime', 'stub', '--noExportMemory'],
        // The kernels work in the memory of the backend (`memory/tensor-memory.ts`). A shared one is given out with its limit, at most
        // 4 GB, and its importers must allow for it.
        ...['--importMemory', '--initialMemory', '1', '--sharedMemory', '--maximumMemory', '65536'],
        ...['--enable', 'simd', '--enable', 'threads'],
        ...arithmetics[arithmetic],
      ],
      {
        readFile: (file, base) => {
          const full = path.resolve(root, base, file);
          return existsSync(full) ? readFileSync(full, 'utf8') : null;
        },
        writeFile: (file, contents) => {
          const ordered = mostUsedFirst(binaryen, contents);
          write(path.basename(file), ordered);
          write(single(arithmetic), withOwnMemory(ordered));
        },
        listFiles: () => [],
      },
    );
    if (error) throw new Error(`The AssemblyScript kernels do not compile.\n${stderr}`);
  }
}

const shared = (arithmetic) => `shared${arithmetic}.wasm`;
const single = (arithmetic) => `single${arithmetic}.wasm`;

/** Writes a module at once: two runs at a time (unit tests beside a build) must not see half a file. */
function write(name, contents) {
  const full = path.join(target, name);
  writeFileSync(`${full}.${process.pid}`, contents);
  renameSync(`${full}.${process.pid}`, full);
}

/** Compiles the kernels before Vite builds, serves or tests. */
export const assembly = () => ({ name: 'assembly', config: compileAssembly });
