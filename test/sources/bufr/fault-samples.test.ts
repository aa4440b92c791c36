/** Small inputs that once came out wrong: what the decoder, the search for messages and recognition make of them. */
import { describe, expect, it } from 'vitest';
import { openInput } from '../../../src/fetch/members.js';
import { OBSERVED_VARIABLE } from '../../../src/records/variables.js';
import { type BufrReading, readBufr } from '../../support/bufr-reading.js';
import { samplePath, samplesTitle, skipSamples } from '../../support/samples.js';

const readFault = async (file: string): Promise<BufrReading> =>
  readBufr(await openInput(samplePath(`faults/${file}`)));

describe.skipIf(skipSamples())(samplesTitle('faults'), () => {
  it('01-factor-255-era40-template.bufr: 255 levels, for a count is never missing', async () => {
    const { readings, listing } = await readFault('01-factor-255-era40-template.bufr');
    expect(listing.skipped).toEqual([]);
    expect([...listing.noted]).toEqual([]);
    expect(readings.get('11035')?.tally.levels).toBe(255);
  });

  it('01-factor-255-then-winds-rubbish.bufr: 255 levels of temperature and 20 of wind', async () => {
    const { readings, listing } = await readFault('01-factor-255-then-winds-rubbish.bufr');
    expect(listing.skipped).toEqual([]);
    const rows = readings.get('11035')?.rows ?? [];
    const count = (...variables: number[]): number =>
      rows.filter(({ variable }) => variables.includes(variable)).length;
    const { airTemperature, dewPoint, windFromDirection, windSpeed } = OBSERVED_VARIABLE;
    expect([count(airTemperature), count(dewPoint)]).toEqual([255, 255]);
    expect([count(windFromDirection), count(windSpeed)]).toEqual([20, 20]);
    expect(rows).toHaveLength(550);
  });

  it('02-good-message-and-two-of-0-subsets.bufr: one report, two skips', async () => {
    const { readings, listing } = await readFault('02-good-message-and-two-of-0-subsets.bufr');
    expect(readings.get('11035')?.reports).toHaveLength(1);
    expect(listing.skipped.map(({ reason, byteOffset }) => [reason, byteOffset])).toEqual([
      ['bufr.message.no-subsets', 196],
      ['bufr.message.no-subsets', 243],
    ]);
  });

  it('09-word-BUFR-in-bulletin-text.bufr: one message, nothing damaged', async () => {
    const { readings, listing } = await readFault('09-word-BUFR-in-bulletin-text.bufr');
    expect(readings.get('11035')?.reports).toHaveLength(1);
    expect(listing.skipped).toEqual([]);
  });

  it('bufr_edition0_first.bufr: one skip, then a ship with 73 rows', async () => {
    const { readings, listing } = await readFault('bufr_edition0_first.bufr');
    expect(listing.skipped).toEqual([
      {
        file: samplePath('faults/bufr_edition0_first.bufr'),
        byteOffset: 0,
        reason: 'bufr.message.edition',
        detail: 'edition 0 of BUFR (editions 2 to 4 are read)',
      },
    ]);
    expect([...readings.values()].map(({ reports, rows }) => [reports.length, rows.length])).toEqual([
      [1, 73],
    ]);
  });
});
