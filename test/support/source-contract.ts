/**
 * What every source owes, as one suite: a source gives a small archive of its own format, and the suite tries the promises of
 * `src/sources/source.ts` on it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HarvestError } from '../../src/errors.js';
import type { InputFile, StationInput } from '../../src/records/input.js';
import { createReasonFinder } from '../../src/records/reason.js';
import { createTally, type Tally } from '../../src/records/tally.js';
import type { Source } from '../../src/sources/source.js';
import { countingInput } from './counting-input.js';
import { misfitsIn } from './locators.js';
import { inputOf, isAccountedFor, listStations, type Reading, readStation } from './reading.js';

/** A file of the archive. */
export interface ContractFile {
  name: string;
  content: Uint8Array;
}

/** What a source gives to be tried. */
export interface SourceCase {
  source: Source;
  /** At least two stations, in as many files as the archive has. */
  files: readonly ContractFile[];
  /** The source's own ids of the stations, with their reports. */
  stations: Readonly<Record<string, number>>;
  /** One file of one station and a few reports, less than 2 KB: it is cut at every byte. */
  small: ContractFile;
}

/** Beginnings of what is no sounding in any format. */
const FOREIGN: readonly (readonly [name: string, content: Uint8Array])[] = [
  ['nothing', new Uint8Array(0)],
  ['zeros', new Uint8Array(4096)],
  ['a page', Buffer.from('<!DOCTYPE html><html><head><title>404</title></head></html>\n')],
  ['JSON', Buffer.from('{"stations": []}\n')],
  ['a table of somebody', Buffer.from('name,value\na,1\nb,2\n')],
  ['HDF5', Buffer.from('\x89HDF\r\n\x1a\n\0\0\0\0', 'latin1')],
  ['GRIB', Buffer.from('GRIB\0\0\0\x02', 'latin1')],
];

/** A reading as plain data; the station's files are read in chunks of the given lengths. */
type Read = Pick<Reading, 'reports' | 'rows'> & { counts: unknown };

function plain({ reports, rows, tally }: Reading): Read {
  return { reports, rows, counts: [...tally.dropped].sort().concat([...tally.noted].sort()) };
}

function inputsOf(files: readonly ContractFile[], chunks?: readonly number[]): InputFile[] {
  return files.map(({ name, content }) => inputOf(content, { path: name, ...(chunks && { chunks }) }));
}

async function readAll(source: Source, files: readonly InputFile[]): Promise<Map<string, Read>> {
  const { stations } = await listStations(source, files);
  const readings = new Map<string, Read>();
  for (const station of stations) readings.set(station.id, plain(await readStation(source, station)));
  return readings;
}

/** Reads a damaged file: what can be read, or the error, which has to be one of the program's own. */
async function attempt(source: Source, file: ContractFile): Promise<Reading[] | HarvestError> {
  try {
    const { stations } = await listStations(source, inputsOf([file]));
    const readings: Reading[] = [];
    for (const station of stations) readings.push(await readStation(source, station));
    return readings;
  } catch (error) {
    if (error instanceof HarvestError) return error;
    throw error;
  }
}

