/** The import arrows of the project: what each room of `src` may import, and what its files do import. */
import { readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { filesBelow, ROOT } from '../cli/built.js';

/** A room of `src`. */
export interface Room {
  /** What it is for, for the table of rooms in CONTRIBUTING. */
  readonly what: string;
  /** The other rooms that it may import. */
  readonly imports: readonly string[];
}

/** Every room of `src`, from the ground up. A room that is not here may not be. */
export const ROOMS: Readonly<Record<string, Room>> = {
  disk: {
    what: 'folders that are on the disk once they are made; files that are whole or not there',
    imports: [],
  },
  netcdf4: {
    what: '`write/`, `read/` and what they share: a netCDF-4 writer, and a reader of what it writes; knows nothing of radiosondes',
    imports: [],
  },
  grib: {
    what: 'GRIB files of both editions: scan, keys, grids, values; knows nothing of radiosondes',
    imports: [],
  },
  atmosphere: { what: 'thermodynamics, wind and heights, SI units', imports: [] },
  records: {
    what: 'soundings as columns: batches, launches, order, times, counts; and what readers are given',
    imports: [],
  },
  // What writes a table to a file has to give the file its name safely: it knows the disk.
  tabular: { what: 'a table as a Parquet, Arrow or CSV file', imports: ['disk'] },
  cdm: { what: 'the CDM tables: dialects, extensions, editions, drift', imports: ['disk'] },
  sources: {
    what: 'one folder per format, `text/` for what text formats share; `registry.ts` lists the datasets, `source.ts` is what a source must offer',
    imports: ['records', 'disk'],
  },
  fetch: {
    what: 'bytes: files, archive members, identity; `download/` listings and downloads over HTTP',
    imports: ['records', 'disk'],
  },
  match: {
    what: 'the schema of a station file, then records to rows of CDM tables; `conventions.ts` holds every unit and code',
    imports: ['records', 'cdm', 'disk'],
  },
  output: { what: 'the station file', imports: ['match', 'cdm', 'netcdf4', 'records', 'disk'] },
  reading: {
    what: 'station files as tables and columns, and a launch as levels: where all that follows begins',
    imports: ['netcdf4', 'records', 'cdm', 'atmosphere', 'disk'],
  },
  run: {
    what: 'plans a run, spreads stations over lanes, keeps `ledger/`, `lock/` and `reports/`, schedules',
    imports: ['sources', 'fetch', 'records', 'cdm', 'match', 'output', 'disk'],
  },
  explain: {
    what: 'from a row back to the bytes of its source',
    imports: ['sources', 'reading', 'records', 'fetch', 'match', 'cdm', 'disk'],
  },
  plot: { what: 'charts, as SVG', imports: ['reading', 'records', 'atmosphere', 'disk'] },
  export: {
    what: 'station files as flat tables: forms and selection',
    imports: ['reading', 'records', 'atmosphere', 'tabular', 'netcdf4', 'disk'],
  },
  verify: {
    what: 'what can be wrong with a station file',
    imports: ['sources', 'reading', 'fetch', 'records', 'cdm', 'match', 'output', 'netcdf4', 'run', 'disk'],
  },
  page: {
    what: 'the HTML page of a folder: collects plain data, writes sections; every text goes through `html.ts`',
    imports: ['reading', 'records', 'plot', 'run', 'sources', 'disk'],
  },
  cli: {
    what: 'parses words, calls, prints',
    imports: [
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
  },
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
  grib: ['grib/index.ts'],
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

const STATIC = /(?:^|;)\s*(?:import|export)\s+(type\s)?(?:[^'"();]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"`]([^'"`]+)['"`]\s*[,)]/g;
/** A comment, or a text of one line, in which what looks like a comment is none. */
const COMMENT_OR_TEXT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/gm;

/** The code without its comments. A `//` behind code stays: in a regular expression it may be none. */
export function withoutComments(text: string): string {
  return text.replace(COMMENT_OR_TEXT, (found) => (/^['"]/.test(found) ? found : ''));
}

/** The imports of one source file; `path` is its path from the root of `src`. */
export function importsOf(path: string, text: string): ImportEdge[] {
  const code = withoutComments(text);
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
  const allowed = ROOMS[room]?.imports;
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
export function readerOf(path: string): string | null {
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
