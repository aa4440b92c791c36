/** The rules of the folder tree, checked on the source text: import arrows, what the command line loads, sizes and names. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, ROOT } from './cli/built.js';
import {
  circles,
  DOORS,
  edges,
  importsOf,
  ROOMS,
  readerOf,
  roomOf,
  SHARED,
  sources,
  violation,
  withoutComments,
} from './support/import-arrows.js';
import { withRoomsTable } from './support/rooms-table.js';

/** Folders that hold code or text of the project. */
const OWN = ['src', 'test', 'bench', 'docs', 'scripts', 'sources', 'cdm-tables/extensions'];

function projectFiles(end = ''): string[] {
  return OWN.flatMap((folder) => {
    const path = join(ROOT, folder);
    return existsSync(path) ? filesBelow(path, end) : [];
  });
}

/** Files that loading `entry` loads at once: every static import that is not of types only. */
function loadedBy(entry: string): Set<string> {
  const loaded = new Set<string>();
  const visit = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { from, to, dynamic, typeOnly } of edges)
      if (from === path && !dynamic && !typeOnly) visit(to);
  };
  visit(entry);
  return loaded;
}

describe('import arrows', () => {
  it('finds the imports of the project, none to a file that is not there', () => {
    expect(edges.length).toBeGreaterThan(1000);
    expect(edges.filter(({ to }) => to.endsWith('.ts') && !sources.has(to))).toEqual([]);
    expect(edges.filter(({ dynamic }) => dynamic).map(({ to }) => to)).toContain('cli/harvest.ts');
  });

  it('are looked for in every file of src', () => {
    expect(filesBelow(join(ROOT, 'src')).filter((path) => !path.endsWith('.ts'))).toEqual([]);
  });

  it('hold for every import of src, static and dynamic', () => {
    expect(edges.map(violation).filter((text) => text !== null)).toEqual([]);
  });

  it('are told for every room and every file of the root', () => {
    expect([...new Set([...sources.keys()].map(roomOf))].filter((room) => room !== '').sort()).toEqual(
      Object.keys(ROOMS).sort(),
    );
    const atRoot = [...sources.keys()].filter((path) => roomOf(path) === '');
    expect(atRoot.filter((path) => !(path in SHARED))).toEqual([]);
    expect(Object.values(DOORS).flatMap((doors) => doors.filter((door) => !sources.has(door)))).toEqual([]);
  });

  it('are shown in CONTRIBUTING.md as they are', () => {
    const contributing = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
    expect(contributing, 'run npx tsx scripts/make-rooms-table.ts').toBe(withRoomsTable(contributing));
  });

  it('make no circle: of rooms, and of files, imports of types included', () => {
    expect(circles(new Map(Object.entries(ROOMS).map(([room, { imports }]) => [room, imports])))).toEqual([]);
    const files = [...sources.keys()].map((path) => {
      const imported = edges.filter(({ from }) => from === path).map(({ to }) => to);
      return [path, imported] as const;
    });
    expect(circles(new Map(files))).toEqual([]);
    expect(
      circles(
        new Map([
          ['a', ['b']],
          ['b', ['c', 'd']],
          ['c', ['a']],
          ['d', []],
        ]),
      ),
    ).toEqual([['a', 'b', 'c']]);
  });

  it.each([
    ['netcdf4/write/file.ts', "import { harvest } from '../../run/harvest.js';"],
    ['records/time.ts', "import { openInput } from '../fetch/members.js';"],
    ['cdm/open.ts', "export { TABLES_CONTRACT } from '../match/index.js';"],
    ['cdm/open.ts', "import { count } from '../records/tally.js';"],
    ['sources/igra2/parse.ts', "import type { Profile } from '../../match/index.js';"],
    ['sources/igra2/parse.ts', "const other = await import('../uadb/index.js');"],
    ['sources/head.ts', "import { igra2 } from './igra2/index.js';"],
    ['sources/text/station.ts', "import { igra2 } from '../igra2/index.js';"],
    ['match/index.ts', "import {\n  a,\n  b,\n} from '../output/index.js';"],
    ['fetch/zip.ts', "import '../output/index.js';"],
    ['run/plan.ts', "import { printable } from '../cli/messages.js';"],
    ['run/plan.ts', "import { attributesOf } from '../output/encoding.js';"],
    ['reading/station.ts', "import type { NcType } from '../netcdf4/types.js';"],
    ['errors.ts', "import { isoTime } from './calendar.js';"],
    ['errors.ts', "import { count } from './records/tally.js';"],
    ['records/tally.ts', "import { x } from '../other.js';"],
    ['run/plan.ts', 'const later = () => import(`../cli/messages.js`);'],
    ['run/plan.ts', "const later = () => import('../cli/messages.js', {});"],
    ['run/plan.ts', "type Print = import('../cli/print.js').Print;"],
    [
      'run/plan.ts',
      "const all = 'sources/*'; const later = () => import('../cli/messages.js'); const end = '*/';",
    ],
    ['run/plan.ts', "const one = 1; import { printable } from '../cli/messages.js';"],
    ['weather/index.ts', "import { harvest } from '../run/harvest.js';"],
    ['weather/index.ts', "import { HarvestError } from '../errors.js';"],
  ])('are broken by a made-up import in %s: %s', (path, text) => {
    const [edge] = importsOf(path, text);
    expect(edge && violation(edge)).toMatch(/ imports /);
  });

  it('ignore comments, packages and the shared files', () => {
    expect(importsOf('records/a.ts', "/* import '../run/a.js'; */\n// import '../run/a.js'\n")).toEqual([]);
    const allowed = "import { x } from 'node:fs';\nimport { E } from '../errors.js';\n";
    expect(importsOf('records/a.ts', allowed).map(violation)).toEqual([null, null]);
  });
});

