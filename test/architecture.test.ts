/** The rules of the folder tree, checked on the source text: import arrows, what the command line loads, sizes and names. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, ROOT } from './cli/built.js';

/** One import: of a file of the project (path from the root of `src`) or of a package (its name). */
interface ImportEdge {
  from: string;
  to: string;
  dynamic: boolean;
  /** `import type`: gone after compilation. */
  typeOnly: boolean;
}

const STATIC = /^\s*(?:import|export)\s+(type\s)?(?:[^'"();]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** The imports of one source file; `path` is its path from the root of `src`. */
function importsOf(path: string, text: string): ImportEdge[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const edge = (specifier: string, dynamic: boolean, typeOnly: boolean): ImportEdge => ({
    from: path,
    to: specifier.startsWith('.')
      ? normalize(join(dirname(path), specifier)).replace(/\.js$/, '.ts')
      : specifier,
    dynamic,
    typeOnly,
  });
  return [
    ...[...code.matchAll(STATIC)].map(([, type, specifier]) =>
      edge(specifier ?? '', false, type !== undefined),
    ),
    ...[...code.matchAll(DYNAMIC)].map(([, specifier]) => edge(specifier ?? '', true, false)),
  ];
}

const STEPS = ['cli', 'run', 'fetch', 'sources', 'match', 'output'] as const;
/** The rooms that look at finished outputs. None of the steps knows them but `cli`. */
const LOOKING = ['reading', 'atmosphere', 'verify', 'explain', 'plot', 'page', 'export'] as const;

/**
 * What each folder must not import. Data flow cli -> run -> (fetch -> sources -> match -> output); types may flow from a
 * later step to an earlier one only where the rule of the table leaves them out.
 */
const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  netcdf4: [...STEPS, ...LOOKING, 'records', 'cdm'],
  records: [...STEPS, ...LOOKING, 'netcdf4', 'cdm'],
  cdm: [...STEPS, ...LOOKING, 'netcdf4', 'records'],
  fetch: ['cli', 'run', 'match', 'output', 'netcdf4', 'cdm', 'records', ...LOOKING],
  sources: ['cli', 'run', 'fetch', 'match', 'output', 'netcdf4', 'cdm', ...LOOKING],
  match: ['cli', 'run', 'fetch', 'output', 'netcdf4', ...LOOKING],
  output: ['cli', 'run', 'fetch', ...LOOKING],
  run: ['cli', ...LOOKING],
  reading: ['cli', 'run', 'fetch', 'sources', 'match', 'output', ...LOOKING.slice(2)],
  atmosphere: [...STEPS, ...LOOKING.filter((room) => room !== 'atmosphere'), 'netcdf4', 'records', 'cdm'],
  verify: ['cli', 'explain', 'plot', 'page', 'export'],
  explain: ['cli', 'run', 'verify', 'plot', 'page', 'export'],
  plot: [...STEPS, 'verify', 'explain', 'page', 'export', 'netcdf4'],
  page: ['cli', 'explain', 'export'],
  export: [...STEPS, 'verify', 'explain', 'plot', 'page'],
};

/** Files at the root of `src` that everything may import. */
const SHARED = ['errors.ts', 'version.ts'];

/** Why an import breaks the rule; null where it does not. */
function violation({ from, to }: ImportEdge): string | null {
  if (!to.endsWith('.ts') || SHARED.includes(to)) return null;
  const [folder = '', reader] = from.split('/');
  const [target = '', otherReader] = to.split('/');
  if (SHARED.includes(from)) return `${from} imports ${to}: shared files import nothing of the project`;
  if (FORBIDDEN[folder]?.includes(target)) return `${from} imports ${to}: ${folder} must not know ${target}`;
  const readers = from.split('/').length > 2 && to.split('/').length > 2;
  if (folder === 'sources' && target === 'sources' && readers && reader !== otherReader)
    return `${from} imports ${to}: a reader must not know another`;
  return null;
}

const SRC = join(ROOT, 'src');
const sources = new Map(
  filesBelow(SRC, '.ts').map((path) => [relative(SRC, path), readFileSync(path, 'utf8')] as const),
);
const edges: ImportEdge[] = [...sources].flatMap(([path, text]) => importsOf(path, text));

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
    expect(edges.length).toBeGreaterThan(200);
    expect(edges.filter(({ to }) => to.endsWith('.ts') && !sources.has(to))).toEqual([]);
    expect(edges.filter(({ dynamic }) => dynamic).map(({ to }) => to)).toContain('cli/harvest.ts');
  });

  it('hold for every import of src, static and dynamic', () => {
    expect(edges.map(violation).filter((text) => text !== null)).toEqual([]);
  });

  it.each([
    ['netcdf4/file.ts', "import { harvest } from '../run/harvest.js';"],
    ['records/time.ts', "import { openInput } from '../fetch/members.js';"],
    ['cdm/open.ts', "export { TABLES_CONTRACT } from '../match/index.js';"],
    ['cdm/open.ts', "import { count } from '../records/tally.js';"],
    ['sources/igra2/parse.ts', "import type { Profile } from '../../match/index.js';"],
    ['sources/igra2/parse.ts', "const other = await import('../uadb/index.js');"],
    ['match/index.ts', "import {\n  a,\n  b,\n} from '../output/index.js';"],
    ['fetch/zip.ts', "import '../output/index.js';"],
    ['run/plan.ts', "import { printable } from '../cli/messages.js';"],
    ['errors.ts', "import { isoTime } from './records/time.js';"],
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
