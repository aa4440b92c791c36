/**
 * Columns of an observation database by name. A name is a base and a table, `lat@hdr`; exports write it with or without
 * the table, and the archives do not agree on it (`expver` and `expver@desc`). The name of the CDM's feedback table is
 * the one that counts here.
 */
import { InputError } from '../../errors.js';
import type { FeedbackColumn, FeedbackKind } from '../../records/feedback.js';

/** Names of the CDM table `era5fb_table` that have no table of the database in them. */
const BARE = ['type', 'expver', 'class', 'stream', 'andate', 'antime', 'reportype'];
/** Columns that the archives have besides, with the table that they belong to. */
const BY_TABLE: Readonly<Record<string, readonly string[]>> = {
  hdr: [
    ...[
      'seqno',
      'source',
      'bufrtype',
      'subtype',
      'groupid',
      'obstype',
      'codetype',
      'sensor',
      'statid',
      'date',
      'time',
    ],
    ...['report_status', 'report_event1', 'report_rdbflag', 'lat', 'lon', 'stalt'],
  ],
  modsurf: ['orography', 'windspeed10m', 'tsfc', 'albedo', 'seaice'],
  conv: ['sonde_type', 'station_type', 'collection_identifier', 'timeseries_index', 'unique_identifier'],
  body: [
    ...[
      'entryno',
      'obsvalue',
      'varno',
      'vertco_type',
      'vertco_reference_1',
      'vertco_reference_2',
      'datum_anflag',
    ],
    ...['datum_status', 'datum_event1', 'datum_rdbflag', 'biascorr', 'biascorr_fg', 'varbc_ix', 'qc_pge'],
    ...['an_depar', 'fg_depar', 'an_sens_obs'],
  ],
  conv_body: ['ppcode'],
  errstat: ['obs_error', 'final_obs_error', 'fg_error', 'eda_spread'],
};
const FULL_NAMES: ReadonlyMap<string, string> = new Map([
  ...BARE.map((name) => [name, name] as const),
  ...Object.entries(BY_TABLE).flatMap(([table, bases]) =>
    bases.map((base) => [base, `${base}@${table}`] as const),
  ),
]);

/** Kinds that the reader relies on, whatever the values in the head of a file look like. */
const KINDS: Readonly<Record<string, FeedbackKind>> = {
  statid: 'text',
  expver: 'text',
  source: 'text',
  date: 'int',
  time: 'int',
  varno: 'int',
  vertco_type: 'int',
  reportype: 'int',
  obstype: 'int',
  codetype: 'int',
  seqno: 'int',
  datum_status: 'int',
  sonde_type: 'int',
  lat: 'double',
  lon: 'double',
  stalt: 'double',
  obsvalue: 'double',
  vertco_reference_1: 'double',
  an_depar: 'double',
  fg_depar: 'double',
};

/**
 * The name under which a column is known: that of the CDM's feedback table for a bare name (`lat` is `lat@hdr`) and for the
 * names that it has without a table (`expver@desc` is `expver`); any other name as it stands.
 */
export function columnName(name: string): string {
  const [base = '', table] = name.split('@');
  if (table === undefined) return FULL_NAMES.get(base) ?? name;
  return BARE.includes(base) && (table === 'desc' || table === 'hdr') ? base : name;
}

/** The kind that a column must have because the reader works with its values; undefined for any other column. */
export function requiredKind(name: string): FeedbackKind | undefined {
  const known = columnName(name);
  const [base = ''] = known.split('@');
  return known === FULL_NAMES.get(base) ? KINDS[base] : undefined;
}

/** Places of the columns that the reader works with; -1 where an optional one is absent. */
export interface ColumnPlaces {
  statid: number;
  date: number;
  time: number;
  lat: number;
  lon: number;
  varno: number;
  obsvalue: number;
  vertcoType: number;
  vertcoReference: number;
  reportype: number;
  obstype: number;
  codetype: number;
  seqno: number;
  stalt: number;
  datumStatus: number;
  analysisDeparture: number;
  firstGuessDeparture: number;
  sondeType: number;
}

