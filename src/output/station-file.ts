/**
 * The station file: one netCDF-4 file per station and dataset, one group per CDM table, and at the root the record index
 * that makes one launch a slice of observations_table.
 *
 * observations_table is written while the station streams by; everything else follows at the end. Nothing stands under
 * the final name before the file is complete and has been read back (`netcdf4/`).
 */
import { createHash } from 'node:crypto';
import type { CdmEdition } from '../cdm/index.js';
import {
  BLOCK_ROWS,
  type FeedbackColumns,
  type MatchedStation,
  type ObservationBlock,
  type Profile,
  type StationSchema,
} from '../match/index.js';
import { createNetcdf, type NetcdfFile, type NetcdfGroup, type NetcdfVariable } from '../netcdf4/index.js';
import { globalAttributes, type Provenance } from './attributes.js';
import { type EncodedTable, prepareCodeTables } from './code-tables.js';
import { TIME_UNITS } from './encoding.js';
import { defineFeedback } from './feedback-group.js';
import { defineObservations } from './observations-group.js';
import { createTextDimensions, definitionOf, writeTable } from './table-group.js';

/** Raised whenever the same records would give other bytes: stations are then harvested again. */
export const OUTPUT_VERSION = 4;

/** Names of dimensions, which differ between the profiles. */
interface DimensionNames {
  /** Dimension of the root variable of this name. */
  record(variable: string): string;
  /** Row dimension of a table's group. */
  rows(table: string): string;
  /** Row dimension of a code table's group. */
  codeRows: string;
}

const CDM_OTHER_ROWS = 'row';
const CUON_ROWS = 'index';
const CDM_ROWS: Readonly<Record<string, string>> = {
  observations_table: 'observation',
  header_table: 'report',
};

const DIMENSION_NAMES: Readonly<Record<Profile, DimensionNames>> = {
  cdm: {
    record: () => 'record',
    rows: (table) => CDM_ROWS[table] ?? CDM_OTHER_ROWS,
    codeRows: CDM_OTHER_ROWS,
  },
  // The reference gives each root variable a dimension of its own name and every table's rows the dimension `index`.
  cuon: { record: (variable) => variable, rows: () => CUON_ROWS, codeRows: CUON_ROWS },
};

export interface StationFileOptions {
  edition: CdmEdition;
  codeTables: readonly EncodedTable[];
  profile: Profile;
  schema: StationSchema;
}

export interface StationFile {
  /** Appends the rows of a block and as many of the feedback groups; the arrays may be used again at once. */
  appendObservations(block: ObservationBlock, feedback: readonly FeedbackColumns[]): void;
  /** Resolves when so little is waiting for compression that more may be appended. */
  ready(): Promise<void>;
  /** Writes the other tables and the root, and checks the file, which keeps its temporary name. */
  finish(
    matched: MatchedStation,
    provenance: Omit<Provenance, 'edition' | 'profile'>,
  ): Promise<{ path: string; bytes: number }>;
  /** Gives the finished file its final name. */
  publish(): Promise<void>;
  /** Removes what was written. */
  abort(): Promise<void>;
}

/** Uncompressed bytes that wait for the thread pool: a hundred chunks of numbers keep it busy. */
const MAX_PENDING_BYTES = 8 << 20;

/** Opens a station file at `path`; its folder must exist. */
export async function createStationFile(path: string, options: StationFileOptions): Promise<StationFile> {
  const file = await createNetcdf(path, { chunkRows: BLOCK_ROWS, maxPendingBytes: MAX_PENDING_BYTES });
  try {
    return defineStationFile(path, file, options);
  } catch (error) {
    await file.abort();
    throw error;
  }
}

