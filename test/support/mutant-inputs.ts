/**
 * What mutants are made of: for each format pieces of an input, each with launches of dates of its own, so that a piece that is
 * damaged costs the others of its station nothing.
 */
import { loadTables } from '../../src/sources/bufr/tables.js';
import { message, pilot30905x, temp309007 } from './bufr-reading.js';
import { encodeBufrSoundings } from './bufr-soundings.js';
import { encodeIgra2, encodeStationList, type Igra2Sounding } from './igra2-encoder.js';
import { encodeOdbText, type OdbTable } from './odb-encoder.js';
import { makeOdbRows } from './odb-rows.js';
import { encodeOdb2 } from './odb2-encoder.js';
import { makeStation, type SoundingKind } from './soundings.js';
import { encodeUadb } from './uadb-encoder.js';

/** A part of an input that becomes one mutant. */
export interface Piece {
  /** Name of the file that it is a part of. */
  file: string;
  bytes: Uint8Array;
  /** The piece again with changes under a checksum or length that fits, where the format has one; `change` makes them. */
  changed?(change: (bytes: Uint8Array) => Uint8Array): Uint8Array;
}

/** A format as mutants need it. */
export interface MutantFormat {
  /** The dataset that reads it. */
  source: string;
  /** Bytes that mean something to its reader. */
  meaningful: Uint8Array;
  /** Between the pieces of a file: the end of a line that a piece may have lost. */
  separator: string;
  /** Pieces of one station at most. */
  pieces: number;
  /** What a file begins with; it is damaged only with a piece that is alone in its file. */
  head?: Uint8Array;
  piece(station: number, piece: number): Piece;
  /** What a station needs beside its pieces; it stays whole. */
  beside?(station: number): Piece;
}

const DAYS_PER_PIECE = 3;
const KINDS: readonly SoundingKind[] = ['classic', 'modern', 'pilot', 'pilot-by-height'];
const bufrTables = await loadTables();

/** Two soundings of a day that no other piece of the station has. */
function soundingsOf(
  station: number,
  piece: number,
  kinds: readonly SoundingKind[] = KINDS,
): Igra2Sounding[] {
  const first = new Date(Date.UTC(1970 + (station % 50), 2, 1 + DAYS_PER_PIECE * piece));
  return makeStation(100 * station + piece, {
    id: `XXM000${numberOf(station)}`,
    latitude: 48.25,
    longitude: 16.36,
    elevation: 200,
    soundings: 2,
    significantLevels: 6,
    removed: 0.01,
    from: { year: first.getUTCFullYear(), month: first.getUTCMonth() + 1, day: first.getUTCDate() },
    kinds: [0, 1].map((i) => kinds[(station + piece + i) % kinds.length] ?? 'classic'),
  });
}

/** Five digits, the block never 0. */
function numberOf(station: number): string {
  return String(10_000 + (station % 80_000));
}

/** Every third row: enough to show what becomes of a report. */
function odbTableOf(station: number, piece: number): OdbTable {
  const dataset = piece % 2 === 0 ? 'era5_1' : 'era5_1759';
  const soundings = soundingsOf(station, piece);
  const table = makeOdbRows(soundings, { dataset, statid: numberOf(station), seed: station });
  return { ...table, rows: table.rows.filter((_, row) => row % 3 === 0) };
}

/** High resolution and old land reports, ships, pilot balloons by height, and two subsets in one compressed message. */
function bufrMessageOf(station: number, piece: number): Uint8Array {
  const kind = (station + piece) % 5;
  const wmoNumber = Number(numberOf(station));
  if (kind < 2)
    return encodeBufrSoundings(
      bufrTables,
      soundingsOf(station, piece, [kind === 0 ? 'modern' : 'classic']).slice(0, 1),
      { wmoNumber },
    );
  const soundings = soundingsOf(station, piece, ['classic']).slice(0, 1);
  if (kind === 2) return encodeBufrSoundings(bufrTables, soundings, { callSign: `TR${numberOf(station)}` });
  const [{ year, month, day } = { year: 2000, month: 1, day: 1 }] = soundings;
  const time = [year, month, day, 11, 30, 15];
  const head = { station: [Math.floor(wmoNumber / 1000), wmoNumber % 1000] as const, time };
  const levels = [1, 2, 3].map((i) => [60 * i, 2048, 1000 * i, 0.01 * i, 0.02, 90 * i, 5.5]);
  if (kind === 3) return message([309_051], [pilot30905x(head, levels)], { year, month, day });
  const old = temp309007(head, [
    [100_000, 64, 1000, 290.1, 285, 180, 5.5],
    [85_000, 32, 14_000, 280, null, 200, 15],
  ]);
  return message([309_007], [old, old], { compressed: true, year, month, day });
}

