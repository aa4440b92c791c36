/**
 * The fields of a level by a table of columns: reading them, telling damage, and one row for each that has a value, the others
 * counted under their reasons. For the lines that a hot loop does not take; `pairs.ts` is for the others.
 */
import type { BatchBuilder } from '../../records/builder.js';
import { Z_TYPE } from '../../records/variables.js';
import { fieldSlot, WHY } from './counters.js';
import type { LevelSink } from './format.js';

const BLANK = 0x20;

/** A field of a level. */
export interface Column<Name extends string = string> {
  name: Name;
  /** First column from 0, and the column after the last. */
  from: number;
  to: number;
}

/** A field that may become a row, or the coordinate of the level. */
export interface ValueColumn<Name extends string = string> extends Column<Name> {
  /** Code of the table `observed_variable`; 0 for a pressure, which makes no row. */
  code: number;
  /** Limits that it cannot pass by the definition of its quantity, in the numbers that are read; not a quality control. */
  low: number;
  high: number;
  /** What the number is divided by: units as in `SourceEncodings`, of a pressure Pa. */
  divisor: number;
}

/** The table of columns of a format, and its numbers. */
export interface LevelTable {
  /** In the order of their codes, which is the order of the rows. Their place here is their place in `LevelSink.raw`. */
  quantities: readonly ValueColumn[];
  /** The vertical coordinate, where it has a value. */
  pressure: ValueColumn;
  /** Fields that are neither. */
  others: readonly Column[];
  /** The number in the columns from `from` to `to` of a line that ends at `end`. */
  number(bytes: Uint8Array, from: number, to: number, end: number): number;
  /** What it is where no number is there. */
  unreadable: number;
  /** Why a number of a field is no value: an index into `WHYS`. */
  whyNot(raw: number, field: number): number;
}

/** What the rows of a level share. */
export interface LevelFacts {
  /** Seconds since launch, NaN where unknown. */
  elapsed: number;
  /** Bits of `SIGNIFICANCE`. */
  significance: number;
  /** By quantity: code of the table `quality_flag`. */
  quality: Int8Array;
  /** Metres above sea level where a level with neither pressure nor height stands; NaN for nowhere. */
  elevation: number;
}

/** The readers of levels that a table makes. */
export interface LevelReader {
  /** Number of all fields: of numbers in `LevelSink.raw`. */
  readonly columns: number;
  /** Reads all numbers of a line that ends at `end`, wherever that is. */
  readFields(bytes: Uint8Array, start: number, end: number, raw: Int32Array): void;
  /**
   * Why a line whose fields are read does not belong to the format, null where it does. One field that is no number is what archives are
   * like; where two are, or none of the quantities is more than a blank, the columns are shifted or the line is damaged.
   */
  damageOf(raw: Int32Array, bytes: Uint8Array, start: number, end: number): string | null;
  /** Whether a field of the line is a value of its quantity. */
  isUsable(field: number, raw: Int32Array): boolean;
  /** Writes the rows and counts the other fields. @returns the code in `Z_TYPE` of the coordinate, -1 where there is none */
  writeLevel(sink: LevelSink, facts: LevelFacts): number;
}

/** The readers of the levels of a format. */
export function createLevelReader(table: LevelTable): LevelReader {
  const { quantities, pressure, number, unreadable, whyNot } = table;
  const columns: readonly Column[] = [...quantities, pressure, ...table.others];
  const values: readonly ValueColumn[] = [...quantities, pressure];
  const atPressure = quantities.length;
  const atHeight = quantities.findIndex(({ name }) => name === 'geopotential_height');

  const isUsable = (field: number, raw: Int32Array): boolean => {
    const { low, high } = values[field]!;
    return raw[field]! >= low && raw[field]! <= high;
  };
  const countUnused = ({ slots, raw }: LevelSink, field: number, whyUsable: number): void => {
    slots[fieldSlot(field, isUsable(field, raw) ? whyUsable : whyNot(raw[field]!, field))]!++;
  };
  const writeRows = (
    sink: LevelSink,
    z: number,
    zType: number,
    { elapsed, significance, quality }: LevelFacts,
  ): number => {
    const { builder, raw } = sink;
    builder.reserveRows(quantities.length);
    const rows = builder.observations;
    const significances = significanceColumn(builder);
    for (let field = 0; field < quantities.length; field++) {
      // A height that is the coordinate is not repeated as a row.
      if (!isUsable(field, raw) || (field === atHeight && zType === Z_TYPE.height)) {
        countUnused(sink, field, WHY.usedAsCoordinate);
        continue;
      }
      const row = builder.rowCount++;
      rows.observedVariable[row] = quantities[field]!.code;
      rows.value[row] = raw[field]! / quantities[field]!.divisor;
      rows.zCoordinate[row] = z;
      rows.zType[row] = zType;
      rows.elapsed[row] = elapsed;
      rows.quality[row] = quality[field]!;
      significances[row] = significance;
    }
    return zType;
  };

  return {
    columns: columns.length,
    isUsable,
    readFields(bytes, start, end, raw) {
      for (const [field, { from, to }] of columns.entries())
        raw[field] = number(bytes, start + from, start + to, end);
    },
    damageOf(raw, bytes, start, end) {
      let failed = 0;
      let readable = 0;
      for (let field = 0; field < columns.length; field++) {
        const last = start + columns[field]!.to - 1;
        if (raw[field] === unreadable) failed++;
        else if (field < quantities.length && last < end && bytes[last] !== BLANK) readable++;
      }
      if (failed === 0) return null;
      if (readable === 0) return 'none of its values can be read';
      return failed > 1 ? `${failed} of its fields cannot be read` : null;
    },
    writeLevel(sink, facts) {
      const { raw } = sink;
      if (isUsable(atPressure, raw))
        return writeRows(sink, raw[atPressure]! / pressure.divisor, Z_TYPE.pressure, facts);
      countUnused(sink, atPressure, WHY.missing);
      if (isUsable(atHeight, raw))
        return writeRows(sink, raw[atHeight]! / quantities[atHeight]!.divisor, Z_TYPE.height, facts);
      if (!Number.isNaN(facts.elevation))
        return writeRows(sink, facts.elevation, Z_TYPE.heightFromElevation, facts);
      for (let field = 0; field < quantities.length; field++) countUnused(sink, field, WHY.noCoordinate);
      return -1;
    },
  };
}

/** The column of what the levels are, which the builders of text readers have. */
export function significanceColumn({ observations: { significance } }: BatchBuilder): Int32Array {
  if (significance === null) throw new Error('the builder has no column for the significance of levels');
  return significance;
}
