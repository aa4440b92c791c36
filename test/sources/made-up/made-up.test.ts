/** A source more: a descriptor, a folder and a line are enough for the whole program, the check of its page in the docs included. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { counters, notNamed, reasonsOf } from '../../docs/counters.js';
import { temporaryFolder } from '../../run/station-file.js';
import { describeSource } from '../../support/source-contract.js';
import { addSource, chains, faultsOf, goWholeWay, removeSource } from '../../support/whole-way.js';
import { madeUp } from './index.js';
import { QUANTITIES } from './reasons.js';

addSource(madeUp);
afterAll(() => removeSource(madeUp));

/** A station with reports of two levels each. */
function bytesOf(id: number, reports: number): Buffer {
  const report = (_: unknown, i: number): string =>
    `>${id} 20210618${String(i).padStart(2, '0')}    2\n  92500    800   13${i}\n  85000   1500    ${i}1\n`;
  return Buffer.from(Array.from({ length: reports }, report).join(''));
}

describeSource('madeup', () => ({
  source: madeUp,
  files: [11035, 10393].map((id) => ({ name: `${id}.dat`, content: bytesOf(id, 9) })),
  stations: { '11035': 9, '10393': 9 },
  small: { name: '10868.dat', content: bytesOf(10868, 3) },
}));

/** A line that is none, a value that is none, a level by height. */
const FILE = [
  '>11035 2021061800    3',
  '  92500    800   132',
  '  85000  -9999   bad',
  '  -9999   5500  -210',
  '>11035 2021061812    2',
  ' 100000    200   179',
  'xxxxx',
  '  50000   5600  -180',
  '',
].join('\n');

describe('a source of fixed columns that the program does not know', () => {
  it('is harvested, verified, explained and on the page', async () => {
    const input = join(temporaryFolder(), '11035.dat');
    writeFileSync(input, FILE);
    const { report, findings, explained, page } = await goWholeWay('madeup', input);
    expect(report.stations).toMatchObject([{ station: '11035', state: 'done' }]);
    const [{ tally } = {}] = report.stations;
    expect(tally).toMatchObject({ reports: 2, levels: 5, fields: 10, rows: 7 });
    expect(Object.fromEntries(tally?.dropped ?? [])).toEqual({
      'madeup.geopotential_height.missing': 1,
      'madeup.geopotential_height.used-as-coordinate': 1,
      'madeup.air_temperature.unreadable': 1,
    });
    expect(Object.fromEntries(tally?.noted ?? [])).toEqual({
      'madeup.pressure.missing': 1,
      'madeup.position.missing': 2,
      'madeup.line.unrecognised': 1,
    });
    expect(findings).toEqual([]);
    expect(faultsOf(explained)).toEqual([]);
    expect(chains(explained).toSorted()).toEqual([
      '-180 tenths of degC -> -18 degC -> 255.15 K',
      '-210 tenths of degC -> -21 degC -> 252.15 K',
      '132 tenths of degC -> 13.2 degC -> 286.35 K',
      '179 tenths of degC -> 17.9 degC -> 291.05 K',
      '200 m -> 200 gpm',
      '5600 m -> 5600 gpm',
      '800 m -> 800 gpm',
    ]);
    expect(page).toContain('madeup.air_temperature.unreadable');
    expect(page).toContain('Air temperature: what stands there is no number.');
    expect(page).not.toContain('no words for this reason');
  });

  it('has a page whose list is held against its reasons', async () => {
    const text = readFileSync(new URL('madeup.md', import.meta.url), 'utf8');
    const about = { datasets: ['madeup'], quantities: QUANTITIES };
    const names = counters('madeup', await reasonsOf('madeup'));
    expect(notNamed(text, about, names)).toEqual([]);
    const without = text.replace(/^.*line\.unrecognised.*\n/m, '');
    expect(notNamed(without, about, names)).toEqual(['madeup.line.unrecognised', 'madeup.line.malformed']);
  });
});
