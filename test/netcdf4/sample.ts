/** Content that uses every part of the format: groups, both layouts, left-out chunks, strings, scales, attributes. */
import type { NetcdfFile } from '../../src/netcdf4/index.js';

const ROWS = 5000;
const CHUNK_ROWS = 700;

/** Fills `file`; `pause` runs between the appends. */
export async function fillSample(
  file: NetcdfFile,
  pause: () => Promise<void> = async () => {},
): Promise<void> {
  const { root } = file;
  root.attribute('title', 'sample');
  root.attribute('sources', ['a.zip', 'b.zip']);
  root.dimension('width', 5);
  const table = root.group('table');
  table.dimension('row');
  const options = { chunkRows: CHUNK_ROWS };
  const time = table.variable('row', 'int64', ['row'], options);
  const noise = table.variable('noise', 'double', ['row'], { ...options, fill: Number.NaN });
  const steps = table.variable('steps', 'int', ['row'], { ...options, fill: -1 });
  const text = table.variable('text', 'char', ['row', 'width'], options);
  const words = table.variable('words', 'string', ['row'], { chunkRows: 3000 });
  table.variable('missing', 'float', ['row'], { fill: Number.NaN });
  for (let from = 0; from < ROWS; from += 1000) {
    const rows = Array.from({ length: 1000 }, (_, i) => from + i);
    time.append(BigInt64Array.from(rows, BigInt));
    noise.append(Float64Array.from(rows, (row) => Math.imul(row, 0x9e3779b1) / 7));
    steps.append(Int32Array.from(rows, (row) => (row < 3000 ? 4 : row === 4999 ? -1 : row)));
    text.append(Buffer.from(rows.map((row) => String(row).padEnd(5)).join('')));
    words.append(rows.map((row) => (row % 7 === 0 ? '' : `word ${row}`)));
    await pause();
  }
  const codes = root.group('codes');
  codes.dimension('row', 3);
  codes
    .variable('code', 'int', ['row'], { attributes: { description: 'small' } })
    .append(Int32Array.of(1, 2, 3));
}
