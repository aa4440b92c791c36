/** A subset of a message becomes a report with its rows. */
import type { BatchBuilder } from '../../records/builder.js';
import { count, type Tally } from '../../records/tally.js';
import { digits } from './error.js';
import { createStructureFinder, FLAT, type Structure } from './levels.js';
import { commitSlots, createSlots, dropSlot, FIELDS_SLOT, R } from './levels-counters.js';
import { countUnknown, createLevel } from './levels-gather.js';
import { isLatitude, isLongitude, wrapped } from './levels-position.js';
import { Q, QUANTITIES, ROLE, roleOf } from './levels-roles.js';
import { type LevelContext, readLevel } from './levels-rows.js';
import type { MessageHeader } from './message.js';
import { createQualityReader } from './sounding-quality.js';
import { stationOf, wigosIdOf } from './station.js';
import type { Subset } from './subset.js';
import { reportTimes } from './time.js';

/** BUFR table A: vertical soundings other than by satellite. */
const VERTICAL_SOUNDINGS = 2;

/** Station heights in m, best first: ground, station, barometer. */
const ELEVATIONS = [7030, 7001, 7031] as const;
const SONDE_TYPE = 2011;

/** Subcategories that mean none. */
const NO_SUBCATEGORY = new Set([0, 255]);
/** Descriptors that the comment names; a template is told by its first ones. */
const MAX_DESCRIPTORS = 6;
/** Operators from here on bring quality information, not observations. */
const FIRST_QUALITY_OPERATOR = 222_000;

/** What a subset is: no sounding, or one of a station (null where it names none). */
export type SubsetKind = { sounding: false } | { sounding: true; station: string | null };

/** What reading a subset came to: a report, or why there is none. */
export type ReportOutcome = 'read' | 'no-sounding' | 'other-station' | 'no-time';

/** Reads the soundings of one station, subset by subset. */
export interface SoundingReader {
  /** The report in `subset`, into the builder and the tally. */
  read(
    subset: Subset,
    header: MessageHeader,
    place: { inputFile: number; byteOffset: number },
  ): ReportOutcome;
  /** Moves the counters to the tally. */
  commit(): void;
}

/** A function that tells what subsets are, for listing stations. */
export function createSubsetClassifier(): (subset: Subset, header: MessageHeader) => SubsetKind {
  const structureOf = createStructureFinder();
  return (subset, header) => kindOf(subset, structureOf(subset), header);
}

/**
 * A vertical sounding has levels, or none of them because the replication that would hold them was carried out 0 times.
 */
function kindOf(subset: Subset, { flat, hasLevels, hasEmpty }: Structure, header: MessageHeader): SubsetKind {
  if (header.category !== VERTICAL_SOUNDINGS || !(hasLevels || hasEmpty)) return { sounding: false };
  return { sounding: true, station: stationOf(subset, flat, header) };
}

/** A reader of the reports of a station that writes to `builder` and counts in `tally`. */
export function createSoundingReader(stationId: string, builder: BatchBuilder, tally: Tally): SoundingReader {
  const structureOf = createStructureFinder();
  const qualityOf = createQualityReader(tally);
  const context: LevelContext = {
    builder,
    slots: createSlots(),
    unknown: new Map(),
    level: createLevel(),
    owner: new Int32Array(0),
    quality: new Int8Array(0),
    latitude: Number.NaN,
    longitude: Number.NaN,
  };
  return {
    read(subset, header, place) {
      const structure = structureOf(subset);
      const { flat, hasLevels } = structure;
      const kind = kindOf(subset, structure, header);
      if (!kind.sounding) return 'no-sounding';
      if (kind.station !== stationId) return 'other-station';
      const { latitude, longitude, oddity } = positionOf(subset, flat);
      const times = reportTimes(subset, flat, header, longitude);
      if (times === null) return 'no-time';
      const { launchTime, nominalTime, dateOnlyTime, timeQuality, notes } = times;
      for (const note of notes) count(tally.noted, `bufr.time.${note}`);
      if (oddity !== null) count(tally.noted, `bufr.position.${oddity}`);
      if (!hasLevels) count(tally.noted, 'bufr.report.without-levels');
      Object.assign(context, { owner: structure.owner, quality: qualityOf(subset), latitude, longitude });
      readLevels(subset, structure, context);
      countOthers(subset, structure, context);
      builder.endReport({
        launchTime,
        nominalTime,
        dateOnlyTime,
        timeQuality,
        latitude,
        longitude,
        ...place,
        elevation: elevationOf(subset, flat),
        kind: NO_SUBCATEGORY.has(header.localSubCategory) ? -1 : header.localSubCategory,
        sondeType: sondeTypeOf(subset, flat),
        comment: commentOf(header, wigosIdOf(subset, flat)),
      });
      tally.reports++;
      return 'read';
    },
    commit() {
      commitSlots(context.slots, tally);
      for (const [descriptor, n] of context.unknown)
        count(tally.noted, `bufr.element.${digits(descriptor)}`, n);
      context.unknown.clear();
    },
  };
}

