/** How much of a file is read to explain one of its reports. */
import { describe, expect, it } from 'vitest';
import type { InputFile } from '../../../src/records/input.js';
import { bufr } from '../../../src/sources/bufr/index.js';
import { loadTables } from '../../../src/sources/bufr/tables.js';
import type { SourceReport } from '../../../src/sources/locator.js';
import { encodeBufrSoundings } from '../../support/bufr-soundings.js';
import { countingInput } from '../../support/counting-input.js';
import { shortSoundings } from '../../support/soundings.js';

const soundings = shortSoundings(13);
const tables = await loadTables();
const messages = soundings.map((sounding) => encodeBufrSoundings(tables, [sounding], { wmoNumber: 11_035 }));
// Bytes between messages, as bulletins have them, and the letters of a message that is none.
const between = Buffer.from('\r\r\nBUFR in a text\r\r\n');
const content = Buffer.concat(messages.flatMap((message) => [between, message]));
const lastOffset = content.length - (messages.at(-1)?.length ?? 0);

async function locate(file: InputFile, offset: number): Promise<SourceReport | null | undefined> {
  const locator = await bufr.locator?.();
  return await locator?.(file, { offset, isStation: (id) => id === '11035', isTime: () => true });
}

describe('a report of BUFR', () => {
  it('is read from its own message on, whatever stands before it', async () => {
    const { file, reads } = countingInput(content);
    const report = await locate(file, lastOffset);
    expect(report).toMatchObject({ from: lastOffset, to: content.length });
    expect(report?.data.length).toBeGreaterThan(0);
    expect(reads).toMatchObject({ passes: 0, rangeBytes: content.length - lastOffset });
  });

  it('is the same where the file has to be read from its beginning', async () => {
    const plain = (report: SourceReport | null | undefined) =>
      report?.data.map((datum) => JSON.stringify({ ...datum, ...datum.describe() }));
    const [ranged, streamed] = [
      await locate(countingInput(content).file, lastOffset),
      await locate(countingInput(content, { ranges: false, chunkBytes: 7 }).file, lastOffset),
    ];
    expect(plain(ranged)?.length).toBeGreaterThan(0);
    expect(plain(ranged)).toEqual(plain(streamed));
  });

  it.each([0, lastOffset + 1, content.length])('is none where no message begins: %i', async (offset) => {
    expect(await locate(countingInput(content).file, offset)).toBeNull();
  });
});
