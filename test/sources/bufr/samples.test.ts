/** Real messages: ECMWF's archive and the Global Telecommunication System. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openInput } from '../../../src/fetch/members.js';
import { SIGNIFICANCE } from '../../../src/records/significance.js';
import { OBSERVED_VARIABLE } from '../../../src/records/variables.js';
import { bufr } from '../../../src/sources/bufr/index.js';
import { GOLDEN_BUFR, type GoldenLevel, type GoldenSounding } from '../../golden/bufr.js';
import { type BufrReading, readBufr, readTold, type Told } from '../../support/bufr-reading.js';
import { inputOf, listStations, type Row, since1900 } from '../../support/reading.js';
import { samplePath, samplesTitle, skipSamples } from '../../support/samples.js';

/** Reports, levels (the sum of the replication factors of levels) and stations. */
const FILES: [file: string, stations: number, reports: number, levels: number][] = [
  ['temp.bufr', 420, 420, 26_005],
  ['temp_small.bufr', 7, 7, 403],
  ['temp_10.bufr', 10, 10, 745],
  ['temp_101.bufr', 4, 4, 331],
  ['temp_102.bufr', 1, 1, 20],
  ['temp_106.bufr', 1, 1, 52],
  ['pilo_91.bufr', 17, 17, 775],
  ['btem_109.bufr', 1, 1, 14],
  ['temp_hires.bufr', 1, 1, 449],
  ['IUSD40_OKLI.bufr', 1, 4, 279],
  ['IUSK73_AMMC_040000.bufr', 1, 1, 2743],
  ['IUSK73_AMMC_182300.bufr', 1, 1, 127],
];

const V = OBSERVED_VARIABLE;

async function readSample(file: string): Promise<BufrReading> {
  return readBufr(await openInput(samplePath(`bufr/${file}`)));
}

/** temp.bufr has 420 stations, and each is a pass over the file: read it once, from memory. */
const inMemory = new Map<string, Promise<BufrReading>>();
function readSampleOnce(file: string): Promise<BufrReading> {
  const reading = inMemory.get(file) ?? readBufr(new Uint8Array(readFileSync(samplePath(`bufr/${file}`))));
  inMemory.set(file, reading);
  return reading;
}

/** What a golden level must give: rows in the order of the codes. */
function rowsOf(level: GoldenLevel): Partial<Row>[] {
  const { z, zType, elapsedS = Number.NaN, position = [Number.NaN, Number.NaN], quality = 2 } = level;
  const values: [variable: number, value: number | undefined, quality: number][] = [
    [V.windFromDirection, level.windDirection, quality],
    [V.windSpeed, level.windSpeed, quality],
    [V.geopotentialHeight, level.height, level.heightQuality ?? quality],
    [V.airTemperature, level.temperature, quality],
    [V.dewPoint, level.dewPoint, quality],
  ];
  const [latitude, longitude] = position;
  return values.flatMap(([variable, value, of]) =>
    value === undefined
      ? []
      : [{ variable, value, z, zType, elapsed: elapsedS, quality: of, latitude, longitude }],
  );
}

