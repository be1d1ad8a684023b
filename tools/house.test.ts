import { describe, expect, it } from 'vitest';
import {
  circles,
  crowdedFolders,
  faults,
  forbidden,
  globalSheets,
  ownerless,
  readImports,
  readTable,
  roomOf,
  sameNames,
  unknownClasses,
  unused,
  wayTo,
} from './house.mjs';

const table = readTable(`
| Room                 | May import                  |
| -------------------- | --------------------------- |
| \`semiotics\`          | nothing                     |
| \`figures\`            | \`semiotics\`                 |
| \`workspaces/explain\` | \`figures\`, \`semiotics\`      |
| \`workspaces/study\`   | \`figures\`                   |
`);

const house = (files: Record<string, string>) => readImports(new Map(Object.entries(files)));

describe('the house', () => {
  it('is as the table in docs/architecture.md says', () => {
    expect(faults()).toEqual([]);
  });

  it('knows rooms by their folders, and each workspace as one', () => {
    expect(roomOf('src/figures/kit/theme.ts')).toBe('figures');
    expect(roomOf('src/workspaces/study/Study.tsx')).toBe('workspaces/study');
    expect(roomOf('src/main.tsx')).toBe('main');
  });

  it('reads what rooms may import', () => {
    expect([...table.keys()]).toEqual(['semiotics', 'figures', 'workspaces/explain', 'workspaces/study']);
    expect(table.get('semiotics')).toEqual([]);
    expect(table.get('workspaces/explain')).toEqual(['figures', 'semiotics']);
  });

  it.each([
    ['a value', `import { a } from '../../figures/a';`],
    ['a type', `import type { A } from '../../figures/a';`],
    ['what is handed on', `export { a } from '../../figures/a';`],
    ['what is loaded later', `const a = await import('../../figures/a');`],
    ['a type in place', `type A = import('../../figures/a').A;`],
  ])('finds %s that is imported', (_, text) => {
    const imports = house({ 'src/workspaces/study/b.ts': text, 'src/figures/a.ts': '' });
    expect(imports.get('src/workspaces/study/b.ts')).toEqual(['src/figures/a.ts']);
  });

  it('names imports that the table does not have, and rooms', () => {
    const imports = house({
      'src/semiotics/a.ts': `import { b } from '../figures/b';`,
      'src/figures/b.ts': `import { a } from '../semiotics/a';`,
      'src/workspaces/study/c.ts': `import { d } from '../explain/d';`,
      'src/workspaces/explain/d.ts': '',
      'src/attic/e.ts': '',
    });
    expect(forbidden(imports, table)).toEqual([
      'src/semiotics/a.ts imports src/figures/b.ts',
      'src/workspaces/study/c.ts imports src/workspaces/explain/d.ts',
      'src/attic/e.ts lies in the room attic, which the table does not have',
    ]);
  });

  it('names arrows of the table that nothing uses', () => {
    const imports = house({
      'src/semiotics/a.ts': '',
      'src/figures/b.ts': `import { a } from '../semiotics/a';`,
      'src/workspaces/explain/d.ts': `import { b } from '../../figures/b';`,
    });
    expect(unused(imports, table)).toEqual([
      'workspaces/study is no room',
      'nothing in workspaces/explain imports semiotics',
      'nothing in workspaces/study imports figures',
    ]);
  });

  it('finds circles, of types too, and each only once', () => {
    const imports = house({
      'src/figures/a.ts': `import { b } from './b';`,
      'src/figures/b.ts': `import type { C } from './c';`,
      'src/figures/c.ts': `import { a } from './a'; import { d } from './d';`,
      'src/figures/d.ts': '',
    });
    expect(circles(imports).map((circle) => circle.sort())).toEqual([
      ['src/figures/a.ts', 'src/figures/b.ts', 'src/figures/c.ts'],
    ]);
  });

  it('follows what is left of imports without types to a package', () => {
    const files = new Map(
      Object.entries({
        'src/main.tsx': `import { a } from './figures/a'; import type { D } from './figures/d';`,
        'src/figures/a.ts': `import { type B, c } from './b';`,
        'src/figures/b.ts': `import { type D } from './d';`,
        'src/figures/d.ts': `import * as tf from '@tensorflow/tfjs-core';`,
      }),
    );
    const isTensorFlow = (to: string) => to.startsWith('@tensorflow/');
    expect(wayTo(readImports(files, false), 'src/main.tsx', isTensorFlow)).toBeNull();
    files.set('src/figures/b.ts', `export const later = () => import('./d');`);
    expect(wayTo(readImports(files, false), 'src/main.tsx', isTensorFlow)).toEqual([
      'src/main.tsx',
      'src/figures/a.ts',
      'src/figures/b.ts',
      'src/figures/d.ts',
      '@tensorflow/tfjs-core',
    ]);
  });

  it('names folders with too many files, and files that share a name', () => {
    const files = [
      'src/figures/a.ts',
      'src/figures/b.ts',
      'src/study/a.ts',
      'src/study/index.ts',
      'src/ui/index.ts',
    ];
    expect(crowdedFolders(files, 1)).toEqual(['src/figures holds 2 files', 'src/study holds 2 files']);
    expect(sameNames(files)).toEqual(['src/figures/a.ts and src/study/a.ts']);
  });

  it('names style sheets that are for the whole page, but for the one that is', () => {
    expect(globalSheets(['src/app/style.css', 'src/ui/dialog.module.css', 'src/ui/dialog.css'])).toEqual([
      'src/ui/dialog.css',
    ]);
  });

  it('names plain classes that no sheet of the page has', () => {
    const sheets = new Map([
      ['src/app/style.css', '/* .old */ .page { margin: 0 }\n.top .actions, button.quiet { color: red }'],
      ['src/ui/part.module.css', '.part :global(.export) { top: 0 }'],
    ]);
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: it is what components say.
    const component = [
      '<a className="quiet" /><a className="page lost" /><a className={css.part} />',
      '<a className={`export ${css.part}`} /><a className={`row ${css.part}`} />',
      "<a className={kind === 'wide' ? css.wide : undefined} /><a className={wide ? 'far' : undefined} />",
    ].join('\n');
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: it is what components say.
    expect(unknownClasses(new Map([['src/ui/Part.tsx', component]]), sheets)).toEqual(
      ['lost', 'row', 'far'].map(
        (name) => `src/ui/Part.tsx: className "${name}" is no class of src/app/style.css`,
      ),
    );
  });

  it('names what the whole of a file can change', () => {
    const text =
      'const kept = 1;\nlet made = 0;\nexport let told = false;\nfunction a() {\n  let own = 0;\n}\n';
    expect(ownerless(new Map([['src/rpc/a.ts', text]])).map((line) => line.split(' can')[0])).toEqual([
      'src/rpc/a.ts: made',
      'src/rpc/a.ts: told',
    ]);
  });
});
