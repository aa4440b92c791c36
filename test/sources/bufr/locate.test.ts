/** The locator of BUFR, as explanations have it: the bytes and bits that are named, read again in the test. */
import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../../src/explain/explanation.js';
import { createWorkspace } from '../../cli/workspace.js';
import { explainAt, harvestFiles, placesInShort } from '../../explain/harvested.js';
import { allFaults, rawNumbers } from '../../explain/places.js';
import {
  message,
  PLAIN_HEAD,
  PLAIN_VALUES,
  TIME,
  temp309007,
  temp309052,
} from '../../support/bufr-reading.js';

const space = createWorkspace();

describe('elements of BUFR', () => {
  const drifting = [
    [30, 0, 90_000, 1000, 0.01, -0.02, 280, 270, 180, 5.5],
    [60, 0, 85_000, 1500, null, null, 275.25, null, null, null],
  ];

  it('of a descent is found by its own beginning, beside the ascent of the same launch', async () => {
    const levels = (of: readonly (readonly [elapsed: number, pressure: number, kelvin: number])[]) =>
      of.map(([elapsed, pressure, kelvin]) => [elapsed, 0, pressure, 1000, 0, 0, kelvin, 270, 0, 1]);
    const up = levels([
      [0, 100_000, 290],
      [600, 80_000, 280],
    ]);
    const down = levels([
      [3000, 80_000, 281],
      [3600, 100_000, 291],
    ]);
    const bytes = Buffer.concat(
      [up, down].map((rows) => Buffer.from(message([309_052], [temp309052({}, rows)]))),
    );
    const { path } = await harvestFiles(space, 'bufr', { 'both.bufr': bytes });
    const { explanations } = await explainAt(path, { reports: [0, 1], pressure: 80_000, variable: 126 });
    expect(
      explanations.map(({ places, warnings, report }) => [
        places.map(({ differs }) => differs),
        warnings,
        report.elements.find(({ name }) => name === 'vertical_direction')?.meaning,
        report.elements.find(({ name }) => name === 'report_timestamp')?.value,
      ]),
    ).toEqual([
      [[[]], [], 'ascent', '2021-06-07T11:30:15Z'],
      [[[]], [], 'descent', '2021-06-07T12:20:15Z'],
    ]);
  });

  it('are named with bits, coding and the drift of the balloon', async () => {
    const bytes = message([309_052], [temp309052({ position: [47.8341, 10.8667] }, drifting)]);
    const { path } = await harvestFiles(space, 'bufr', { 'drift.bufr': bytes });
    expect(await allFaults(path)).toEqual([]);
    const { explanations } = await explainAt(path, { reports: [0], pressure: 90_000, variable: 126 });
    const [place] = placesInShort(explanations[0] as Explanation);
    expect(place?.conversions).toEqual([
      'observation_value: 28000 as coded (reference 0, scale 2) -> 280 K',
      'z_coordinate: 9000 as coded (reference 0, scale -1) -> 90000 Pa',
      'elapsed_time: 8222 as coded (reference -8192, scale 0) -> 30 s',
      'latitude: 9001000 as coded (reference -9000000, scale 5) -> 0.01 deg -> 47.8441 degrees, from the launch at 47.8341',
      'longitude: 17998000 as coded (reference -18000000, scale 5) -> -0.02 deg -> 10.8467 degrees, from the launch at 10.8667',
    ]);
    expect(explanations[0]?.places[0]?.fields[0]).toMatchObject({
      name: 'airTemperature',
      raw: (28_000).toString(2).padStart(16, '0'),
      coding: { descriptor: '012101', scale: 2, width: 16, increment: null },
    });
    expect(rawNumbers(explanations[0] as Explanation)).toMatchObject({
      observation_value: 280,
      elapsed_time: 30,
    });
  });

  it('are found in a file of one year that is keyed on nominal times', async () => {
    const bytes = message([309_052], [temp309052({}, drifting)]);
    const { path } = await harvestFiles(
      space,
      'bufr',
      { 'year.bufr': bytes },
      { recordTime: 'nominal', splitByYear: true },
    );
    const { explanations } = await explainAt(path, { id: '20210607120000-00-000000' });
    expect(explanations[0]).toMatchObject({ warnings: [], places: [{ unit: { number: 1 } }] });
    expect(explanations[0]?.launch?.elements).toContainEqual({
      name: 'actual_time',
      value: '2021-06-07T11:30:15Z',
      text: '2021-06-07T11:30:15Z',
      meaning: '',
    });
  });

  it('of compressed messages are a lowest value and an increment', async () => {
    const time = (minute: number): number[] => [...TIME.slice(0, 4), minute, 0];
    const subset = (minute: number, temperature: number) =>
      temp309007({ time: time(minute) }, [[85_000, 32, 14_100, temperature, 275, 180, 5.5]]);
    const bytes = message([309_007], [subset(0, 280.1), subset(30, 281.3), subset(30, 281.3)], {
      compressed: true,
    });
    const { path } = await harvestFiles(space, 'bufr', { 'compressed.bufr': bytes });
    expect(await allFaults(path)).toEqual([]);
    const { explanations } = await explainAt(path, { reports: [1], variable: 126 });
    expect(explanations[0]?.places.map(({ unit }) => unit.number)).toEqual([2]);
    const field = explanations[0]?.places[0]?.fields[0];
    expect(field?.coding).toMatchObject({ raw: 2801, increment: { raw: 12, width: 4 } });
    expect(field?.raw).toBe('101011110001 + 1100');
    expect(placesInShort(explanations[0] as Explanation)[0]).toMatchObject({
      conversions: [
        'observation_value: 2813 as coded (lowest 2801 and increment 12, reference 0, scale 1) -> 281.3 K',
        'z_coordinate: 8500 as coded (reference 0, scale -1) -> 85000 Pa',
      ],
    });
  });

  it('say what the message knows of their quality', async () => {
    const elements = 20 + 7;
    const bitmap = [elements, ...Array.from({ length: elements }, (_, i) => (i < 20 ? 1 : 0)), 98, 1];
    const bytes = message(
      [309_007, 222_000, 101_000, 31_002, 31_031, 1031, 1032, 101_000, 31_002, 33_007],
      [
        [
          ...temp309007({}, [[85_000, 32, 14_100, 280.1, 275, 180, 5.5]]),
          ...[...bitmap, 7, 49, 75, 70, 69, 50, 49, 100],
        ],
      ],
    );
    const { path } = await harvestFiles(space, 'bufr', { 'quality.bufr': bytes });
    const { explanations } = await explainAt(path, { reports: [0], variable: 126 });
    expect(explanations.map(placesInShort)).toMatchObject([
      [
        {
          marks: [
            "033007 percentConfidence '49' -> only counted, where it is low",
            "033007 percentConfidence '69' -> quality_flag 2",
          ],
        },
      ],
    ]);
    // The geopotential of the level, as a height.
    const height = (await explainAt(path, { reports: [0], variable: 117 })).explanations;
    expect(placesInShort(height[0] as Explanation)[0]).toMatchObject({
      conversions: [
        'observation_value: 1810 as coded (reference -400, scale -1) -> 14100 m2 s-2 -> 1437.7998 gpm',
        'z_coordinate: 8500 as coded (reference 0, scale -1) -> 85000 Pa',
      ],
    });
  });

  it('of levels by height have the height as coordinate, in the profile cuon as well', async () => {
    const bytes = message(
      [...PLAIN_HEAD, 103_000, 31_001, 10_009, 11_001, 11_002],
      [[...PLAIN_VALUES, 2, 1000, 180, 5, 2000, 190, 6]],
    );
    for (const profile of ['cdm', 'cuon'] as const) {
      const { path } = await harvestFiles(space, 'bufr', { 'pilot.bufr': bytes }, { profile });
      const { explanations } = await explainAt(path, { reports: [0], height: 2000, variable: 107 });
      expect(explanations.map(({ warnings }) => warnings)).toEqual([[]]);
      expect(placesInShort(explanations[0] as Explanation)[0]?.conversions).toEqual([
        'observation_value: 60 as coded (reference 0, scale 1) -> 6 m/s',
        'z_coordinate: 3000 as coded (reference -1000, scale 0) -> 2000 gpm',
      ]);
    }
  });
});
