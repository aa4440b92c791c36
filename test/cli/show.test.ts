/** `harvest show`: the words that it prints for launches written down in the tests. */
import { describe, expect, it } from 'vitest';
import { show } from '../../src/cli/show.js';
import { LAUNCHES } from '../reading/launches.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { markedStation, olderStation } from '../support/marked-station.js';
import { smallText } from '../support/odb-tables.js';
import { rewriteStation } from '../support/station-rewrite.js';
import { runCli } from './built.js';
import { createWorkspace } from './workspace.js';

const space = createWorkspace();

async function vienna(): Promise<string> {
  const input = space.write('vienna.txt', encodeIgra2(LAUNCHES));
  const report = await harvestQuietly({ input: [input], output: space.path('output') });
  return report.stations[0]?.files[0] ?? '';
}

const asked = (file: string, more: Partial<Parameters<typeof show>[0]> = {}): Promise<string> =>
  show({ file, csv: false, json: false, ...more });

describe('harvest show FILE', () => {
  it('lists the launches, by period too', async () => {
    const file = await vienna();
    expect(await asked(file)).toBe(
      `Radiosonde and pilot balloon soundings of station 0-20000-0-11035 from Integrated Global Radiosonde Archive, version 2 (IGRA 2)
0-20000-0-11035, igra2: 3 launches from 2019-02-20 11:17 to 2019-02-20 23:10

time                nominal              values  report
2019-02-20 11:17    2019-02-20 12:00         12  igra2-AUM00011035-20190220111700-00
2019-02-20 23:10    2019-02-21 00:00          1  igra2-AUM00011035-20190220231000-00
2019-02-20 23:10    2019-02-21 00:00          2  igra2-AUM00011035-20190220231000-01`,
    );
    expect((await asked(file, { from: '2019-02-20T12:00' })).split('\n').slice(4)).toHaveLength(2);
    expect(JSON.parse(await asked(file, { json: true, to: '2019-02-20T12:00' }))).toMatchObject({
      dataset: 'igra2',
      first: '2019-02-20T11:17:00Z',
      launches: [{ time: '2019-02-20T11:17:00Z', nominal_time: '2019-02-20T12:00:00Z', values: 12 }],
    });
  });
});

