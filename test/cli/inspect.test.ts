import { describe, expect, it } from 'vitest';
import { inspectFile } from '../../src/cli/inspect.js';
import { message, temp309007 } from '../support/bufr-reading.js';
import { encodeStationList } from '../support/igra2-encoder.js';
import { writeZip } from '../support/zip.js';
import { runCli, runHarvest } from './built.js';
import { createWorkspace, stationBytes } from './workspace.js';

const space = createWorkspace();
const bytes = stationBytes('USM00072558', 4);

describe('harvest inspect', () => {
  it('says what a file of soundings holds, plain or zipped, and changes nothing', async () => {
    const plain = await inspectFile(space.write('x.txt', bytes), true);
    const facts = JSON.parse(plain);
    expect(facts).toMatchObject({
      format: 'igra2',
      content: 'x.txt',
      station: 'USM00072558 (0-20000-0-72558)',
      reports: 4,
      skipped: [],
    });
    // Soundings at 00 and 12 UTC from 27 February 1998; the first is modern and is released before its nominal time.
    expect(facts.first).toMatch(/^1998-02-26T2\d:\d\d:00Z$/);
    expect(facts.last).toBe('1998-02-28T12:00:00Z');
    const dropped = Object.values<number>(facts.dropped).reduce((sum, n) => sum + n, 0);
    expect(facts.values + dropped).toBe(facts.fields);
    const zip = writeZip([{ name: 'USM00072558-data.txt', content: bytes }]);
    const zipped = JSON.parse(await inspectFile(space.write('x.zip', zip), true));
    expect({ ...zipped, file: '', content: '' }).toEqual({ ...facts, file: '', content: '' });
    expect(zipped.content).toBe('USM00072558-data.txt');
  });

  it('shows what was passed over before the first message of a file, and the messages that are not read', async () => {
    const one = message([309_007], [temp309007({}, [[85_000, 32, 14_100, 280.1, 275, 180, 5.5]])]);
    const empty = message([309_007], []);
    const late = space.write('late.bufr', Buffer.concat([Buffer.alloc(70_000), one, empty]));
    expect(JSON.parse(await inspectFile(late, true))).toMatchObject({
      format: 'bufr',
      reports: 1,
      noted: { 'bufr.bytes.outside-messages': 70_000, 'bufr.message.no-subsets': 1 },
      skipped: [{ reason: 'bufr.message.no-subsets', byteOffset: 70_000 + one.length }],
    });
  });

  it('knows the station list, a station file, and what is neither', async () => {
    const list = encodeStationList([
      {
        id: 'USM00072558',
        latitude: 41.32,
        longitude: -96.37,
        elevation: 352,
        state: 'NE',
        name: 'OMAHA/VALLEY',
        firstYear: 1997,
        lastYear: 2024,
        soundings: 20_000,
      },
      {
        id: 'ZZV0000ABCD',
        latitude: null,
        longitude: null,
        elevation: null,
        name: 'SHIP',
        firstYear: 1960,
        lastYear: 1970,
        soundings: 10,
      },
    ]);
    const stations = JSON.parse(await inspectFile(space.write('list.txt', list), true));
    expect(stations).toMatchObject({ format: 'igra2 station list', stations: 2 });

    const input = space.write('y.txt', bytes);
    expect((await runHarvest([input], space.path('out'), ['--quiet'])).code).toBe(0);
    const file = space.path('out', 'igra2', '0-20000-0-72558_igra2_harvested.nc');
    const [text, json, wrong, missing] = await Promise.all([
      runCli(['inspect', file]),
      runCli(['inspect', file, '--json']),
      runCli(['inspect', space.write('page.html', '<html>no</html>')]),
      runCli(['inspect', space.path('missing')]),
    ]);
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toMatch(/^format +netCDF-4$/m);
    expect(JSON.parse(json.stdout)).toMatchObject({ file, format: 'netCDF-4' });
    expect(wrong).toMatchObject({ code: 5, stdout: '' });
    expect(wrong.stderr).toMatch(/page\.html is an HTML page.*\[WRONG_FORMAT\]/);
    expect(missing).toMatchObject({ code: 6, stdout: '' });
  });
});
