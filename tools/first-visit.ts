import path from 'node:path';
import type { Plugin, Rolldown } from 'vite';

type Described = (id: string) => Rolldown.ModuleInfo | null;

const inSource = (name: string) => path.resolve(import.meta.dirname, '../src', name);

const page = inSource('main.tsx');
const engine = inSource('engine/engine-worker.ts');
const measuring = inSource('engine/measure/measure-worker.ts');
const thread = inSource('backend/fast-convolution/kernel-thread.ts');

/** Parts of the page that every first visit asks for, once it is drawn or its analysis is there. */
const soon = [
  'ui/DropdownMenu.tsx',
  'workspaces/explain/layers/Notes.tsx',
  'workspaces/explain/layers/ValuesTable.tsx',
  'workspaces/explain/picture/ScalingDoubt.tsx',
  'workspaces/explain/picture/ScalingUsed.tsx',
  'workspaces/explain/playback/TakeAway.tsx',
  'workspaces/explain/reading/ReadingLine.tsx',
  'workspaces/explain/reading/WhyLink.tsx',
  'workspaces/explain/signs/SuperizationTree.tsx',
  'workspaces/explain/trust/TrustByLayer.tsx',
  'workspaces/explain/verdict/Verdict.tsx',
].map(inSource);

/** Rooms of which whoever imports one thing loads that alone: their `index.ts` only names what other files hold. */
const faces = /\/src\/(figures|semiotics)\/index\.ts$/;

/** `import { these } from 'there'` or `export { these } from 'there'`, as in modules without types. */
const named = (word: 'import' | 'export', { code }: Rolldown.ModuleInfo) =>
  [...(code ?? '').matchAll(new RegExp(`${word}\\s*\\{([^}]*)\\}\\s*from\\s*["']([^"']+)["']`, 'g'))].map(
    ([, names, from]) => ({ from, names: names.split(',').map((name) => name.trim().split(/\s+as\s+/)) }),
  );

/** The module behind a face that holds something, by its name. */
function holders(face: Rolldown.ModuleInfo): Map<string, string> {
  const pairs = named('export', face).flatMap(({ from, names }) => {
    const file = path.resolve(path.dirname(face.id), from);
    const holder = face.importedIds.find((id) => [`${file}.ts`, `${file}/index.ts`].includes(id));
    return holder ? names.map((name): [string, string] => [name.at(-1) as string, holder]) : [];
  });
  return new Map(pairs);
}

/** What a module imports at once; from behind a face what it takes. */
function importsOf(id: string, described: Described): string[] {
  const module = described(id);
  return (module?.importedIds ?? []).flatMap((imported) => {
    const face = faces.test(imported) && described(imported);
    if (!module || !face) return [imported];
    const behind = holders(face);
    const taken = named('import', module)
      .filter(({ from }) => path.resolve(path.dirname(id), from) === path.dirname(imported))
      .flatMap(({ names }) => names.map(([name]) => behind.get(name) ?? imported));
    return taken.length > 0 ? taken : [imported];
  });
}

/** All modules that are there once some are; with `later`, also what these may ask for in time. */
function closure(starts: readonly string[], described: Described, later = false): Set<string> {
  const all = new Set<string>();
  const waiting = [...starts];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (all.has(id)) continue;
    all.add(id);
    waiting.push(...importsOf(id, described));
    if (later) waiting.push(...(described(id)?.dynamicallyImportedIds ?? []));
  }
  return all;
}

/**
 * The file that each module of a first visit goes into: `page` and `soon`, `engine`, `measuring`, and `common` for what page and workers
 * share. `windowless` are parts of the page that studies without a window load too, `reading` parts of the engine that others load.
 * What a module imports is wherever that module is, so no two files import from each other.
 */
function fileNames(ids: readonly string[], described: Described): Map<string, string> {
  const gone = [page, engine, measuring, thread, ...soon].filter((id) => !described(id));
  if (gone.length > 0) throw new Error(`A first visit no longer loads ${gone.join(', ')}.`);
  const entries = ids.filter((id) => described(id)?.isEntry);
  const own = entries.filter((id) => /-(worker|thread)\.ts$/.test(id));
  const ever = new Map(own.map((id) => [id, closure([id], described, true)]));
  const ofEngine = closure([engine], described);
  const ofMeasuring = closure([measuring], described);
  const atOnce = closure([page], described);
  const drawn = closure([page, ...soon], described);
  const everOnPage = closure([page], described, true);
  const everWithout = closure(
    entries.filter((id) => /headless/.test(id)),
    described,
    true,
  );
  const kernel = ever.get(thread);
  const nameOf = (id: string): string | undefined => {
    const workers = own.filter((worker) => ever.get(worker)?.has(id));
    const others = workers.filter((worker) => worker !== measuring && worker !== engine);
    if (kernel?.has(id)) return 'kernel';
    if (drawn.has(id)) {
      if (workers.length > 0) return 'common';
      if (everWithout.has(id)) return 'windowless';
      return atOnce.has(id) ? 'page' : 'soon';
    }
    if (ofEngine.has(id)) {
      if (ofMeasuring.has(id)) return 'common';
      const apart =
        everOnPage.has(id) || everWithout.has(id) || others.some((worker) => !/training-worker/.test(worker));
      return apart ? 'reading' : 'engine';
    }
    return ofMeasuring.has(id) ? 'measuring' : undefined;
  };
  const names = new Map<string, string>();
  for (const id of ids) {
    // TensorFlow.js is cut by what is left of it, which only the bundler knows.
    const name = entries.includes(id) || id === page || /@tensorflow/.test(id) ? undefined : nameOf(id);
    if (name) names.set(id, name);
  }
  return names;
}

/**
 * What every first visit loads comes in few files, each for the page, for workers or for both. By itself the bundler makes a file of
 * whatever the same parts of the page share: a first visit asked for 170 scripts, most of less than a kilobyte, some only when those
 * before had come. A request costs some milliseconds of the processor in browser and server, and a turn of the network.
 */
export const firstVisit = (): Plugin => {
  let names = new Map<string, string>();
  return {
    name: 'first-visit',
    apply: 'build',
    config: () => ({
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                {
                  debugName: 'first visit',
                  test: (id: string) => names.has(id),
                  name: (id: string) => names.get(id),
                  includeDependenciesRecursively: false,
                },
              ],
            },
          },
        },
      },
    }),
    buildEnd(error) {
      if (!error) names = fileNames([...this.getModuleIds()], (id) => this.getModuleInfo(id));
    },
  };
};