describe('harvest show FILE --time', () => {
  it('prints one launch in the units that people read', async () => {
    const file = space.path('silent.nc');
    await rewriteStation(await vienna(), file, {
      values: {
        'observations_table/level_significance': (values) => {
          values.fill(-(2 ** 31) as never);
          return undefined;
        },
      },
    });
    expect(await asked(file, { time: 'first' })).toBe(`0-20000-0-11035, igra2
launch 2019-02-20 11:17 UTC, nominal 2019-02-20 12:00 UTC, 48.25°N 16.36°E
report igra2-AUM00011035-20190220111700-00: 12 values at 5 levels; rows 0 to 11

pressure  height     T     Td   RH   dir   speed
     hPa     gpm    °C     °C    %     °     m/s
   990.0     200  15.3   12.0~  81
   850.0          -2.1   -6.1
   500.0    5570                     270    15.5
   500.0                             280    16.0
            6000                     275    18.0

~ computed from the relative humidity
`);
  });

  it('prints all launches of the day, and finds one by its nominal time', async () => {
    const file = await vienna();
    expect((await asked(file, { time: '2019-02-20' })).match(/^report .*$/gm)).toEqual([
      'report igra2-AUM00011035-20190220111700-00: 12 values at 5 levels; rows 0 to 11',
      'report igra2-AUM00011035-20190220231000-00: 1 value at 1 level; rows 12 to 12',
      'report igra2-AUM00011035-20190220231000-01: 2 values at 2 levels; rows 13 to 14',
    ]);
    expect((await asked(file, { time: '2019-02-21T00:00' })).match(/^report/gm)).toHaveLength(2);
    expect(await asked(file, { time: 'last' })).toBe(await asked(file, { time: '2019-02-20T23:10' }));
  });

  it('marks what the archive doubts, and shows departures', async () => {
    const row = { 'fg_depar@body': 0.75, 'datum_status@body': 1 };
    const input = space.write(
      'era5.txt',
      smallText([
        { ...row, 'varno@body': 2, 'obsvalue@body': 250.5 },
        { ...row, 'varno@body': 29, 'obsvalue@body': 0.405, 'fg_depar@body': -0.05, 'datum_status@body': 4 },
        { ...row, 'varno@body': 3, 'obsvalue@body': 3, 'fg_depar@body': -0.01, 'datum_status@body': 8 },
        { ...row, 'varno@body': 4, 'obsvalue@body': 4, 'fg_depar@body': 2.25, 'datum_status@body': 8 },
      ]),
    );
    const report = await harvestQuietly({ source: 'era5_1', input: [input], output: space.path('era5') });
    const lines = (await asked(report.stations[0]?.files[0] ?? '', { time: 'last' })).split('\n');
    expect(lines.slice(4)).toEqual([
      'pressure      T      Td   RH   dir   speed   T o-b  RH o-b  u o-b  v o-b',
      '     hPa     °C      °C    %     °     m/s       K       %    m/s    m/s',
      '   500.0  -22.6   -32.4!  41!  217x    5.0x   +0.8      -5    0.0   +2.3',
      '',
      '! failed the quality control of the archive',
      'x blacklisted',
      'o-b: observation minus first guess',
      '',
    ]);
  });

  it('writes CSV and JSON with every variable, the numbers as the archive gave them', async () => {
    const file = await vienna();
    const [head = '', ...rows] = (await asked(file, { time: 'first', csv: true })).trimEnd().split('\n');
    const names = head.split(',');
    const table = rows.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])));
    expect(table[0]).toMatchObject({
      date_time: '2019-02-20T11:17:00Z',
      pressure: '99000',
      height: '200',
      air_temperature: '288.45',
      air_temperature_quality_flag: '2',
      relative_humidity: '80.5',
      wind_speed: '',
    });
    expect(table.map((row) => row.wind_speed)).toEqual(['', '', '15.5', '16', '18']);
    const [launch] = JSON.parse(await asked(file, { time: 'first', json: true }));
    expect(launch).toMatchObject({ primary_station_id: '0-20000-0-11035', elevation: null, levels: 5 });
    expect(launch.variables.air_temperature).toEqual({
      observed_variable: 126,
      unit: 'K',
      values: [288.45, 271.05, null, null, null],
      quality_flag: [2, 2, null, null, null],
    });
  });

  it('tells geopotential from geometric heights, and says what levels are', async () => {
    const file = await markedStation(space, 'marked.nc');
    const head = [
      'pressure  height  altitude     T     Td   RH   dir   speed   level',
      '     hPa     gpm         m    °C     °C    %     °     m/s',
    ];
    const lines = (await asked(file, { time: 'first' })).split('\n');
    expect(lines.slice(4)).toEqual([
      ...head,
      '   990.0     200            15.3   12.0~  81                 surface significant-temperature',
      '   850.0                    -2.1   -6.1                      standard',
      '   500.0              5570                     270    15.5   standard',
      '   500.0                                       280    16.0   significant-wind',
      '                      6000                     275    18.0',
      '',
      '~ computed from the relative humidity',
      '',
    ]);
    const converted = (await asked(file, { time: 'first', heights: 'geopotential' })).split('\n');
    expect(converted.slice(4).map((line) => line.slice(0, 27).trimEnd())).toEqual([
      'pressure  height   altitude',
      '     hPa     gpm          m',
      '   990.0     200',
      '   850.0',
      '   500.0    5567*      5570',
      '   500.0',
      '            5996*      6000',
      '',
      '* geopotential height compu',
      '~ computed from the relativ',
      '',
    ]);
  });

  it('shows the levels of some kinds alone', async () => {
    const file = await markedStation(space, 'marked.nc');
    const lines = (await asked(file, { time: 'first', levels: 'mandatory,tropopause' })).split('\n');
    expect(lines[2]).toContain(': 12 values at 5 levels; 2 of the levels shown; rows 0 to 11');
    expect(lines.slice(4)).toEqual([
      'pressure  altitude     T     Td   dir   speed   level',
      '     hPa         m    °C     °C     °     m/s',
      '   850.0            -2.1   -6.1                 standard',
      '   500.0      5570                270    15.5   standard',
      '',
    ]);
    expect(await asked(file, { time: 'first', levels: 'tropopause' })).toContain('\n\n(no such levels)\n');
    const csv = await asked(file, { time: 'first', levels: 'standard', csv: true });
    const [head = '', first = '', ...more] = csv.trimEnd().split('\n');
    expect(head).toMatch(
      /^report_id,date_time,pressure,height,geometric_height,elapsed_time,level_significance,significance,/,
    );
    expect(first).toContain(',85000,,,130,65536,standard,');
    expect(more).toHaveLength(1);
    const [launch] = JSON.parse(await asked(file, { time: 'first', json: true }));
    expect(launch).toMatchObject({
      height: { unit: 'gpm', values: [200, null, null, null, null] },
      geometric_height: { unit: 'm', values: [null, null, 5570, null, 6000] },
      level_significance: {
        values: [139_264, 65_536, 65_536, 2048, 0],
        words: ['surface significant-temperature', 'standard', 'standard', 'significant-wind', ''],
      },
      vertical_direction: null,
    });
  });

  it('says that a file says nothing of its levels, or of its heights', async () => {
    const file = await olderStation(space, 'older.nc');
    await expect(asked(file, { time: 'first', levels: 'standard' })).rejects.toMatchObject({
      code: 'NO_SIGNIFICANCE',
    });
    expect(await asked(file, { time: 'first' })).toContain(
      'height: the file does not say whether the heights without pressure are geopotential or geometric ones',
    );
    await expect(asked(file, { levels: 'standard' })).rejects.toThrow(
      '--levels and --heights are of a launch',
    );
    await expect(asked(file, { time: 'last', levels: 'mandatry' })).rejects.toMatchObject({
      code: 'UNKNOWN_LEVELS',
    });
    const outcome = await runCli([
      'show',
      file,
      '--time',
      'first',
      '--levels',
      'surface',
      '--levels',
      'standard',
    ]);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toMatch(/older\.nc: the source says of no level .*\[NO_SIGNIFICANCE\]\n/);
  });

  it('says that a launch comes down', async () => {
    const file = await markedStation(space, 'descent.nc', {
      values: {
        'header_table/vertical_direction': (values) => {
          values[0] = 1;
          return undefined;
        },
      },
    });
    expect((await asked(file, { time: 'first' })).split('\n')[1]).toContain(
      'launch 2019-02-20 11:17 UTC, descent from 2019-02-20 11:17 UTC, nominal',
    );
    const [launch] = JSON.parse(await asked(file, { time: 'first', json: true }));
    expect(launch.vertical_direction).toBe(1);
  });

  it('says what is wrong with the question', async () => {
    const file = await vienna();
    const error = await asked(file, { time: '2020-01-01' }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'NO_LAUNCH' });
    expect(String(error)).toContain('no launch at 2020-01-01: the last one is at 2019-02-20T23:10:00Z');
    await expect(asked(file, { time: 'noon' })).rejects.toThrow('--time noon is not a date');
    await expect(asked(file, { csv: true })).rejects.toThrow('--csv needs --time');
    await expect(asked(file, { time: 'last', from: '2019' })).rejects.toThrow('--from and --to choose');
    const outcome = await runCli(['show', space.write('text.txt', 'no netCDF file\n'.repeat(9))]);
    expect(outcome).toMatchObject({ code: 5, stdout: '' });
    expect(outcome.stderr).toContain('text.txt: this is no netCDF-4 file');
    const full = await runCli(['show', file], { before: 'exec 1>/dev/full' });
    expect(full.code).toBe(6);
    expect(full.stderr).toMatch(/^harvest: cannot write standard output: no space left .*\[ENOSPC\]\n/);
  });
});
