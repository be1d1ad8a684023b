// node tools/house.mjs: holds the rooms of src to the table in docs/architecture.md. Says what is not as it should be, and ends with 1 then.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Most files of a folder, its tests not counted. */
const crowded = 28;

/** Files that are no part of the product: they may import what they test. */
const isTest = (file) => /\.test\.tsx?$|-testing\.ts$|\/testing\/|\/fixtures\//.test(file);

/** The room a file lies in: `figures`, `workspaces/explain`; a file of src itself is a room of its own. */
export function roomOf(file) {
  const [first, second] = file.replace(/^src\//, '').split('/');
  if (first === 'workspaces') return `workspaces/${second}`;
  return second === undefined ? first.replace(/\.tsx?$/, '') : first;
}

/** What each room may import, by the table under "Who may import whom". */
export function readTable(markdown) {
  const table = new Map();
  const [rows] = markdown.slice(markdown.search(/^\| Room +\| May import/m)).split('\n\n');
  for (const [, room, allowed] of rows.matchAll(/^\| `([\w/]+)` +\| ([^|]*) \|$/gm)) {
    table.set(
      room,
      [...allowed.matchAll(/`([\w/]+)`/g)].map(([, name]) => name),
    );
  }
  return table;
}

/**
 * Every file with what it imports, packages by their names; `files` maps names to texts.
 * @param withTypes whether imports that leave nothing in the built page count
 */
export function readImports(files, withTypes = true) {
  const imports = new Map();
  for (const [file, text] of files) {
    const found = specifiersOf(file, text, withTypes).map((specifier) => resolve(file, specifier, files));
    imports.set(file, [...new Set(found.filter((to) => to !== null))]);
  }
  return imports;
}

function specifiersOf(file, text, withTypes) {
  const { module } = parseSync(file, text);
  const imported = module.staticImports
    .filter(({ entries }) => withTypes || entries.length === 0 || entries.some((entry) => !entry.isType))
    .map(({ moduleRequest }) => moduleRequest.value);
  const handedOn = module.staticExports
    .flatMap(({ entries }) => entries)
    .filter((entry) => entry.moduleRequest && (withTypes || !entry.isType))
    .map(({ moduleRequest }) => moduleRequest.value);
  const later = module.dynamicImports.map(({ moduleRequest: { start, end } }) => text.slice(start, end));
  // `import('./a').A` in the place of a type is no import to the parser.
  const inPlace = withTypes ? [...text.matchAll(/\bimport\(('[^']+')\)/g)].map(([, quoted]) => quoted) : [];
  return [...imported, ...handedOn, ...[...later, ...inPlace].map((quoted) => quoted.slice(1, -1))];
}

function resolve(from, specifier, files) {
  if (!specifier.startsWith('.')) return specifier;
  const base = path.posix.join(path.posix.dirname(from), specifier);
  const endings = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'];
  return endings.map((ending) => base + ending).find((file) => files.has(file)) ?? null;
}

/** Imports from one room into another that the table does not have. */
export function forbidden(imports, table) {
  const wrong = [];
  for (const [file, targets] of imports) {
    const room = roomOf(file);
    if (!table.has(room)) wrong.push(`${file} lies in the room ${room}, which the table does not have`);
    for (const to of targets) {
      if (!imports.has(to)) continue;
      const other = roomOf(to);
      if (other !== room && !table.get(room)?.includes(other)) wrong.push(`${file} imports ${to}`);
    }
  }
  return wrong;
}

/** Arrows of the table that no import uses any more, and rooms that are not there. */
export function unused(imports, table) {
  const used = new Set();
  for (const [file, targets] of imports) {
    used.add(roomOf(file));
    for (const to of targets) used.add(`${roomOf(file)} > ${roomOf(to)}`);
  }
  const rooms = [...table.keys()].filter((room) => !used.has(room)).map((room) => `${room} is no room`);
  const arrows = [...table].flatMap(([room, allowed]) =>
    allowed.filter((to) => !used.has(`${room} > ${to}`)).map((to) => `nothing in ${room} imports ${to}`),
  );
  return [...rooms, ...arrows];
}

/** Circles of imports, each as the files in it (Tarjan 1972: strongly connected components). */
export function circles(imports) {
  const index = new Map();
  const low = new Map();
  const stack = [];
  const found = [];
  const visit = (file) => {
    index.set(file, index.size);
    low.set(file, index.get(file));
    stack.push(file);
    for (const to of imports.get(file)) {
      if (!imports.has(to)) continue;
      if (!index.has(to)) visit(to);
      if (stack.includes(to)) low.set(file, Math.min(low.get(file), low.get(to)));
    }
    if (low.get(file) !== index.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) found.push(circle);
  };
  for (const file of imports.keys()) if (!index.has(file)) visit(file);
  return found;
}

/** How a file comes to a package through others, as the files on the way; null where it does not. */
export function wayTo(imports, from, isGoal) {
  const ways = [[from]];
  const seen = new Set();
  for (const way of ways) {
    for (const to of imports.get(way.at(-1)) ?? []) {
      if (isGoal(to)) return [...way, to];
      if (!seen.has(to)) ways.push([...way, to]);
      seen.add(to);
    }
  }
  return null;
}

/** Folders with more files than one can take in. */
export function crowdedFolders(files, most = crowded) {
  const counts = new Map();
  for (const file of files) {
    const folder = path.posix.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > most)
    .map(([folder, count]) => `${folder} holds ${count} files`);
}

/** Files that only their folders tell apart; `index.ts` is the door of a folder. */
export function sameNames(files) {
  const byName = new Map();
  for (const file of files) {
    const name = path.posix.basename(file).toLowerCase();
    byName.set(name, [...(byName.get(name) ?? []), file]);
  }
  return [...byName]
    .filter(([name, those]) => those.length > 1 && !/^index\.tsx?$/.test(name))
    .map(([, those]) => those.join(' and '));
}

/** The one sheet that is for the whole page: tokens, what elements look like, the frame around the workspaces. */
const pageSheet = 'src/app/style.css';

/** Style sheets whose classes mean something to the whole page, though each is for one part of it. */
export function globalSheets(sheets) {
  return [...sheets].filter((file) => file !== pageSheet && !file.endsWith('.module.css'));
}

/** Classes that a sheet has for the whole page: all of the page's own, and those that a module calls so. */
function pageClasses(file, text) {
  const rules = text.replace(/\/\*.*?\*\//gs, '');
  const places = file === pageSheet ? rules.match(/[^{}]+(?=\{)/g) : rules.match(/:global\([^)]*\)/g);
  return (places ?? []).flatMap((place) => place.match(/(?<=\.)[a-z][\w-]*/gi) ?? []);
}

/** What components call their classes in plain words; names out of a module are not among them. */
function plainClasses(text) {
  const said = [...text.matchAll(/\bclassName=(?:"([^"]*)"|\{((?:[^{}]|\$\{[^{}]*\})*)\})/g)];
  return said.flatMap(([, words, expression = '']) => {
    const chosen = expression.replace(/[!=]==? *'[^']*'/g, '').replace(/\$\{[^{}]*\}/g, ' ');
    const quoted = [...chosen.matchAll(/'([^']*)'|`([^`]*)`/g)].map(([, one, other]) => one ?? other);
    return (words ?? quoted.join(' ')).split(/\s+/).filter(Boolean);
  });
}

/** Plain class names that no sheet of the page has: what they looked like is in a module, which has to be asked for it. */
export function unknownClasses(components, sheets) {
  const known = new Set([...sheets].flatMap(([file, text]) => pageClasses(file, text)));
  return [...components].flatMap(([file, text]) =>
    plainClasses(text)
      .filter((name) => !known.has(name))
      .map((name) => `${file}: className "${name}" is no class of ${pageSheet}`),
  );
}

/** State that any function of a file may change: it belongs into a function that makes it, as `createNextCall` does. */
export function ownerless(files) {
  return [...files].flatMap(([file, text]) =>
    [...text.matchAll(/^(?:export )?(?:let|var) (\w+)/gm)].map(
      ([, name]) => `${file}: ${name} can be changed by the whole file; let a function make it that owns it`,
    ),
  );
}

function readSource() {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'src'], {
    cwd: root,
    encoding: 'utf8',
  });
  const files = listed
    .trim()
    .split('\n')
    .filter((file) => existsSync(path.join(root, file)));
  const withTexts = (some) =>
    new Map(some.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
  const isScript = (file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts') && !file.includes('/assembly/');
  return {
    files: withTexts(files.filter((file) => isScript(file) && !isTest(file))),
    sheets: withTexts(files.filter((file) => file.endsWith('.css'))),
  };
}

/** Everything that is not as the house should be, a line each. */
export function faults() {
  const { files, sheets } = readSource();
  const components = new Map([...files].filter(([file]) => file.endsWith('.tsx')));
  const imports = readImports(files);
  const table = readTable(readFileSync(path.join(root, 'docs/architecture.md'), 'utf8'));
  const heavy = wayTo(readImports(files, false), 'src/main.tsx', (to) => to.startsWith('@tensorflow/'));
  return [
    ...forbidden(imports, table),
    ...unused(imports, table).map((line) => `docs/architecture.md: ${line}`),
    ...circles(imports).map((circle) => `a circle of imports: ${circle.join(', ')}`),
    ...(heavy ? [`TensorFlow.js is for workers, and the page comes to it: ${heavy.join(', ')}`] : []),
    ...ownerless(files),
    ...crowdedFolders(files.keys()),
    ...globalSheets(sheets.keys()).map(
      (file) => `${file} is for the whole page: a part of it has a *.module.css`,
    ),
    ...unknownClasses(components, sheets),
    ...sameNames(files.keys()).map((line) => `one name for several: ${line}`),
  ];
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const found = faults();
  for (const line of found) console.error(line);
  if (found.length > 0) process.exit(1);
}