function readLevels(subset: Subset, { kinds, flatLevels }: Structure, context: LevelContext): void {
  for (const [r, { starts, end }] of subset.replications.entries()) {
    if (kinds[r] !== 'level') continue;
    for (const [k, from] of starts.entries()) readLevel(subset, r, from, starts[k + 1] ?? end, context);
  }
  for (const { owner, from, to } of flatLevels) readLevel(subset, owner, from, to, context);
}

/** Observed values that belong to no level are fields without a row; the elements of wind shear blocks are counted. */
function countOthers(
  subset: Subset,
  { owner, flat, kinds }: Structure,
  { slots, unknown }: LevelContext,
): void {
  for (const i of flat) if (owner[i] === FLAT) countOutside(subset, i, slots);
  for (const [r, { starts, end }] of subset.replications.entries()) {
    const kind = kinds[r];
    if (kind !== 'coordinate' && kind !== 'observed') continue;
    for (let i = starts[0]!; i < end; i++) {
      if (owner[i] !== r) continue;
      countOutside(subset, i, slots);
      if (roleOf(subset.elements[i]!.descriptor) === ROLE.none) countUnknown(subset, i, unknown);
    }
  }
}

function countOutside({ elements, values }: Subset, i: number, slots: Int32Array): void {
  const role = roleOf(elements[i]!.descriptor);
  const quantity = role === ROLE.geopotential ? Q.geopotentialHeight : role;
  if (quantity >= QUANTITIES.length) return;
  slots[FIELDS_SLOT]!++;
  slots[dropSlot(quantity, Number.isNaN(values[i]!) ? R.missing : R.outsideLevels)]!++;
}

/** The first value of an element outside replications that is not missing, NaN for none. */
function firstValue({ elements, values }: Subset, flat: readonly number[], ...descriptors: number[]): number {
  const at = flat.find((i) => descriptors.includes(elements[i]!.descriptor) && !Number.isNaN(values[i]!));
  return at === undefined ? Number.NaN : values[at]!;
}

/** The position of the launch, and what is odd where there is none. */
function positionOf(
  subset: Subset,
  flat: readonly number[],
): { latitude: number; longitude: number; oddity: 'missing' | 'out-of-range' | null } {
  const latitude = firstValue(subset, flat, 5001, 5002);
  const longitude = firstValue(subset, flat, 6001, 6002);
  if (isLatitude(latitude) && isLongitude(longitude))
    return { latitude, longitude: wrapped(longitude), oddity: null };
  const isMissing = Number.isNaN(latitude) || Number.isNaN(longitude);
  return { latitude: Number.NaN, longitude: Number.NaN, oddity: isMissing ? 'missing' : 'out-of-range' };
}

function elevationOf(subset: Subset, flat: readonly number[]): number {
  for (const descriptor of ELEVATIONS) {
    const value = firstValue(subset, flat, descriptor);
    if (!Number.isNaN(value)) return value;
  }
  return Number.NaN;
}

function sondeTypeOf(subset: Subset, flat: readonly number[]): number {
  const value = firstValue(subset, flat, SONDE_TYPE);
  return Number.isNaN(value) ? -1 : value;
}

/** `centre=98 subtype=101 descriptors=309007`: who made the message, and by which template; the WIGOS id where it is given. */
function commentOf(
  { centre, localSubCategory, subCategory, descriptors }: MessageHeader,
  wigosId: string | null,
): string {
  const subtype = NO_SUBCATEGORY.has(localSubCategory) ? (subCategory ?? localSubCategory) : localSubCategory;
  const quality = descriptors.findIndex((descriptor) => isQualityOperator(descriptor));
  const template = quality < 0 ? descriptors : descriptors.slice(0, quality);
  const names = template.slice(0, MAX_DESCRIPTORS).map(digits);
  if (template.length > MAX_DESCRIPTORS) names.push('...');
  const wigos = wigosId?.includes('-') ? ` wigos=${wigosId}` : '';
  return `centre=${centre} subtype=${subtype} descriptors=${names.join(',')}${wigos}`;
}

function isQualityOperator(descriptor: number): boolean {
  return descriptor >= FIRST_QUALITY_OPERATOR && descriptor < 300_000;
}
