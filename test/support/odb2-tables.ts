/** Tables of the observation database as frames of ODB-2. */
import type { OdbTable } from './odb-encoder.js';
import type { Odb2FrameInput } from './odb2-encoder.js';

/** A table as a frame of ODB-2. */
export function frameOf({ columns, rows }: OdbTable): Odb2FrameInput {
  return {
    columns: columns.map(({ name, type }, i) => ({
      name,
      type,
      values: rows.map((row) => row[i] ?? (type === 'string' ? '' : Number.NaN)),
    })),
  };
}
