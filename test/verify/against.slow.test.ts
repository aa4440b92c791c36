/** Reading again what was harvested with a station list, and for a period: what the file does not state. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { harvestQuietly } from '../support/demo/harvest.js';
import { encodeStationList } from '../support/igra2-encoder.js';
import { harvestSmall, verifierOf } from './planted.js';

const folder = mkdtempSync(join(tmpdir(), 'verify-against-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files: { igra2: string; era5: string; sources: string };
beforeAll(async () => {
  files = await harvestSmall(folder);
});

describe('reading the source again', () => {
  it('takes the station list beside the source, and knows a period by its edges', async () => {
    const work = mkdtempSync(join(folder, 'case-'));
    const sources = join(work, 'sources', 'igra2');
    cpSync(join(files.sources, 'igra2'), sources, { recursive: true });
    const entry = {
      id: 'XXM00011035',
      latitude: 48.2,
      longitude: 16.3,
      elevation: 200,
      name: 'VIENNA',
      firstYear: 1998,
      lastYear: 1998,
      soundings: 3,
    };
    writeFileSync(join(sources, 'igra2-station-list.txt'), encodeStationList([entry]));
    // The second of three soundings: 27 February 1998, 12 UTC.
    const period = { from: 3_097_566_000, to: 3_097_580_000 };
    await harvestQuietly({
      input: [sources],
      output: join(work, 'output'),
      workdir: work,
      tables: join(folder, 'tables'),
      ...period,
    });
    const path = join(work, 'output', 'igra2', basename(files.igra2));
    const source = join(sources, 'XXM00011035-data.txt');
    const { findings, rows } = await verifierOf({ against: [source] })(path);
    expect(findings).toEqual([]);
    expect(rows).toBe(6);
    rmSync(join(sources, 'igra2-station-list.txt'));
    const without = await verifierOf({ against: [source] })(path);
    expect(without.notes).toEqual([expect.stringContaining('no station list')]);
    expect(without.findings.map(({ variable }) => variable)).toContain('station_name');
  });
});
