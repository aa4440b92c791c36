/** A second group of feedback, which no descriptor knows: shown, exported, plotted, explained, verified, on the page, beside the first. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../src/explain/index.js';
import { explanationLines } from '../src/explain/text.js';
import { collectFolder } from '../src/page/collect.js';
import { renderPage } from '../src/page/page.js';
import { departureProfile } from '../src/plot/departure-profile.js';
import { launchDepartures, stationDepartures } from '../src/plot/departure-statistics.js';
import { factsOf } from '../src/plot/heading.js';
import { feedbackGroup } from '../src/reading/feedback-groups.js';
import { openStation } from '../src/reading/open.js';
import { readLaunch } from '../src/reading/read-launch.js';
import type { StationContents } from '../src/reading/station.js';
import { runCli } from './cli/built.js';
import { exported, readParquet } from './export/exports.js';
import { addMadeUpFeedback, MADE_UP, madeUpDeparture } from './support/madeup-feedback.js';
import type { Change } from './support/station-rewrite.js';
import { at, harvestSmall, verifierOf } from './verify/planted.js';

let folder: string;
let era5: string;
let igra2: string;
let sources: string;
let copies = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'second-group-'));
  const files = await harvestSmall(folder);
  sources = files.sources;
  era5 = await withSecond(files.era5);
  igra2 = await withSecond(files.igra2);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy with the second group, under the same name. */
async function withSecond(from: string, more?: Change): Promise<string> {
  const place = join(folder, `copy-${copies++}`);
  mkdirSync(place);
  const to = join(place, basename(from));
  await addMadeUpFeedback(from, to, more);
  return to;
}

async function withStation<T>(path: string, use: (station: StationContents) => Promise<T>): Promise<T> {
  const station = await openStation(path);
  try {
    return await use(station);
  } finally {
    station.close();
  }
}

const numbers = (values: readonly unknown[] | undefined) =>
  (values ?? []).map((value) => (value === null ? Number.NaN : value));

