import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fileSource } from '../../src/grib/source.js';
import { countingSource, scanAll } from '../support/grib-reading.js';
import { gribSamples } from '../support/grib-samples.js';
import { samplePath, samplesTitle, skipSamples } from '../support/samples.js';

describe.skipIf(skipSamples())(samplesTitle('scans of GRIB samples'), () => {
  for (const { name, path, expected } of gribSamples())
    it(`${name} has the fields that ecCodes finds`, async () => {
      const source = await fileSource(path);
      const { fields, damage, summary } = await scanAll(source);
      await source.close();
      const good = expected.filter(({ error }) => error === undefined);
      expect(good.length).toBeGreaterThan(0);
      expect(
        fields.map(({ message, number, edition }) => ({ offset: message.offset, field: number, edition })),
      ).toEqual(good.map(({ offset, field, edition }) => ({ offset, field, edition })));
      expect(damage.length).toBe(expected.length - good.length);
      const lengths = new Map(fields.map(({ message }) => [message.offset, message.length]));
      const inMessages = [...lengths.values()].reduce((sum, length) => sum + length, 0);
      expect(inMessages + summary.skippedBytes).toBe(statSync(path).size);
      expect(summary).toMatchObject({ messages: lengths.size, fields: fields.length });
    });

  it('counts the bytes between messages', async () => {
    const { fields, summary } = await scanAll(readFileSync(samplePath('grib/odd/test_padding.grib')));
    expect(fields.map(({ message }) => message)).toEqual([
      { offset: 0, length: 526 },
      expect.objectContaining({ offset: 533 }),
    ]);
    expect(summary.skippedBytes).toBe(7);
  });

  it('names a damaged message by its place and reads the next', async () => {
    const { fields, damage } = await scanAll(readFileSync(samplePath('grib/odd/era5-levels-corrupted.grib')));
    expect(damage).toEqual([
      {
        code: 'GRIB_SECTION_LENGTH',
        offset: 0,
        message: expect.stringContaining('section 4 at 92 has 21972 bytes'),
      },
    ]);
    expect(fields.map(({ message }) => message.offset)).toEqual([22_068]);
  });

  it('reads heads only', async () => {
    const path = samplePath('grib/packings/gfs.t12z.pgrbf120.2p5deg.grib2');
    const file = await fileSource(path);
    const source = countingSource(file);
    const { summary } = await scanAll(source);
    await file.close();
    expect(summary).toMatchObject({ messages: 307, fields: 343 });
    expect(source.bytesRead).toBeLessThan(343 * 600);
  });
});