/** Runs the suite for a source. */
export function describeSource(name: string, make: () => SourceCase | Promise<SourceCase>): void {
  describe(`the source ${name}`, async () => {
    const { source, files, stations, small } = await make();

    it('describes itself under its own id', async () => {
      expect((await source.describe()).id).toBe(source.id);
      expect(source.readerVersion).toBeGreaterThan(0);
    });

    it('recognises its own files', () => {
      for (const { content } of [...files, small])
        expect(source.recognise(content.subarray(0, 4096))).toEqual({ fits: true });
    });

    it.each(FOREIGN)('refuses %s, and names what it saw', async (_, content) => {
      const recognition = source.recognise(content);
      expect(recognition).toEqual({ fits: false, saw: expect.stringMatching(/\S/) });
      const listed = listStations(source, inputsOf([{ name: small.name, content }]));
      if (content.length > 0) await expect(listed).rejects.toMatchObject({ code: 'WRONG_FORMAT' });
      else await listed.catch((error: unknown) => expect(error).toBeInstanceOf(HarvestError));
    });

    it('groups its files by station', async () => {
      const listed = await listStations(source, inputsOf(files));
      expect(listed.stations.map(({ id }) => id).sort()).toEqual(Object.keys(stations).sort());
      const primary = listed.stations.map(({ id }) => source.identify(id).primaryId);
      expect(new Set(primary).size).toBe(primary.length);
      expect(primary.every((id) => id !== '')).toBe(true);
    });

    it('gives the reports of each station, and every field is a row or has one reason', async () => {
      const listed = await listStations(source, inputsOf(files));
      for (const station of listed.stations) {
        const reading = await readStation(source, station);
        expect([station.id, reading.reports.length]).toEqual([station.id, stations[station.id]]);
        expect(isAccountedFor(reading)).toBe(true);
        expect(reading.rows.length).toBeGreaterThan(0);
      }
    });

    it('gives the same however the bytes come', async () => {
      const whole = await readAll(source, inputsOf(files));
      expect(await readAll(source, inputsOf(files))).toEqual(whole);
      for (const chunks of [[1], [4096], [7, 1000, 3]])
        expect(await readAll(source, inputsOf([small], chunks))).toEqual(
          await readAll(source, inputsOf([small])),
        );
      await fc.assert(
        fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1 }), async (chunks) => {
          expect(await readAll(source, inputsOf(files, chunks))).toEqual(whole);
        }),
        { numRuns: 3 },
      );
    });

    it('loses no more than the last report of a file that is cut, at whatever byte', async () => {
      const [whole] = (await readAll(source, inputsOf([small]))).values();
      expect(small.content.length).toBeLessThan(2048);
      expect(whole?.reports.length).toBeGreaterThan(1);
      let read = 0;
      for (let length = 0; length < small.content.length; length++) {
        const cut = await attempt(source, { ...small, content: small.content.subarray(0, length) });
        if (cut instanceof HarvestError) continue;
        for (const reading of cut) {
          read++;
          expect(isAccountedFor(reading), `cut at ${length}`).toBe(true);
          const kept = reading.reports.slice(0, -1);
          expect(kept, `cut at ${length}`).toEqual(whole?.reports.slice(0, kept.length));
          const rows = kept.reduce((sum, { rowCount }) => sum + rowCount, 0);
          expect(reading.rows.slice(0, rows), `cut at ${length}`).toEqual(whole?.rows.slice(0, rows));
        }
      }
      expect(read, 'a file that is cut late can be read').toBeGreaterThan(0);
    });

    it('reads a file once to list it and once for each of its stations', async () => {
      const inputs = files.map(({ name, content }) => countingInput(content, { name }));
      const listed: { stations: StationInput[]; tally: Tally } = await listStations(
        source,
        inputs.map(({ file }) => file),
      );
      const passes = (): number => inputs.reduce((sum, { reads }) => sum + reads.passes, 0);
      expect(passes()).toBeLessThanOrEqual(files.length);
      for (const station of listed.stations) {
        const before = passes();
        await source.feedback?.(station);
        expect(passes()).toBe(before);
        await readStation(source, station);
        expect(passes()).toBe(before + station.files.length);
      }
    });

    it('counts nothing that its list of reasons does not have, damage included', async () => {
      const find = createReasonFinder(await source.reasons());
      const unknown = new Set<string>();
      const look = ({ dropped, noted }: Tally): void => {
        for (const name of [...dropped.keys(), ...noted.keys()])
          if (find(name.slice(source.id.length + 1)) === undefined) unknown.add(name);
      };
      const listed = await listStations(source, inputsOf(files));
      look(listed.tally);
      for (const station of listed.stations) look((await readStation(source, station)).tally);
      for (let length = 0; length < small.content.length; length += 13) {
        const content = Buffer.concat([
          small.content.subarray(0, length),
          small.content.subarray(length + 7),
        ]);
        const damaged = await attempt(source, { ...small, content });
        if (!(damaged instanceof HarvestError)) for (const { tally } of damaged) look(tally);
      }
      expect([...unknown]).toEqual([]);
    });

    it('finds every row again in the bytes by its locator, where it has one', async () => {
      if (source.locator === undefined) return;
      const { rows, faults } = await misfitsIn(source, inputsOf(files));
      expect(faults).toEqual([]);
      expect(rows).toBeGreaterThan(0);
    });

    it('stops with the reason of a signal', async () => {
      const reason = new Error('enough');
      const signal = AbortSignal.abort(reason);
      const { stations: listed } = await listStations(source, inputsOf(files));
      for (const station of listed) {
        const batches = source.open(station, { tally: createTally(), signal });
        await expect(batches[Symbol.asyncIterator]().next()).rejects.toBe(reason);
      }
    });
  });
}