describe('a second group of feedback', () => {
  it('is exported in long form: its columns, and no other feedback', async () => {
    const path = join(folder, 'long.parquet');
    await exported([era5], path, { feedback: MADE_UP });
    const { columns, rows } = await readParquet(path);
    const names = Object.keys(columns);
    expect(names.slice(-3)).toEqual(['fg_depar@offline', 'an_depar@offline', 'n_members@offline']);
    expect(names.filter((name) => name.endsWith('@body'))).toEqual([]);
    expect(numbers(columns['fg_depar@offline'])).toEqual(
      Array.from({ length: rows }, (_, row) => madeUpDeparture(row, 'first guess')),
    );
  });

  it('is exported in core form, where the first one is the default', async () => {
    const path = join(folder, 'core.parquet');
    await exported([era5], path, { form: 'core', feedback: MADE_UP });
    const { columns, rows } = await readParquet(path);
    expect(Object.keys(columns).slice(-2)).toEqual(['fg_depar@offline', 'an_depar@offline']);
    expect(numbers(columns['an_depar@offline'])).toEqual(
      Array.from({ length: rows }, (_, row) => madeUpDeparture(row, 'analysis')),
    );
    await exported([era5], path, { form: 'core', feedback: true });
    expect(Object.keys((await readParquet(path)).columns).slice(-2)).toEqual([
      'fg_depar@body',
      'an_depar@body',
    ]);
  });

  it('is exported in core form under a name of its own where the standard has a column of that name', async () => {
    const to = join(folder, `copy-${copies++}.nc`);
    const rows = await withStation(era5, async (station) => station.table('observations_table').rows);
    const columns = {
      observation_value: {
        values: Float32Array.from({ length: rows }, (_, row) => row % 5),
        attributes: { departure_from: 'first guess' },
      },
    };
    const otherfb = { ...byRow(rows, { departure_columns: 'observation_value' }), columns };
    await addMadeUpFeedback(era5source(), to, { filled: { otherfb } });
    const path = join(folder, 'clash.parquet');
    await exported([to], path, { form: 'core', feedback: 'otherfb' });
    const { columns: core } = await readParquet(path);
    expect(numbers(core['otherfb/observation_value'])).toEqual(
      Array.from({ length: rows }, (_, row) => row % 5),
    );
    expect(numbers(core.observation_value)).not.toEqual(numbers(core['otherfb/observation_value']));
  });

  it('is exported in wide form', async () => {
    const path = join(folder, 'wide.parquet');
    await exported([era5], path, { form: 'wide', feedback: MADE_UP, variables: ['126'] });
    const { columns } = await readParquet(path);
    const found = await withStation(era5, async (station) => {
      const group = feedbackGroup(station, MADE_UP);
      const launches = [];
      for (let report = 0; report < station.table('header_table').rows; report++)
        launches.push(await readLaunch(station, report, group));
      return launches.flatMap(({ variables }) => {
        const temperature = variables.get(126);
        return [...(temperature?.row ?? [])].flatMap((row, level) =>
          row < 0 ? [] : [Math.fround(temperature?.firstGuessDeparture?.[level] ?? 0)],
        );
      });
    });
    expect(numbers(columns.air_temperature_fg_depar)).toEqual(found);
    expect(found.filter(Number.isFinite).length).toBeGreaterThan(10);
  });

  it('is exported of the files that have it, and told where none has', async () => {
    const { igra2: plain } = { igra2: join(folder, 'output', 'igra2', basename(igra2)) };
    const path = join(folder, 'both.parquet');
    await exported([plain, era5], path, { form: 'core', feedback: MADE_UP });
    const { columns } = await readParquet(path);
    const known = numbers(columns['fg_depar@offline']).map((value) => Number.isFinite(value));
    expect(columns.dataset?.filter((_, row) => known[row]).every((name) => name === 'era5_1')).toBe(true);
    expect(known).toContain(true);
    await expect(exported([era5, plain], path, { feedback: 'otherfb' })).rejects.toMatchObject({
      code: 'NO_FEEDBACK',
      hint: 'There is era5fb, madeupfb.',
    });
  });

  it('is plotted, of a station and of a launch, and the chart says what it is of', async () => {
    await withStation(era5, async (station) => {
      const group = feedbackGroup(station, MADE_UP);
      const of = await stationDepartures(station, 'first-guess', true, group);
      const first = await stationDepartures(station, 'first-guess', true);
      expect(of).toMatchObject({ group: MADE_UP, of: 'Made-up forecast, 00 and 12 UTC' });
      expect(first).toMatchObject({ group: 'era5fb', of: 'ERA5, main stream' });
      expect(of.profiles).not.toEqual(first.profiles);
      const launch = await readLaunch(station, 0, group);
      const ofLaunch = launchDepartures(station, launch, 'analysis', true, group);
      const means = ofLaunch.profiles.flatMap(({ levels }) => levels.map(({ mean }) => mean));
      expect(means.length).toBeGreaterThan(10);
      expect(means.every((mean) => Math.abs(mean) <= 1)).toBe(true);
      const options = { width: 1000, isLaunch: false, what: '2015' };
      const svg = departureProfile(of, await factsOf(station), options);
      expect(svg).toContain('feedback of Made-up forecast, 00 and 12 UTC');
    });
  });

  it('is explained beside the bytes of the source, which the first one helps to find', async () => {
    await withStation(era5, async (station) => {
      const [id = ''] = await station.table('observations_table').column('observation_id').texts(4, 5);
      const options = { sources: join(sources, 'era5_1') };
      const explained = await explain(station, { id }, { ...options, feedback: MADE_UP });
      const [one] = explained.explanations;
      expect(one?.places.map(({ differs }) => differs)).toEqual([[]]);
      expect(one?.feedback).toMatchObject([{ table: MADE_UP, row: 4, of: 'Made-up forecast' }]);
      expect(one?.feedback[0]?.elements).toContainEqual({
        name: 'fg_depar@offline',
        value: madeUpDeparture(4, 'first guess'),
        text: '0.9',
        meaning: 'observation minus first guess',
      });
      const lines = explanationLines(explained);
      expect(lines).toContain('row 4 of madeupfb: feedback of Made-up forecast, 00 and 12 UTC');
      expect(lines.at(-1)).toBe('  other feedback of the row: era5fb (--feedback)');
      const [usual] = (await explain(station, { id }, options)).explanations;
      expect(usual?.feedback.map(({ table }) => table)).toEqual(['era5fb']);
      await expect(explain(station, { id }, { feedback: 'otherfb' })).rejects.toMatchObject({
        code: 'NO_FEEDBACK',
      });
    });
  });

  it('is verified: no finding where it says what it is, in files with other feedback and without', async () => {
    const verify = verifierOf({ workdir: folder, feedback: MADE_UP });
    const ofCopy = ({ kind }: { kind: string }): boolean => kind !== 'ledger';
    expect((await verify(era5)).findings.filter(ofCopy)).toEqual([]);
    expect((await verify(igra2)).findings.filter(ofCopy)).toEqual([]);
    const plain = await verify(join(folder, 'output', 'igra2', basename(igra2)));
    expect(plain.findings).toEqual([expect.objectContaining({ kind: 'table', table: MADE_UP })]);
  });

  it('is no part of what reading the source again gives', async () => {
    const input = join(sources, 'igra2', 'XXM00011035-data.txt');
    const { findings } = await verifierOf({ workdir: folder, against: [input] })(igra2);
    expect(findings.filter(({ kind }) => kind === 'against')).toEqual([]);
  });

  it.each([
    ['a departure without its flag', { values: { 'observations_table/advanced_feedback': at(4, 0) } }],
  ] as [string, Change][])('is verified: %s is found', async (_, change) => {
    const copy = await withSecond(join(folder, 'output', 'igra2', basename(igra2)), change);
    const { findings } = await verifierOf({ workdir: folder })(copy);
    expect(findings).toContainEqual(
      expect.objectContaining({ kind: 'feedback', variable: 'advanced_feedback' }),
    );
  });

  it('that is described wrongly, or not at all, is a finding', async () => {
    const { findings: wrong } = await verifierOf({ workdir: folder })(
      await withSecond(era5source(), { filled: { otherfb: group({ departure_columns: 'fg_depar' }) } }),
    );
    expect(wrong).toContainEqual(
      expect.objectContaining({ kind: 'column', table: 'otherfb', variable: 'fg_depar' }),
    );
    const { findings: silent } = await verifierOf({ workdir: folder })(
      await withSecond(era5source(), { filled: { otherfb: group({ feedback_of: null }) } }),
    );
    expect(silent).toContainEqual(expect.objectContaining({ kind: 'table', table: 'otherfb' }));
    const { findings: short } = await verifierOf({ workdir: folder })(
      await withSecond(era5source(), { filled: { otherfb: group({}) } }),
    );
    expect(short).toContainEqual(expect.objectContaining({ kind: 'layout', table: 'otherfb' }));
  });

  it('that counts departures otherwise, or in an unknown unit, has none: they would be shown with a wrong sign or size', async () => {
    const departures = async (attributes: Record<string, string>): Promise<number | undefined> => {
      const to = join(folder, `copy-${copies++}.nc`);
      await addMadeUpFeedback(era5source(), to, { filled: { otherfb: byRow(era5Rows, attributes) } });
      return withStation(to, async (station) => feedbackGroup(station, 'otherfb')?.departures.length);
    };
    const era5Rows = await withStation(era5, async (station) => station.table('observations_table').rows);
    expect(await departures({})).toBe(1);
    expect(await departures({ departures: 'model minus observation' })).toBe(0);
    expect(await departures({ departure_units: 'kelvin' })).toBe(0);
  });

  it('with departures from the analysis alone is no dead end: the hint says how to draw them', async () => {
    const to = join(folder, `copy-${copies++}.nc`);
    const rows = await withStation(era5, async (station) => station.table('observations_table').rows);
    const omb = {
      values: Float32Array.from({ length: rows }, (_, row) => row % 3),
      attributes: { departure_from: 'analysis' },
    };
    const otherfb = { ...byRow(rows, {}), columns: { omb } };
    await addMadeUpFeedback(era5source(), to, { filled: { otherfb } });
    await withStation(to, async (station) => {
      const chosen = feedbackGroup(station, 'otherfb');
      expect(chosen?.departures).toMatchObject([{ name: 'omb', from: 'analysis', hasValues: true }]);
      const drawn = stationDepartures(station, 'first-guess', true, chosen);
      await expect(drawn).rejects.toMatchObject({
        code: 'NO_DEPARTURES',
        hint: 'There are those from the analysis: --background analysis.',
      });
    });
  });

  it.each([0, 1])(
    'whose departures are %i throughout has departures, though they take no bytes',
    async (value) => {
      const to = join(folder, `copy-${copies++}.nc`);
      const rows = await withStation(era5, async (station) => station.table('observations_table').rows);
      const omb = {
        values: new Float32Array(rows).fill(value),
        attributes: { departure_from: 'first guess' },
      };
      await addMadeUpFeedback(era5source(), to, {
        filled: { otherfb: { ...byRow(rows, {}), columns: { omb } } },
      });
      await withStation(to, async (station) => {
        const chosen = feedbackGroup(station, 'otherfb');
        expect(chosen?.departures).toMatchObject([{ name: 'omb', hasValues: true }]);
        const { profiles } = await stationDepartures(station, 'first-guess', true, chosen);
        const means = profiles.flatMap(({ levels }) => levels.map(({ mean }) => mean));
        expect(means.length).toBeGreaterThan(0);
        for (const mean of means) expect(mean).toBeCloseTo(value);
      });
    },
  );

  it('that has not one row for each observation is said to be so', async () => {
    const copy = await withSecond(era5source(), { filled: { otherfb: group({}) } });
    await withStation(copy, async (station) => {
      expect(() => feedbackGroup(station, 'otherfb')).toThrow(
        /"otherfb" has not one row for each observation/,
      );
    });
  });

  it('is on the page, with the first one, or alone where it is asked for', async () => {
    const place = join(folder, 'page');
    mkdirSync(place);
    await addMadeUpFeedback(era5source(), join(place, basename(era5)));
    const all = await collectFolder(place, { made: '2026-01-01T00:00:00Z' });
    const both = ['first guess', 'analysis'];
    const own = { dataset: 'era5_1', files: 1, departures: both };
    expect(all.feedback).toEqual([
      { ...own, group: 'era5fb', of: 'ERA5', run: 'main stream' },
      { ...own, group: MADE_UP, of: 'Made-up forecast', run: '00 and 12 UTC' },
    ]);
    const html = await renderPage(all);
    expect(html).toContain('<a href="#feedback">Feedback</a>');
    expect(html).toContain('<td>Made-up forecast</td><td>00 and 12 UTC</td>');
    const one = await collectFolder(place, { made: '2026-01-01T00:00:00Z', feedback: MADE_UP });
    expect(one.feedback.map(({ group: name }) => name)).toEqual([MADE_UP]);
    await expect(collectFolder(place, { made: '', feedback: 'otherfb' })).rejects.toMatchObject({
      code: 'NO_FEEDBACK',
    });
  });
});

