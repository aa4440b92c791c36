/** Seeded IGRA text of any size: a station with two soundings a day, year by year. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { encodeIgra2 } from '../test/support/igra2-encoder.js';
import { makeStation } from '../test/support/soundings.js';
import type { Frame } from './frame.js';
import { writeLargeZip, type ZipMember } from './pack.js';
import { shuffled, yearsFrom } from './years.js';

/**
 * `classic` soundings have 3.3 of the six values per level, between the 2.5 of the Vienna sample (2015, all significant levels)
 * and the 6 of the newest American files, which `modern` ones have; `vienna` is that sample, once per year.
 */
export type StationKind = 'classic' | 'modern' | 'vienna';

export interface StationText {
  kind: StationKind;
  megabytes: number;
  /** Whether the years stand in no order. */
  outOfOrder?: boolean;
}

/** A zip as the archive has them, made by `stationZip`. */
export interface StationZip {
  path: string;
  /** Bytes of text. */
  bytes: number;
  member: ZipMember;
}

const STATION = 'XXM00011111';
const VIENNA = { latitude: 48.25, longitude: 16.36, elevation: 198 };
const VIENNA_STATION = 'AUM00011035';
const VIENNA_SAMPLE = new URL('../../shared/samples/igra2/AUM00011035-data.txt.gz', import.meta.url);

/** No leap year; a text of 900 MB ends before the year 2500. */
const FIRST_YEAR = 1905;
const SOUNDINGS_PER_YEAR = 700;
/** Years that are made; the others are those again with their own number. */
const YEARS_MADE = 6;

const templates = new Map<StationKind, Buffer[]>();

/** The id of the station of a text. */
export function stationOf(kind: StationKind): string {
  return kind === 'vienna' ? VIENNA_STATION : STATION;
}

/** Whether the sample is there. */
export function hasVienna(): boolean {
  return existsSync(VIENNA_SAMPLE);
}

/** A text of at least this many bytes, a part per year. */
function textParts({ kind, megabytes, outOfOrder = false }: StationText): { parts: () => Generator<Buffer> } {
  const years = yearsFrom(FIRST_YEAR, templatesOf(kind), megabytes * 1e6, (part) => yearPlaces(part, kind));
  const order = outOfOrder ? shuffled(years) : years;
  return {
    *parts() {
      for (const year of order) yield year.make();
    },
  };
}

function templatesOf(kind: StationKind): Buffer[] {
  const known = templates.get(kind);
  if (known !== undefined) return known;
  const made =
    kind === 'vienna'
      ? [gunzipSync(readFileSync(VIENNA_SAMPLE))]
      : Array.from({ length: YEARS_MADE }, (_, i) => {
          const from = { year: FIRST_YEAR, month: 1, day: 1 };
          const soundings = SOUNDINGS_PER_YEAR;
          return encodeIgra2(makeStation(i + 1, { id: STATION, ...VIENNA, soundings, from, kinds: [kind] }));
        });
  templates.set(kind, made);
  return made;
}

/** Offsets of the years in the header lines. */
function yearPlaces(text: Buffer, kind: StationKind): number[] {
  const header = `#${stationOf(kind)} `;
  const places: number[] = [];
  for (let at = text.indexOf(header); at >= 0; at = text.indexOf(header, at + 1))
    places.push(at + header.length);
  return places;
}

/** The text as it is in the archive: `<id>-data.txt.zip`, made once per frame. */
export async function stationZip(frame: Frame, text: StationText): Promise<StationZip> {
  const id = stationOf(text.kind);
  const path = join(
    frame.folder,
    `${id}-${text.kind}-${text.megabytes}${text.outOfOrder ? '-mixed' : ''}.zip`,
  );
  const known = zips.get(path);
  if (known !== undefined) return known;
  let bytes = 0;
  const counted = function* (): Generator<Buffer> {
    for (const part of textParts(text).parts()) {
      bytes += part.length;
      yield part;
    }
  };
  const member = await writeLargeZip(path, `${id}-data.txt`, counted());
  const zip = { path, bytes, member };
  zips.set(path, zip);
  return zip;
}

const zips = new Map<string, StationZip>();

/** The text as a plain file. */
export function stationTextFile(frame: Frame, text: StationText): string {
  const path = join(frame.folder, `${stationOf(text.kind)}-${text.kind}.txt`);
  writeFileSync(path, Buffer.concat([...textParts(text).parts()]));
  return path;
}