function defineStationFile(path: string, file: NetcdfFile, options: StationFileOptions): StationFile {
  const { edition, codeTables, profile, schema } = options;
  const names = DIMENSION_NAMES[profile];
  const textDimension = createTextDimensions(file.root);
  const recordVariables = defineRecordIndex(file.root, names, profile);
  const observations = defineObservations(file.root, {
    edition,
    schema,
    textDimension,
    rowDimension: names.rows('observations_table'),
  });
  const feedback = schema.feedbackGroups.map((group) =>
    defineFeedback(file.root, group, textDimension, names.rows('observations_table')),
  );
  return {
    appendObservations(block, columns) {
      observations.append(block);
      for (const [i, append] of feedback.entries()) append(columns[i] as FeedbackColumns, block.rows);
    },
    ready: () => file.ready(),
    async finish(matched, provenance) {
      observations.finish(matched.rows);
      recordVariables.index.append(BigInt64Array.from(matched.records.index, BigInt));
      recordVariables.timestamp.append(BigInt64Array.from(matched.records.timestamp, BigInt));
      recordVariables.size.append(Int32Array.from(matched.records.size));
      for (const [name, data] of matched.tables) {
        await writeTable(
          file.root.group(name),
          definitionOf(edition, name),
          data,
          edition,
          names.rows(name),
          textDimension,
          () => file.ready(),
        );
      }
      const prepared = await prepareCodeTables(codeTables, edition, names.codeRows);
      file.include(prepared, ({ length }) => textDimension(length as number));
      for (const [name, value] of Object.entries(globalAttributes({ ...provenance, edition, profile }))) {
        file.root.attribute(name, value);
      }
      const { bytes } = await file.seal();
      return { path, bytes };
    },
    publish: () => file.publish(),
    abort: () => file.abort(),
  };
}

function defineRecordIndex(
  root: NetcdfGroup,
  names: DimensionNames,
  profile: Profile,
): { index: NetcdfVariable; timestamp: NetcdfVariable; size: NetcdfVariable } {
  const dimensionOf = new Map<string, string>();
  const over = (variable: string): string => {
    const name = names.record(variable);
    if (!dimensionOf.has(name)) root.dimension(name);
    dimensionOf.set(name, variable);
    return name;
  };
  const sizeOver = profile === 'cdm' ? 'recordsize' : 'recordindex';
  return {
    index: root.variable('recordindex', 'int64', [over('recordindex')], {
      attributes: { long_name: 'first row of the record in observations_table, counted from 0' },
    }),
    timestamp: root.variable('recordtimestamp', 'int64', [over('recordtimestamp')], {
      attributes: {
        standard_name: 'time',
        long_name: 'time of the record',
        units: TIME_UNITS,
        calendar: 'standard',
      },
    }),
    size: root.variable('recordsize', 'int', [over(sizeOver)], {
      attributes: {
        long_name: 'number of rows of the record in observations_table',
        sample_dimension: names.rows('observations_table'),
      },
    }),
  };
}

/** Bytes of an id in a file name; with everything around it the name stays below the 255 of file systems. */
const MAX_ID_BYTES = 150;
const KEPT_ID_BYTES = 120;

/** An id that is too long for a file name: its beginning, and a hash that tells it from others. */
function shortened(encoded: string, primaryId: string): string {
  if (encoded.length <= MAX_ID_BYTES) return encoded;
  const hash = createHash('sha256').update(primaryId).digest('hex').slice(0, 16);
  return `${encoded.slice(0, KEPT_ID_BYTES).replace(/%.?$/, '')}-${hash}`;
}

/**
 * The file name of a station: every character outside `[A-Za-z0-9._-]` percent-encoded, bytes of UTF-8; ids of more than 150
 * bytes cut, with a hash of the whole id.
 */
export function stationFileName(primaryId: string, dataset: string, part = ''): string {
  const encoded = Array.from(new TextEncoder().encode(primaryId), (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9._-]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
  const safe = encoded
    .replace(/^[.-]/, (first) => (first === '.' ? '%2E' : '%2D'))
    // Windows takes CON.x for the device CON.
    .replace(/^(con|prn|aux|nul|com\d|lpt\d)\./i, '$1%2E');
  return `${shortened(safe, primaryId)}_${dataset}_harvested${part}.nc`;
}