describe('--feedback GROUP', () => {
  const chosen = ['--feedback', MADE_UP];

  it('shows the departures of a group, and says of what they are', async () => {
    const time = ['--time', 'first'];
    const table = await runCli(['show', era5, ...time, ...chosen]);
    expect(table).toMatchObject({ code: 0, stderr: '' });
    expect(table.stdout).toContain('o-b: observation minus first guess of Made-up forecast, 00 and 12 UTC');
    const usual = await runCli(['show', era5, ...time]);
    expect(usual.stdout).toContain('o-b: observation minus first guess of ERA5, main stream');
    // Where there is one group alone, as before.
    expect((await runCli(['show', era5source(), ...time])).stdout).toMatch(
      /o-b: observation minus first guess\n/,
    );
    const { stdout } = await runCli(['show', era5, ...time, ...chosen, '--json']);
    expect(JSON.parse(stdout)).toMatchObject([
      { feedback: { group: MADE_UP, of: 'Made-up forecast', run: '00 and 12 UTC' } },
    ]);
  });

  it('is an error where the file has no such group, or without a launch', async () => {
    expect(await runCli(['show', era5, '--time', 'first', '--feedback', 'otherfb'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is era5fb, madeupfb.'),
    });
    expect(await runCli(['show', era5, ...chosen])).toMatchObject({ code: 2 });
    expect(await runCli(['plot', era5, ...chosen, '--output', 'x.svg'])).toMatchObject({ code: 2 });
    expect(await runCli(['report', folder, ...chosen])).toMatchObject({ code: 2 });
  });

  it('plots, explains, verifies and lists the group', async () => {
    const svg = join(folder, 'departures.svg');
    const plot = ['plot', era5, '--kind', 'departures', '--with-failed', '--output', svg, '--json'];
    const plotted = await runCli([...plot, ...chosen]);
    expect(JSON.parse(plotted.stdout)).toMatchObject({ kind: 'departures', feedback: MADE_UP });
    expect(readFileSync(svg, 'utf8')).toContain('feedback of Made-up forecast, 00 and 12 UTC');
    const level = ['--time', 'first', '--variable', 'temperature', '--json'];
    const explained = await runCli(['explain', era5, ...level, '--sources', sources, ...chosen]);
    expect(JSON.parse(explained.stdout).explanations[0].feedback).toMatchObject([{ table: MADE_UP }]);
    const verified = await runCli(['verify', era5source(), '--json', ...chosen]);
    expect(verified.code).toBe(8);
    expect(JSON.parse(verified.stdout).files[0].findings).toMatchObject([{ kind: 'table', table: MADE_UP }]);
    const listed = await runCli(['report', join(era5, '..'), '--html', '--json', ...chosen]);
    expect(JSON.parse(listed.stdout).feedback).toMatchObject([{ group: MADE_UP, files: 1 }]);
  });

  it('of export may lack the group: before another option, before a file, and last', async () => {
    const head = async (...words: string[]): Promise<string> => {
      const { code, stdout, stderr } = await runCli(['export', ...words]);
      expect([code, stderr]).toEqual([0, '']);
      return stdout.slice(0, stdout.indexOf('\n'));
    };
    const to = ['--form', 'core', '--output', '-', '--units', 'none'];
    for (const words of [
      [era5, '--feedback', ...to],
      [...to, '--feedback', era5],
      [...to, era5, '--feedback'],
    ])
      expect(await head(...words)).toMatch(/,fg_depar@body,an_depar@body$/);
    for (const words of [
      [era5, ...chosen, ...to],
      [...to, ...chosen, era5],
      [...to, era5, `--feedback=${MADE_UP}`],
    ])
      expect(await head(...words)).toMatch(/,fg_depar@offline,an_depar@offline$/);
    expect(await head(era5, ...to)).toMatch(/,vertical_direction$/);
  });
});

function era5source(): string {
  return join(folder, 'output', 'era5_1', basename(era5));
}

/** A group of three rows; attributes that are null are left out. */
function group(attributes: Readonly<Record<string, string | null>>) {
  const all = {
    feedback_of: 'Other',
    departures: 'observation minus model',
    departure_units: 'observation',
    ...attributes,
  };
  return {
    dimension: 'observation',
    attributes: Object.fromEntries(
      Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== null),
    ),
    columns: { level: { values: Int32Array.of(1, 2, 3), attributes: {} } },
  };
}

/** A group with a row for each observation, and the column `omb`, which is named twice. */
function byRow(rows: number, attributes: Readonly<Record<string, string>>) {
  return {
    ...group({ departure_columns: 'omb omb', ...attributes }),
    columns: { omb: { values: new Float32Array(rows), attributes: { departure_from: 'first guess' } } },
  };
}
