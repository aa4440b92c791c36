/** What must hold for the hot loops of text formats: they read what they should, and as the plain path does. */
import { expect } from 'vitest';
import { createBatchBuilder } from '../../src/records/builder.js';
import type { LevelSink } from '../../src/sources/text/format.js';
import type { FormatCase, Reading } from './text-formats.js';

/** Everything but the places in the file, which differ with the lengths of the lines. */
function contentOf({ reports, rows, tally }: Reading): unknown {
  return {
    rows,
    reports: reports.map(({ byteOffset: _, ...report }) => report),
    counts: [tally.reports, tally.levels, tally.fields, [...tally.dropped].sort(), [...tally.noted].sort()],
    skipped: tally.skipped.map(({ byteOffset: _, ...skipped }) => skipped),
  };
}

/**
 * Reads lines in the usual columns, and with padding: with two blanks more at its end a line is not where the hot loop looks for
 * its end, and goes the way of all other lines.
 */
export async function expectSameWithPadding(of: FormatCase, lines: readonly string[]): Promise<void> {
  const text = (end: string): string => lines.map((line) => line + end).join('');
  const padded = contentOf(await of.readText(text('   \n')));
  for (const end of ['\n', ' \n', '\r\n']) {
    const reading = await of.readText(text(end));
    expect(of.isAccountedFor(reading)).toBe(true);
    expect(contentOf(reading)).toEqual(padded);
  }
}

/** Reads levels, each of full width, none of which the hot loop may hand over. */
export function expectPlain({ format, header }: FormatCase, levels: readonly string[]): void {
  for (const end of ['\n', ' \n', '\r\n']) {
    const bytes = new Uint8Array(Buffer.from(levels.map((level) => level + end).join('')));
    const slots = format.counters.create();
    const first = Buffer.from(header(1).trimEnd(), 'latin1');
    const open = format.readHeader(first, 0, first.length, slots);
    if (!open.readable) throw new Error(open.detail);
    const sink: LevelSink = {
      builder: createBatchBuilder({ capacity: 100, significance: true }),
      slots,
      header: open,
      levels: 0,
      firstRow: 0,
      raw: new Int32Array(format.columns),
    };
    const parsed = format.readLines?.(bytes, sink, (_, at) => {
      throw new Error(`the line at ${at} was handed over`);
    });
    expect(parsed).toBe(bytes.length);
    expect(sink.levels).toBe(levels.length);
    expect(sink.builder.rowCount).toBeGreaterThan(levels.length);
  }
}
