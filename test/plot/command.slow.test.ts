/** `harvest plot` as it is called: what it writes, and how it fails. */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type PlotWords, plotCommand } from '../../src/cli/plot.js';
import { runCli } from '../cli/built.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { textFaults } from './text-boxes.js';

let demo = '';
let folder = '';
beforeAll(async () => {
  demo = join(await demoOutputs(), 'output');
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plot-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
// What the command says of a chart that it has written.
const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
beforeEach(() => {
  stderr.mockClear();
  stdout.mockClear();
});
afterAll(() => {
  vi.restoreAllMocks();
});

const said = (): string => stderr.mock.calls.map(([text]) => String(text)).join('');

function file(dataset: string, station: string): string {
  return join(demo, dataset, `${station}_${dataset}_harvested.nc`);
}

function plot(path: string, words: Partial<PlotWords> = {}): Promise<number> {
  return plotCommand({
    path,
    output: join(folder, 'chart.svg'),
    width: 800,
    background: 'first-guess',
    withFailed: false,
    json: false,
    ...words,
  });
}

const chart = (): string => readFileSync(join(folder, 'chart.svg'), 'utf8');

describe('harvest plot', () => {
  it.each<[string, () => string, Partial<PlotWords>, string]>([
    ['a skew-T', () => file('igra2', '0-20000-0-99001'), {}, 'Skew-T log-p diagram: MODERN LAND STATION'],
    ['a wind profile', () => file('igra2', '0-20000-0-99003'), {}, 'Wind profile: PILOT BALLOONS ONLY'],
    ['winds by height', () => file('igra2', '0-20000-0-99004'), {}, 'Wind profile: WINDS BY HEIGHT'],
    ['a ship', () => file('bufr', 'DEMO1'), {}, 'DEMO1'],
    ['availability', () => file('ncar', '0-20000-0-99001'), { kind: 'availability' }, 'Availability:'],
    [
      'departures',
      () => file('era5_1', '0-20000-0-99001'),
      { kind: 'departures' },
      'departures from the first guess',
    ],
    [
      'departures of a launch',
      () => file('era5_1', '0-20000-0-99001'),
      { kind: 'departures', time: 'first' },
      '2020-01-02 23:04 UTC',
    ],
    ['a map', () => demo, {}, 'Map: 10 stations'],
    ['a map of one file', () => file('igra2', '0-20000-0-99001'), { kind: 'map' }, 'Map: 1 station'],
    ['a timeline', () => demo, { kind: 'timeline' }, 'Launches of 10 stations'],
  ])('draws %s, with clear texts', async (_, path, words, title) => {
    expect(await plot(path(), words)).toBe(0);
    expect(readdirSync(folder)).toEqual(['chart.svg']);
    const svg = chart();
    expect(svg).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg /);
    expect(svg.includes(title), title).toBe(true);
    expect(new Resvg(svg, { font: { loadSystemFonts: false } }).width).toBe(800);
    expect(textFaults(svg.replace(/^.*\n/, ''))).toEqual([]);
    expect(said()).toContain('wrote ');
  });

  it('writes a PNG of the size that is asked for, with text in it', async () => {
    const output = join(folder, 'chart.PNG');
    expect(await plot(file('igra2', '0-20000-0-99001'), { output, width: 640, height: 500 })).toBe(0);
    const png = readFileSync(output);
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([640, 500]);
    expect(png.length).toBeGreaterThan(20_000);
  });

  it('gives the same bytes each time', async () => {
    await plot(demo);
    const first = chart();
    await plot(demo);
    expect(chart()).toBe(first);
  });

  it('shows the launch of a time, and says what it shows', async () => {
    await plot(file('igra2', '0-20000-0-99001'), { time: 'first', json: true });
    const facts = JSON.parse(String(stdout.mock.calls[0]?.[0]));
    expect(facts).toMatchObject({ kind: 'skewt', diagram: 'skew-T log-p', station: '0-20000-0-99001' });
    expect(facts.surface_parcel.lcl_pa).toBeLessThan(facts.surface_parcel.start_pa);
    expect(chart()).toContain(facts.time.slice(0, 16).replace('T', ' '));
  });

  it('gives departures as numbers, in the units of the CDM', async () => {
    await plot(file('era5_1', '0-20000-0-99001'), { kind: 'departures', json: true });
    const { variables, background } = JSON.parse(String(stdout.mock.calls[0]?.[0]));
    expect(background).toBe('first-guess');
    const temperature = variables.find((each: { variable: string }) => each.variable === 'air_temperature');
    expect(temperature.levels[0]).toMatchObject({ pressure_pa: 100_000, count: expect.any(Number) });
    expect(Math.abs(temperature.levels[3].mean)).toBeLessThan(3);
    expect(temperature.levels[3].standard_deviation).toBeGreaterThan(0);
  });

  it.each<[string, () => string, Partial<PlotWords>, string]>([
    ['a folder for a skew-T', () => demo, { kind: 'skewt' }, '--kind skewt is of one station'],
    ['another ending', () => demo, { output: 'chart.pdf' }, 'ends neither in .svg nor in .png'],
    ['too small', () => demo, { width: 599 }, '--width 599'],
    ['half a pixel', () => demo, { width: 800.5 }, '--width 800.5'],
    ['too high', () => demo, { height: 1e6 }, '--height 1000000'],
    ['a pressure in Pa', () => demo, { top: 10_000 }, '--top 10000'],
    ['a time for a map', () => demo, { time: 'last' }, '--time goes with --kind skewt or departures'],
    ['JSON beside the chart', () => demo, { json: true, output: '-' }, 'needs a file'],
    ['a day that is none', () => file('igra2', '0-20000-0-99001'), { time: '2020-02-30' }, 'is not a date'],
  ])('refuses %s', async (_, path, words, message) => {
    await expect(plot(path(), words)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining(message),
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says so where there is no launch, no feedback, or no station file', async () => {
    const path = file('igra2', '0-20000-0-99001');
    await expect(plot(path, { time: '1950' })).rejects.toMatchObject({ code: 'NO_LAUNCH' });
    await expect(plot(path, { kind: 'departures' })).rejects.toMatchObject({ code: 'NO_DEPARTURES' });
    await expect(plot(folder)).rejects.toMatchObject({ code: 'NO_STATIONS' });
    await expect(plot(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses files that are empty, cut short or no station files', async () => {
    const whole = readFileSync(file('igra2', '0-20000-0-99001'));
    const contents = [Buffer.alloc(0), Buffer.from('no netCDF'), whole.subarray(0, whole.length / 2)];
    for (const [i, bytes] of contents.entries()) {
      const path = join(folder, `${i}.nc`);
      writeFileSync(path, bytes);
      await expect(plot(path), `${i}`).rejects.toMatchObject({ name: 'InputError' });
      rmSync(path);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves nothing half-written, and what was there as it was', async () => {
    mkdirSync(join(folder, 'chart.svg'));
    await expect(plot(demo)).rejects.toMatchObject({ name: 'StorageError' });
    expect(readdirSync(folder)).toEqual(['chart.svg']);
    await expect(plot(demo, { output: join(folder, 'no', 'chart.svg') })).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  it('draws the stations of a folder without those files that are damaged, and ends with exit code 3', async () => {
    const stations = join(folder, 'stations', 'below');
    mkdirSync(stations, { recursive: true });
    copyFileSync(file('igra2', '0-20000-0-99001'), join(stations, 'a.nc'));
    writeFileSync(join(stations, 'b.nc'), 'damaged');
    writeFileSync(join(stations, 'notes.txt'), 'no station');
    expect(await plot(join(folder, 'stations'))).toBe(3);
    expect(chart()).toContain('Map: 1 station');
    expect(said()).toContain('b.nc');
  });
});

describe('the command line', () => {
  it('prints SVG where no file is named, and refuses what it does not know', async () => {
    const path = file('igra2', '0-20000-0-99001');
    const printed = await runCli(['plot', path, '--width', '700']);
    expect(printed).toMatchObject({ code: 0, stderr: '' });
    expect(printed.stdout).toMatch(/^<svg [^>]*viewBox="0 0 700 [\s\S]*<\/svg>\n$/);
    expect(await runCli(['plot', path, '--kind', 'pie'])).toMatchObject({ code: 2, stdout: '' });
  });
});