describe.skipIf(skipSamples())(samplesTitle('real BUFR files'), () => {
  it.each(FILES)(
    '%s: every report and level, every field accounted for',
    async (file, stations, reports, levels) => {
      const { readings, listing } = await readSampleOnce(file);
      const sum = (of: 'reports' | 'levels'): number =>
        [...readings.values()].reduce((total, { tally }) => total + tally[of], 0);
      expect(readings.size).toBe(stations);
      expect({ reports: sum('reports'), levels: sum('levels') }).toEqual({ reports, levels });
      expect(listing.skipped).toEqual([]);
      for (const { tally } of readings.values()) expect(tally.skipped).toEqual([]);
    },
  );

  it.each(
    GOLDEN_BUFR.map((golden) => [`${golden.file} ${golden.station} ${golden.report}`, golden] as const),
  )('%s as the dump has it', async (_name, golden: GoldenSounding) => {
    const { readings } = await readSample(golden.file);
    const reading = readings.get(golden.station);
    const report = reading?.reports[golden.report - 1];
    expect(report).toMatchObject({
      launch: since1900(golden.launch),
      nominal: since1900(golden.nominal),
      timeQuality: golden.timeQuality,
      latitude: golden.latitude,
      longitude: golden.longitude,
      elevation: golden.elevation ?? Number.NaN,
      kind: golden.kind,
      sondeType: golden.sondeType,
    });
    for (const level of golden.expected) {
      const rows = reading?.rows.filter((row) => row.report === golden.report - 1 && row.z === level.z) ?? [];
      expect(rows.map(({ report: _report, feedback: _feedback, ...row }) => row)).toEqual(rowsOf(level));
    }
    if (reading?.reports.length === 1) expect(reading.tally.levels).toBe(golden.levels);
  });

  it('temp.bufr: values, confidence and substitutes as counted element by element with another decoder', async () => {
    const { readings } = await readSampleOnce('temp.bufr');
    const rows = [...readings.values()].flatMap((reading) => reading.rows);
    const count = (variable: number, quality: number): number =>
      rows.filter((row) => row.variable === variable && row.quality === quality).length;
    // Confidence below 50, and from 50 to 69, of values that are there.
    expect([count(V.geopotentialHeight, 1), count(V.geopotentialHeight, 2)]).toEqual([213, 4]);
    expect([count(V.airTemperature, 1), count(V.airTemperature, 2)]).toEqual([99, 220]);
    expect([count(V.dewPoint, 1), count(V.dewPoint, 2)]).toEqual([58, 177]);
    expect([count(V.windFromDirection, 1), count(V.windFromDirection, 2)]).toEqual([1, 24]);
    expect([count(V.windSpeed, 1), count(V.windSpeed, 2)]).toEqual([5, 23]);
    const noted = (name: string): number =>
      [...readings.values()].reduce((sum, { tally }) => sum + (tally.noted.get(name) ?? 0), 0);
    expect(noted('bufr.confidence.doubtful')).toBe(448);
    expect(noted('bufr.geopotential_height.substitute-offered')).toBe(2993);
    // 172 messages have a block of wind shear behind the levels.
    expect(noted('bufr.element.011061') + noted('bufr.element.011062')).toBe(361);
  });

  it('temp_hires.bufr: the WIGOS id, the position of the launch and of levels, launch to the second', async () => {
    const { readings } = await readSample('temp_hires.bufr');
    const reading = readings.get('10954');
    expect(reading?.reports[0]).toMatchObject({
      launch: since1900('2025-02-23T10:45:04Z'),
      // The header says 10:45, which is no synoptic time.
      nominal: Number.NaN,
      timeQuality: 0,
      latitude: 47.8341,
      longitude: 10.8667,
      elevation: 760,
      sondeType: 123,
      comment: 'centre=98 subtype=109 descriptors=309057,005001,006001,007001 wigos=0-20001-0-10954',
    });
    expect(
      reading?.rows.find((row) => row.variable === V.geopotentialHeight && row.z === 94_051)?.value,
    ).toBe(760.1);
  });

  it('says of levels what the dump says, in the bits of 008042', async () => {
    const told = async (file: string): Promise<Told> => readTold(await openInput(samplePath(`bufr/${file}`)));
    const significanceAt = ({ significance }: Told, levels: readonly number[]): (number | undefined)[] =>
      levels.map((z) => significance.get(z));
    // 008042 145472, 0.
    expect(significanceAt(await told('IUSK73_AMMC_182300.bufr'), [94_360, 81_260])).toEqual([145_472, 0]);
    // 008001 32, 2, 6: standard; significant wind; and significant temperature or humidity.
    expect(significanceAt(await told('temp_102.bufr'), [100_000, 99_400, 48_300])).toEqual([
      SIGNIFICANCE.standard,
      SIGNIFICANCE.significantWind,
      SIGNIFICANCE.significantWind | SIGNIFICANCE.significantTemperature | SIGNIFICANCE.significantHumidity,
    ]);
    // All of them are ascents.
    for (const file of ['temp_102.bufr', 'temp_106.bufr', 'btem_109.bufr', 'IUSD40_OKLI.bufr'])
      for (const report of (await told(file)).reports)
        expect(report).toEqual({ verticalDirection: 0, platformType: -1, begin: Number.NaN });
  });

  it('IUSD40_OKLI.bufr: each report at its own offset behind its envelope', async () => {
    const { readings } = await readSample('IUSD40_OKLI.bufr');
    const bytes = readFileSync(samplePath('bufr/IUSD40_OKLI.bufr'));
    const offsets = readings.get('11520')?.reports.map(({ byteOffset }) => byteOffset) ?? [];
    expect(offsets).toHaveLength(4);
    for (const offset of offsets) expect(bytes.toString('latin1', offset, offset + 4)).toBe('BUFR');
    expect(new Set(offsets).size).toBe(4);
  });

  it('btem_111.bufr and multi_invalid_messages.bufr cost their messages and nothing else', async () => {
    const skips = async (file: string): Promise<unknown[]> => {
      const { listing, stations } = await readSample(file);
      expect(stations).toEqual([]);
      return listing.skipped.map(({ reason, byteOffset, detail }) => [reason, byteOffset, detail]);
    };
    expect(await skips('btem_111.bufr')).toEqual([
      ['bufr.message.template', 0, 'the message has no descriptors'],
    ]);
    expect(await skips('multi_invalid_messages.bufr')).toEqual([
      ['bufr.message.unknown-descriptor', 0, 'descriptor 301195 is not in table D'],
      ['bufr.message.not-a-sounding', 522, 'data category 2, descriptors from 301001 on'],
      ['bufr.message.truncated', 616, 'the data section ends before its last element'],
    ]);
  });

  it.each([[[1]], [[7]], [[4096]], [[3, 100_000]]])(
    'gives the same for chunks of %j bytes',
    async (chunks) => {
      for (const file of ['temp_small.bufr', 'IUSD40_OKLI.bufr']) {
        const bytes = new Uint8Array(readFileSync(samplePath(`bufr/${file}`)));
        const [whole, cut] = [
          await readBufr(bytes),
          await readBufr(inputOf(bytes, { path: 'soundings.bufr', chunks })),
        ];
        expect(cut.readings).toEqual(whole.readings);
        expect(cut.listing).toEqual(whole.listing);
      }
    },
  );

  it.each([
    ['igra2/AUM00011035-data.txt.gz', 'IGRA 2 soundings'],
    ['ncar/uadb_trhc_82930.excerpt.txt', 'a UADB file of NCAR'],
    ['era5_odb/small_odb.odb', 'an ODB-2 file'],
    ['era5_odb/text/era5.conv._27707.txt.gz', 'an ODB text export'],
    ['grib/ens_50.grib', 'a GRIB file'],
  ])('%s is refused and named', async (file, saw) => {
    const path = samplePath(file);
    await expect(listStations(bufr, [await openInput(path)])).rejects.toMatchObject({
      code: 'WRONG_FORMAT',
      message: `${path}: expected BUFR messages, found ${saw}`,
      position: { file: path },
    });
  });
});
