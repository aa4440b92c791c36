/** The import arrows of the project: what each room of `src` may import, and what its files do import. */
import { readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { filesBelow, ROOT } from '../cli/built.js';

/** Every room of `src`, from the ground up, with the other rooms that it may import. A room that is not here may not be. */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  disk: [],
  netcdf4: [],
  atmosphere: [],
  records: [],
  // What writes a table to a file has to give the file its name safely.
  tabular: ['disk'],
  cdm: ['disk'],
  sources: ['records', 'disk'],
  fetch: ['records', 'disk'],
  match: ['records', 'cdm', 'disk'],
  output: ['match', 'cdm', 'netcdf4', 'records', 'disk'],
  reading: ['netcdf4', 'records', 'cdm', 'atmosphere', 'disk'],
  run: ['sources', 'fetch', 'records', 'cdm', 'match', 'output', 'disk'],
  explain: ['sources', 'reading', 'records', 'fetch', 'match', 'cdm', 'disk'],
  plot: ['reading', 'records', 'atmosphere', 'disk'],
  export: ['reading', 'records', 'atmosphere', 'tabular', 'netcdf4', 'disk'],
  verify: ['sources', 'reading', 'fetch', 'records', 'cdm', 'match', 'output', 'netcdf4', 'run', 'disk'],
  page: ['reading', 'records', 'plot', 'run', 'sources', 'disk'],
  cli: [
    'run',
    'sources',
    'fetch',
    'records',
    'cdm',
    'match',
    'output',
    'netcdf4',
    'reading',
    'tabular',
    'explain',
    'plot',
    'export',
    'verify',
    'page',
    'disk',
  ],
};

/** The files at the root of `src`, which every room may import, with the others of them that each may import. */
export const SHARED: Readonly<Record<string, readonly string[]>> = {
  'errors.ts': [],
  'version.ts': [],
  'calendar.ts': [],
  'numbers.ts': [],
  'shape.ts': ['errors.ts'],
};

/**
 * The doors of the rooms that have one: nobody else imports another file of theirs. `records`, `reading`, `sources`, `plot` and the
 * other rooms are entered by file.
 */
export const DOORS: Readonly<Record<string, readonly string[]>> = {
  cdm: ['cdm/index.ts'],
  match: ['match/index.ts'],
  output: ['output/index.ts'],
  netcdf4: ['netcdf4/index.ts', 'netcdf4/read/index.ts'],
  explain: ['explain/index.ts'],
  export: ['export/index.ts'],
  verify: ['verify/index.ts'],
};

/** One import: of a file of the project (path from the root of `src`) or of a package (its name). */
export interface ImportEdge {
  from: string;
  to: string;
  dynamic: boolean;
  /** `import type`: gone after compilation. */
  typeOnly: boolean;
}

const STATIC = /^\s*(?:import|export)\s+(type\s)?(?:[^'"();]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** The imports of one source file; `path` is its path from the root of `src`. */
export function importsOf(path: string, text: string): ImportEdge[] {
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

/** The room of a file, '' for the files at the root. */
export function roomOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}

/** What is wrong with an import; null where it is as it should be. Imports of packages always are. */
export function violation({ from, to }: ImportEdge): string | null {
  if (!to.endsWith('.ts')) return null;
  const [room, target] = [roomOf(from), roomOf(to)];
  const wrong = (why: string): string => `${from} imports ${to}: ${why}`;
  if (room === '') return SHARED[from]?.includes(to) ? null : wrong('files at the root import no room');
  const allowed = ROOMS[room];
  if (allowed === undefined) return wrong(`${room} is no room`);
  if (target === '') return to in SHARED ? null : wrong(`${to} is no file of the root`);
  if (room === target) return room === 'sources' ? betweenReaders(from, to, wrong) : null;
  if (!allowed.includes(target)) return wrong(`${room} must not know ${target}`);
  if (DOORS[target]?.includes(to) === false) return wrong(`${target} is entered by its door`);
  return null;
}

/** Readers know what all share, and nothing of each other; what is shared knows no reader but in the registry. */
function betweenReaders(from: string, to: string, wrong: (why: string) => string): string | null {
  const reader = readerOf(from);
  const other = readerOf(to);
  if (other === null || other === reader || from === 'sources/registry.ts') return null;
  return wrong(reader === null ? 'what all readers share knows none' : 'a reader must not know another');
}

/** The reader that a file of `sources` belongs to, null for what is shared. */
function readerOf(path: string): string | null {
  const [, folder = '', file] = path.split('/');
  return file === undefined || folder === 'text' ? null : folder;
}

const SRC = join(ROOT, 'src');

/** The text of every file of `src`, by its path from there. */
export const sources: ReadonlyMap<string, string> = new Map(
  filesBelow(SRC, '.ts').map((path) => [relative(SRC, path), readFileSync(path, 'utf8')] as const),
);

export const edges: readonly ImportEdge[] = [...sources].flatMap(([path, text]) => importsOf(path, text));

/** Files in circles, each circle sorted; `arrows` maps each file to what it imports. */
export function circles(arrows: ReadonlyMap<string, readonly string[]>): string[][] {
  const reach = new Map<string, Set<string>>();
  const reachOf = (start: string): Set<string> => {
    const known = reach.get(start);
    if (known !== undefined) return known;
    const seen = new Set<string>();
    const open = [...(arrows.get(start) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...(arrows.get(next) ?? []));
    }
    reach.set(start, seen);
    return seen;
  };
  const found = new Map<string, string[]>();
  for (const start of arrows.keys()) {
    const circle = [...reachOf(start)].filter((file) => reachOf(file).has(start)).sort();
    if (reachOf(start).has(start)) found.set(circle.join(' '), circle);
  }
  return [...found.values()];
}
