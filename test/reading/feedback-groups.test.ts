/** Groups of feedback as a file describes them: which there are, which is taken, what their numbers are in. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  departureColumn,
  type FeedbackGroup,
  feedbackGroup,
  feedbackGroups,
  findFeedback,
} from '../../src/reading/feedback-groups.js';
import { openStation } from '../../src/reading/open.js';
import { readLaunch } from '../../src/reading/read-launch.js';
import type { StationContents } from '../../src/reading/station.js';
import { feedbackTitle } from '../../src/records/feedback-attributes.js';
import { addMadeUpFeedback, MADE_UP, madeUpDeparture } from '../support/madeup-feedback.js';
import { type Change, rewriteStation } from '../support/station-rewrite.js';
import { harvestSmall } from '../verify/planted.js';

let folder: string;
let files: { igra2: string; era5: string };
let copies = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'feedback-groups-'));
  files = await harvestSmall(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function withCopy<T>(
  make: (to: string) => Promise<void>,
  use: (station: StationContents) => T | Promise<T>,
): Promise<T> {
  const to = join(folder, `copy-${copies++}.nc`);
  await make(to);
  const station = await openStation(to);
  try {
    return await use(station);
  } finally {
    station.close();
  }
}

const changed = (change: Change) => (to: string) => rewriteStation(files.era5, to, change);
const withMadeUp = (from: string, more?: Change) => (to: string) => addMadeUpFeedback(from, to, more);

function inShort({ name, of, run, saysWhatItIs, departures }: FeedbackGroup): unknown {
  return [name, of, run, saysWhatItIs, departures.map((column) => [column.name, column.from])];
}

/** The attributes of the group and its columns, as if an earlier version had written them. */
const SILENT: Change['attributes'] = {
  era5fb: {
    feedback_of: null,
    feedback_run: null,
    departures: null,
    departure_units: null,
    departure_columns: null,
  },
  ...Object.fromEntries(
    ['fg_depar@body', 'an_depar@body'].map((name) => [
      `era5fb/${name}`,
      { departure_from: null, cdm_scale_variables: null, cdm_scale_factors: null },
    ]),
  ),
};

describe('groups of feedback', () => {
  it('say what they are', async () => {
    const station = await openStation(files.era5);
    const [group] = feedbackGroups(station.contents);
    expect(feedbackGroups(station.contents)).toHaveLength(1);
    expect(group && inShort(group)).toEqual([
      'era5fb',
      'ERA5',
      'main stream',
      true,
      [
        ['an_depar@body', 'analysis'],
        ['fg_depar@body', 'first guess'],
      ],
    ]);
    expect(group && feedbackTitle(group)).toBe('ERA5, main stream');
    expect(group).toMatchObject({ isByRow: true, faults: [] });
    const column = departureColumn(group, 'analysis');
    expect([38, 117, 126, 138].map((code) => column?.scale(code))).toEqual([100, 1 / 9.80665, 1, 100]);
    const { attributes } = station.contents.root.groups.get('era5fb')!.variables.get('obsvalue@body')!;
    expect(attributes.get('units_from')).toBe('varno@body');
    station.close();
  });

  it('are not in files without', async () => {
    const station = await openStation(files.igra2);
    expect(feedbackGroups(station.contents)).toEqual([]);
    expect(feedbackGroup(station)).toBeUndefined();
    expect(() => feedbackGroup(station, 'era5fb')).toThrow(
      expect.objectContaining({ code: 'NO_FEEDBACK', hint: expect.stringContaining('harvest sources') }),
    );
    station.close();
  });

  it('of earlier versions are known by their columns, and have the same numbers', async () => {
    const station = await openStation(files.era5);
    const launch = await readLaunch(station, 0);
    station.close();
    await withCopy(changed({ attributes: SILENT }), async (old) => {
      const [group] = feedbackGroups(old.contents);
      expect(group && inShort(group)).toEqual([
        'era5fb',
        '',
        '',
        false,
        [
          ['fg_depar@body', 'first guess'],
          ['an_depar@body', 'analysis'],
        ],
      ]);
      expect(await readLaunch(old, 0)).toEqual(launch);
    });
  });

  it('are as many as there are; the first one with departures is taken, or the one that is named', async () => {
    await withCopy(withMadeUp(files.era5), (station) => {
      expect(feedbackGroups(station.contents).map(({ name }) => name)).toEqual(['era5fb', MADE_UP]);
      expect(feedbackGroup(station)?.name).toBe('era5fb');
      expect(feedbackGroup(station, MADE_UP)?.of).toBe('Made-up forecast');
      expect(findFeedback(station, 'otherfb')).toBeUndefined();
      expect(() => feedbackGroup(station, 'otherfb')).toThrow(
        expect.objectContaining({ code: 'NO_FEEDBACK', hint: 'There is era5fb, madeupfb.' }),
      );
    });
    const none = (values: { fill(value: number): unknown }) => void values.fill(Number.NaN);
    const empty: Change = {
      without: ['era5fb/an_depar@body'],
      values: { 'era5fb/fg_depar@body': (values) => none(values as Float32Array) as undefined },
    };
    await withCopy(withMadeUp(files.era5, empty), (station) => {
      expect(feedbackGroup(station)?.name).toBe(MADE_UP);
    });
  });

  it('whose departures are in the unit of the value give those of the CDM, in either profile', async () => {
    for (const profile of ['cdm', 'cuon'] as const) {
      const more: Change = profile === 'cuon' ? { attributes: { '': { profile } } } : {};
      await withCopy(withMadeUp(files.igra2, more), async (station) => {
        const launch = await readLaunch(station, 0);
        let found = 0;
        for (const { code, row, firstGuessDeparture, analysisDeparture } of launch.variables.values())
          for (const [level, at] of row.entries()) {
            if (at < 0) continue;
            found++;
            const scale = profile === 'cdm' ? 1 : ({ 117: 1 / 9.80665, 138: 100 }[code] ?? 1);
            expect(firstGuessDeparture?.[level]).toBe(madeUpDeparture(at, 'first guess') * scale);
            expect(analysisDeparture?.[level]).toBe(madeUpDeparture(at, 'analysis') * scale);
          }
        expect(found).toBe(launch.header.rowCount);
      });
    }
  });

  it.each([
    ['fg_depar@body', 'missing', { without: ['era5fb/fg_depar@body'] }],
    [
      'fg_depar@body',
      'of type int',
      { values: { 'era5fb/fg_depar@body': (values) => new Int32Array(values.length) } },
    ],
    [
      'fg_depar@body',
      'neither first guess nor analysis',
      { attributes: { 'era5fb/fg_depar@body': { departure_from: 'climate' } } },
    ],
    [
      'an_depar@body',
      'do not fit together',
      { attributes: { 'era5fb/an_depar@body': { cdm_scale_factors: Float64Array.of(1) } } },
    ],
    ['an_depar@body', 'does not name', { attributes: { era5fb: { departure_columns: 'fg_depar@body' } } }],
    [
      'obsvalue@body',
      'not there',
      { attributes: { 'era5fb/obsvalue@body': { units_from: 'observations_table/unit' } } },
    ],
    ['', 'departure_units', { attributes: { era5fb: { departure_units: 'metric' } } }],
    ['', 'observation minus model', { attributes: { era5fb: { departures: 'model minus observation' } } }],
  ] as [string, string, Change][])('tell what does not hold: %s is %s', async (column, text, change) => {
    await withCopy(changed(change), (station) => {
      const faults = feedbackGroups(station.contents).flatMap((group) => group.faults);
      expect(faults).toEqual([{ column, text: expect.stringContaining(text) }]);
    });
  });
});
