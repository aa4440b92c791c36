/** Files without quotes are split at their separators: the same records as a full parser of RFC 4180 makes of them. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitDelimited } from '../../src/cdm/delimited.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What the parser makes of lines that end in LF, header included. */
function parsed(text: string, delimiter: string): { line: number; cells: string[] }[] {
  const options = { delimiter, quote: null, relax_column_count: true, skip_empty_lines: true, info: true };
  const records = parse(text, options) as unknown as { info: { lines: number }; record: string[] }[];
  return records
    .map(({ info, record }) => ({ line: info.lines, cells: record.map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
}

describe('table files without quotes', () => {
  it.each([',', '\t'])('split at %j as a parser splits them', (delimiter) => {
    const cell = fc.stringMatching(/^[ a-z0-9é€.;']{0,6}$/);
    const row = fc.array(cell, { maxLength: 5 }).map((cells) => cells.join(delimiter));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), fc.constantFrom('\n', '\r\n', '\r'), (rows, end) => {
        const lines = [`code${delimiter}text`, ...rows];
        const { header, records } = splitDelimited(bytesOf(lines.join(end)), 'f');
        expect([header, ...records]).toEqual(parsed(lines.join('\n'), delimiter));
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('keep quotes where tabs separate', () => {
    const { records } = splitDelimited(bytesOf('a\tb\n"1\t""x"\n'), 'f');
    expect(records).toEqual([{ line: 2, cells: ['"1', '""x"'] }]);
  });

  it('count the lines of comments, of empty lines and of those before', () => {
    const { header, records } = splitDelimited(bytesOf('# note\n\na,b\n\n1,2\n ,\n3,4'), 'f');
    expect(header.line).toBe(3);
    expect(records.map(({ line }) => line)).toEqual([5, 7]);
  });

  it('have the same limit for a record as those with quotes', () => {
    const long = 'x'.repeat(262_146);
    expect(() => splitDelimited(bytesOf(`a,b\n1,${long}\n`), 'f')).toThrow(/Max Record Size/);
    const { records } = splitDelimited(bytesOf(`a,b\n1,${long.slice(0, 200_000)}\n`), 'f');
    expect(records[0]?.cells[1]).toHaveLength(200_000);
  });
});
