import { describe, expect, it } from 'vitest';
import { onePerTime } from '../../src/records/one-per-time.js';
import { withoutRepeats } from '../../src/records/repeats.js';
import { compareSoundings, type Sounding, soundingsOf } from '../../src/records/sounding.js';
import { createTally } from '../../src/records/tally.js';
import { batchOf, contentOf, gather, type ReportOfRowsFields } from './soundings.js';

/** The reports in order, `perGroup` at a time. */
async function* groupsOf(
  reports: readonly ReportOfRowsFields[],
  perGroup: number,
): AsyncGenerator<Sounding[]> {
  const ordered = soundingsOf(batchOf(reports), 'launch').sort(compareSoundings);
  for (let i = 0; i < ordered.length; i += perGroup) yield ordered.slice(i, i + perGroup);
}

const short = { launch: 0, byteOffset: 10, latitude: 1, rows: [{ z: 850 }] };
const full = { launch: 0, byteOffset: 20, latitude: 2, rows: [{ z: 900 }, { z: 700 }] };
const later = { launch: 3600, byteOffset: 30, rows: [{ z: 500 }] };

describe('reports of one time', () => {
  it.each([1, 2, 9])('go under the header of the fullest, in groups of %i', async (perGroup) => {
    const tally = createTally();
    const result = await gather(onePerTime(groupsOf([short, full, later], perGroup), [], 'demo', tally));
    expect(result.map(contentOf)).toMatchObject([
      {
        time: 0,
        position: [2, 20],
        place: [0, 20],
        rows: [
          [126, 1.5, 900, 1, Number.NaN, 2],
          [126, 1.5, 700, 1, Number.NaN, 2],
          [126, 1.5, 850, 1, Number.NaN, 2],
        ],
      },
      { time: 3600, place: [0, 30] },
    ]);
    expect(result.map(({ otherReports }) => otherReports)).toEqual([1, undefined]);
    expect(result[0]?.alsoIn).toEqual([{ inputFile: 0, byteOffset: 10 }]);
    expect(Object.fromEntries(tally.noted)).toEqual({ 'demo.report.under-one-header': 1 });
  });
});

describe('soundings that are there twice', () => {
  const repeats = async (reports: readonly ReportOfRowsFields[]) => {
    const tally = createTally();
    const kept = await gather(withoutRepeats(groupsOf(reports, 9), 'demo', tally));
    return {
      kept: kept.length,
      noted: Object.fromEntries(tally.noted),
      dropped: Object.fromEntries(tally.dropped),
    };
  };

  it('stay once, whatever stands between them, in one file or in two', async () => {
    const again = { ...full, byteOffset: 99 };
    const elsewhere = { ...full, inputFile: 1, byteOffset: 5 };
    expect(await repeats([full, short, again, later, elsewhere])).toEqual({
      kept: 3,
      noted: { 'demo.report.repeated': 2 },
      dropped: { 'demo.row.repeated': 4 },
    });
  });

  it.each<[string, ReportOfRowsFields]>([
    ['a value', { ...full, rows: [{ z: 900 }, { z: 700, value: 1.6 }] }],
    ['the significance of a level', { ...full, rows: [{ z: 900 }, { z: 700, significance: 65_536 }] }],
    ['the place', { ...full, latitude: 2.01 }],
    ['the direction', { ...full, verticalDirection: 1 }],
    ['the platform', { ...full, platformType: 41 }],
  ])('are two where %s differs', async (_, other) => {
    expect(await repeats([full, other])).toEqual({ kept: 2, noted: {}, dropped: {} });
  });
});