describe('what starting the command line loads', () => {
  const loaded = loadedBy('cli/index.ts');

  it('follows static imports', () => {
    expect([...loaded]).toEqual(expect.arrayContaining(['errors.ts', 'yargs']));
    expect([...loadedBy('cli/harvest.ts')]).toEqual(expect.arrayContaining(['run/harvest.ts']));
  });

  it.each(['apache-arrow', 'simple-git', 'yauzl', 'csv-parse'])('is not %s', (name) => {
    expect([...loaded].filter((path) => path === name || path.startsWith(`${name}/`))).toEqual([]);
    expect(
      edges.some(({ to }) => to === name || to.startsWith(`${name}/`)),
      `${name} is used somewhere`,
    ).toBe(true);
  });
});

describe('files', () => {
  it('are at most 500 lines long, with a median of about 100 in src', () => {
    const lengths = projectFiles('.ts').map((path) => ({
      path: relative(ROOT, path),
      lines: readFileSync(path, 'utf8').split('\n').length - 1,
    }));
    expect(lengths.filter(({ lines }) => lines > 500)).toEqual([]);
    const inSrc = lengths.filter(({ path }) => path.startsWith('src/')).map(({ lines }) => lines);
    expect(inSrc.sort((a, b) => a - b)[inSrc.length >> 1]).toBeLessThan(150);
  });

  it('have no default export, no silenced checker and no leftover mark', () => {
    // Pieced together, so that this file does not find itself.
    const marks = [
      'export de' + 'fault',
      '@ts-' + 'ignore',
      '@ts-' + 'expect-error',
      'biome-' + 'ignore',
      'as ' + 'any',
    ];
    const leftovers = ['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX:'];
    const found = projectFiles('.ts').flatMap((path) => {
      const text = readFileSync(path, 'utf8');
      return [...marks, ...leftovers].filter((mark) => text.includes(mark)).map((mark) => `${path}: ${mark}`);
    });
    expect(found).toEqual([]);
  });

  it('of readers count by codes of their lists of reasons, never by a text of their own', () => {
    const byText = /\bcount\(\s*[^,]*tally[^,]*,\s*['"`]/;
    const found = [...sources].filter(([path, text]) => roomOf(path) === 'sources' && byText.test(text));
    // The counters of fixed columns write the codes of their slots out.
    expect(found.map(([path]) => path)).toEqual(['sources/text/counters.ts']);
    expect(byText.test("count(tally.noted, 'igra2.line.odd')")).toBe(true);
  });

  it('of the suite mock no module: the files of a worker share their modules', () => {
    const mocking = filesBelow(join(ROOT, 'test'), '.test.ts')
      .filter((path) => !path.endsWith('.slow.test.ts') && !path.includes('/matrix/'))
      .filter((path) => readFileSync(path, 'utf8').includes('vi.' + 'mock('));
    expect(mocking).toEqual([]);
  });

  it('are not called utils', () => {
    expect(projectFiles().filter((path) => /(^|\/)utils?\.[a-z]+$/.test(path))).toEqual([]);
  });

  it.each([
    'cdm/index.ts',
    'cli/index.ts',
    'fetch/members.ts',
    'match/index.ts',
    'netcdf4/index.ts',
    'output/index.ts',
    'records/batch.ts',
    'run/harvest.ts',
    'reading/station.ts',
    'verify/index.ts',
    'explain/index.ts',
    'export/index.ts',
    'page/page.ts',
    'sources/source.ts',
    'sources/igra2/index.ts',
    'errors.ts',
  ])('as main as src/%s begin with a paragraph that says what the room is for', (path) => {
    expect(sources.get(path)).toMatch(/^(?:#!.*\n)?\/\*\*[\s\S]{60,}?\*\//);
  });

  it('that git knows name no folder of the machine they were written on', () => {
    const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0');
    const words = ['/wo' + 'rk/main', '/wo' + 'rk/shared', '/ro' + 'ot/', '/tmp/' + 'briefs', '/ho' + 'me/'];
    const found = tracked
      .filter(
        (name) => name !== '' && existsSync(join(ROOT, name)) && !name.startsWith('cdm-tables/bundled/'),
      )
      .flatMap((name) => {
        const text = readFileSync(join(ROOT, name), 'latin1');
        return words.filter((word) => text.includes(word)).map((word) => `${name}: ${word}`);
      });
    expect(found).toEqual([]);
  });
});

/** Files outside `src/sources` that may name a dataset or a format, with the reason; `cdm` may, whose code tables have such rows. */
const MAY_NAME: Readonly<Record<string, string>> = {
  'cli/commands/harvest.ts': 'examples of the command line',
  'cli/harvest-request.ts': 'the example in a hint about --mirror',
  'export/wide-levels.ts':
    'the flag table of the WMO that level_significance follows, in the description of a column',
};

/** Ids of the datasets, and names of the formats. */
const NAMES: readonly string[] = [
  ...Array.from(
    sources.get('sources/registry.ts')?.matchAll(/^ {2}\['(\w+)',/gm) ?? [],
    ([, id]) => id ?? '',
  ),
  ...new Set([...sources.keys()].flatMap((path) => (roomOf(path) === 'sources' && readerOf(path)) || [])),
];

/** The names of datasets and formats in the code of a file; comments do not count. */
function namesIn(text: string): string[] {
  const code = withoutComments(text);
  const capital = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  const words = new RegExp(`(?<![A-Za-z0-9_])(?:${NAMES.join('|')})(?![A-Za-z0-9_])`, 'gi');
  const parts = new RegExp(NAMES.map(capital).join('|'), 'g');
  const beginnings = new RegExp(`(?<![A-Za-z0-9_])(?:${NAMES.join('|')})(?=[A-Z])`, 'g');
  // What several datasets or forms of a format have in common, such as `era5_` of `era5_1`.
  const families = /(?<![A-Za-z0-9_])(?:igra|era5_?|odb2)(?![A-Za-z0-9])/gi;
  return [words, parts, beginnings, families].flatMap((names) =>
    [...code.matchAll(names)].map(([name]) => name),
  );
}

describe('names of datasets and formats', () => {
  it('are known', () => {
    expect(NAMES).toEqual(expect.arrayContaining(['igra2', 'ncar', 'era5_1759', 'bufr', 'odb', 'uadb']));
  });

  it('stand in no code outside of src/sources, but for the files that are listed with a reason', () => {
    const found = [...sources]
      .filter(([path]) => !['sources', 'cdm'].includes(roomOf(path)) && !(path in MAY_NAME))
      .flatMap(([path, text]) => namesIn(text).map((name) => `${path}: ${name}`));
    expect(found).toEqual([]);
  });

  it('are in the files that are listed', () => {
    expect(Object.keys(MAY_NAME).filter((path) => namesIn(sources.get(path) ?? '').length === 0)).toEqual([]);
  });

  it.each([
    ["const HEIGHTS = new Set(['igra2']);", 'igra2'],
    ["import { isOdb2 } from '../sources/odb/odb2.js';", 'odb'],
    ['const text = readBufr(file);', 'Bufr'],
    ['throw wrong(`BUFR says so`);', 'BUFR'],
    ['const ncarHeights = 3;', 'ncar'],
    ["const isReanalysis = id.startsWith('era5_');", 'era5_'],
    ["const all = '/*'; const HEIGHTS = new Set(['igra2']); const end = '*/';", 'igra2'],
  ])('are found in %s', (code, name) => {
    expect(namesIn(code)).toContain(name);
  });

  it('are no names in comments, in parts of words, and in era5fb', () => {
    // `era5fb` is a group of station files; test/feedback-names.test.ts looks for it.
    expect(namesIn("/** As igra2. */\n  // BUFR\nsyncArchive('era5fb', modbus)")).toEqual([]);
  });
});