const REQUIRED = {
  statid: 'statid@hdr',
  date: 'date@hdr',
  time: 'time@hdr',
  lat: 'lat@hdr',
  lon: 'lon@hdr',
  varno: 'varno@body',
  obsvalue: 'obsvalue@body',
  vertcoType: 'vertco_type@body',
  vertcoReference: 'vertco_reference_1@body',
} as const;
const REQUIRED_NAMES: ReadonlySet<string> = new Set(Object.values(REQUIRED));

/** Whether a column is one of those that every row must have a value in, or nothing can be made of it. */
export function isRequired(name: string): boolean {
  return REQUIRED_NAMES.has(columnName(name));
}

/**
 * Finds the columns by name.
 *
 * @throws InputError `MISSING_COLUMN` that names the required columns that are not there
 */
export function findColumns(columns: readonly FeedbackColumn[], path: string): ColumnPlaces {
  assertRequired(columns, path);
  return placesAmong(columns);
}

function assertRequired(columns: readonly FeedbackColumn[], path: string): void {
  const names = columns.map(({ name }) => columnName(name));
  const missing = Object.values(REQUIRED).filter((name) => !names.includes(name));
  if (missing.length > 0) {
    const bases = missing.map((name) => name.replace(/@.*/, ''));
    throw new InputError(
      'MISSING_COLUMN',
      `${path}: an observation database without the column${bases.length > 1 ? 's' : ''} ${bases.join(', ')}`,
      {
        file: path,
        hint: 'Soundings need statid, date, time, lat, lon, varno, obsvalue, vertco_type and vertco_reference_1.',
      },
    );
  }
}

/** The places of the columns among some of those of a file; -1 where one is absent, be it required or not. */
export function placesAmong(columns: readonly FeedbackColumn[]): ColumnPlaces {
  const names = columns.map(({ name }) => columnName(name));
  const place = (name: string): number => names.indexOf(name);
  return {
    statid: place(REQUIRED.statid),
    date: place(REQUIRED.date),
    time: place(REQUIRED.time),
    lat: place(REQUIRED.lat),
    lon: place(REQUIRED.lon),
    varno: place(REQUIRED.varno),
    obsvalue: place(REQUIRED.obsvalue),
    vertcoType: place(REQUIRED.vertcoType),
    vertcoReference: place(REQUIRED.vertcoReference),
    reportype: place('reportype'),
    obstype: place('obstype@hdr'),
    codetype: place('codetype@hdr'),
    seqno: place('seqno@hdr'),
    stalt: place('stalt@hdr'),
    datumStatus: place('datum_status@body'),
    analysisDeparture: place('an_depar@body'),
    firstGuessDeparture: place('fg_depar@body'),
    sondeType: place('sonde_type@conv'),
  };
}

const BREADTH: readonly FeedbackKind[] = ['int', 'real', 'double', 'text'];

/**
 * The columns of several files together, in the order in which they first appear, under the names of `columnName`. Kinds
 * become the widest: int, real, double, text; a column that is text in one file and number in another is text.
 */
export function joinColumns(sets: Iterable<readonly FeedbackColumn[]>): FeedbackColumn[] {
  const joined = new Map<string, FeedbackKind>();
  const widen = (name: string, kind: FeedbackKind): void => {
    const before = joined.get(name);
    if (before === undefined || BREADTH.indexOf(kind) > BREADTH.indexOf(before)) joined.set(name, kind);
  };
  for (const columns of sets) {
    const seen = new Set<string>();
    for (const { name: raw, kind } of columns) {
      const name = columnName(raw);
      // Of a name that stands twice in one file, the first column counts.
      if (name === '' || seen.has(name)) continue;
      seen.add(name);
      widen(name, kind);
    }
  }
  // A name without a table is that of the one column with a table that has it.
  for (const [name, kind] of [...joined]) {
    const full = [...joined.keys()].filter((other) => other.startsWith(`${name}@`));
    if (name.includes('@') || full.length !== 1 || full[0] === undefined) continue;
    widen(full[0], kind);
    joined.delete(name);
  }
  return [...joined].map(([name, kind]) => ({ name, kind }));
}