/** Octets before section 1: `BUFR`, the length of the message in three, the edition. */
const BUFR_START = 8;
const BUFR_END = '7777';

/** Other sections in the same message, whose length is theirs. */
function framed(message: Uint8Array, sections: Uint8Array): Uint8Array {
  const whole = Buffer.concat([message.subarray(0, BUFR_START), sections, Buffer.from(BUFR_END)]);
  whole.writeUIntBE(whole.length, 4, 3);
  return whole;
}

/** A line of the list of stations: some move, some are of unknown height. */
function stationLine(station: number): Uint8Array {
  const moves = station % 7 === 6;
  return encodeStationList([
    {
      id: `XXM000${numberOf(station)}`,
      latitude: moves ? null : 48.25,
      longitude: moves ? null : 16.36,
      elevation: station % 5 === 4 ? null : 200,
      name: `STATION ${station}`,
      firstYear: 1970,
      lastYear: 2020,
      soundings: 2,
    },
  ]);
}

/** Every format that is read. */
export const MUTANT_FORMATS: Readonly<Record<string, MutantFormat>> = {
  igra2: {
    source: 'igra2',
    meaningful: Buffer.from('#- \n\r0129AB'),
    separator: '\n',
    pieces: 8,
    piece: (station, piece) => ({
      file: `XXM000${numberOf(station)}-data.txt`,
      bytes: encodeIgra2(soundingsOf(station, piece)),
    }),
  },
  'station-list': {
    source: 'igra2',
    meaningful: Buffer.from('- .\n\r0129AZ'),
    separator: '\n',
    pieces: 1,
    head: stationLine(0),
    piece: (station) => ({ file: 'igra2-station-list.txt', bytes: stationLine(station) }),
    beside: (station) => ({
      file: `XXM000${numberOf(station)}-data.txt`,
      bytes: encodeIgra2(soundingsOf(station, 0, ['pilot']).slice(0, 1)),
    }),
  },
  uadb: {
    source: 'ncar',
    meaningful: Buffer.from('H- .\n\r0149'),
    separator: '\n',
    pieces: 8,
    // Two pieces are of the same launches, one in each file of the station.
    piece: (station, piece) => {
      const kind = piece % 2 === 0 ? 'trhc' : 'windc';
      const launches = soundingsOf(station, piece >> 1, ['classic', 'modern']);
      return { file: `uadb_${kind}_${numberOf(station)}.txt`, bytes: encodeUadb(launches, { kind }) };
    },
  },
  'odb-text': {
    source: 'era5_1',
    meaningful: Buffer.from("\t\n\r '-.0129eN@:"),
    separator: '\n',
    pieces: 6,
    head: lines(encodeOdbText(odbTableOf(0, 0)), 0, 1),
    piece: (station, piece) => ({
      file: `era5.conv._${numberOf(station)}`,
      bytes: lines(encodeOdbText(odbTableOf(station, 2 * piece)), 1),
    }),
  },
  'odb-2': {
    source: 'era5_1',
    meaningful: Uint8Array.of(0xff, 0x4f, 0x44, 0x41, 0, 1, 2, 3, 4, 5, 0x7f, 0x80),
    separator: '',
    pieces: 6,
    piece: (station, piece) => {
      const { columns, rows } = odbTableOf(station, piece);
      const frame = {
        columns: columns.map(({ name, type }, i) => ({
          name,
          type,
          values: rows.map((row) => row[i] ?? (type === 'string' ? '' : Number.NaN)),
        })),
      };
      return {
        file: `era5.conv.${numberOf(station)}.odb`,
        bytes: encodeOdb2([frame]),
        changed: (change) =>
          encodeOdb2([frame], piece % 2 === 0 ? { alterRows: change } : { alterHeader: change }),
      };
    },
  },
  bufr: {
    source: 'bufr',
    meaningful: Uint8Array.of(7, 4, 10, 3, 0x41, 0x1f, 1, 0xff, 0xde, 0x42, 0x55, 0x46, 0x52, 0x37),
    separator: '',
    pieces: 8,
    piece: (station, piece) => {
      const bytes = bufrMessageOf(station, piece);
      return {
        file: `station-${numberOf(station)}.bufr`,
        bytes,
        changed: (change) => framed(bytes, change(bytes.subarray(BUFR_START, -BUFR_END.length))),
      };
    },
  },
};

/** Lines of a text from `from` up to `to`. */
function lines(text: Uint8Array, from: number, to?: number): Uint8Array {
  const kept = Buffer.from(text)
    .toString('utf8')
    .split(/(?<=\n)/);
  return Buffer.from(kept.slice(from, to).join(''), 'utf8');
}
