import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { readDescriptor } from '../../src/sources/descriptor.js';
import { loadSource, sources } from '../../src/sources/registry.js';

describe('registry', () => {
  it('every source loads under its id and describes itself', async () => {
    for (const [id, load] of sources) {
      const source = await load();
      expect(source.id).toBe(id);
      expect(source.readerVersion).toBeGreaterThanOrEqual(1);
      const descriptor = await source.describe();
      expect(descriptor.id).toBe(id);
      expect(descriptor.citation).toMatch(/\w/);
    }
  });

  it('igra2 is what the archive says of itself', async () => {
    const source = await loadSource('igra2');
    expect(await source.describe()).toMatchObject({
      dataPolicyLicence: 0,
      sourceFormat: 102,
      login: false,
      access: 'https://www.ncei.noaa.gov/data/integrated-global-radiosonde-archive/',
      citation: expect.stringContaining('doi:10.7289/V5X63K0Q'),
    });
    expect(source.encodings).toEqual({
      airTemperature: { unit: 'degC', precision: 0.1 },
      dewPointDepression: { unit: 'degC-difference', precision: 0.1 },
      relativeHumidity: { unit: 'percent', precision: 0.1 },
      windFromDirection: { unit: 'degree', precision: 1 },
      windSpeed: { unit: 'm/s', precision: 0.1 },
      geopotentialHeight: { unit: 'gpm', precision: 1 },
    });
  });

  it('an unknown id is a usage error that lists the known ones', async () => {
    for (const id of ['igra', '', '__proto__', 'toString']) {
      const error = await loadSource(id).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(UsageError);
      expect(error).toMatchObject({ code: 'UNKNOWN_SOURCE', hint: expect.stringContaining('igra2') });
    }
  });

  it('a descriptor that is not there is a storage error', async () => {
    await expect(readDescriptor('nowhere')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
