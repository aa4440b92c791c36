/** A subset of a message becomes a report with its rows. */
import { boundedElevation } from '../../records/bounds.js';
import type { BatchBuilder } from '../../records/builder.js';
import { isLatitude, isLongitude, normalLongitude } from '../../records/place.js';
import { count, type Tally } from '../../records/tally.js';
import { isWigosId, PLATFORM } from '../identity.js';
import { digits } from './error.js';
import { createStructureFinder, FLAT, type Structure } from './levels.js';
import { commitSlots, createSlots, dropSlot, FIELDS_SLOT, noteSlot, R } from './levels-counters.js';
import { type Course, createCourse, leadsDown, restartCourse } from './levels-course.js';
import { countUnknown, createLevel } from './levels-gather.js';
import { Q, QUANTITIES, ROLE, roleOf } from './levels-roles.js';
import { type LevelContext, readLevel } from './levels-rows.js';
import type { MessageHeader } from './message.js';
import type { OtherKind, SoundingKind } from './message-kinds.js';
import { nameOf } from './reasons.js';
import { isSoundingKind, kindOf } from './sounding-kind.js';
import { createQualityReader } from './sounding-quality.js';
import { stationOf, wigosIdOf } from './station.js';
import type { Subset } from './subset.js';
import { type ReportTimes, reportTimes } from './time.js';

/** Station heights in m, best first: ground, station, barometer. */
export const ELEVATIONS = [7030, 7001, 7031] as const;
const SONDE_TYPE = 2011;

/** `ReportColumns.verticalDirection`. */
const UP = 0;
const DOWN = 1;
const NOT_SAID = -1;

/** Subcategories that mean none. */
const NO_SUBCATEGORY = new Set([0, 255]);
/** Descriptors that the comment names; a template is told by its first ones. */
const MAX_DESCRIPTORS = 6;
/** Operators from here on bring quality information, not observations. */
const FIRST_QUALITY_OPERATOR = 222_000;

const PRESSURE_OUTSIDE = noteSlot('pressure.outside-levels');

/** What a subset is: no sounding, or one of a station. */
export type SubsetKind =
  | { sounding: false; kind: OtherKind }
  | {
      sounding: true;
      kind: SoundingKind;
      /** The source's id of the station, null where the subset names none. */
      station: string | null;
      /** The WIGOS id that the subset gives beside a WMO number of another form, null where it gives none. */
      wigosId: string | null;
    };

/** What reading a subset came to: a report, or why there is none. */
export type ReportOutcome = 'read' | 'no-sounding' | 'no-time';

/** Reads soundings, subset by subset. */
export interface SoundingReader {
  /** What the subset is. */
  look(subset: Subset, header: MessageHeader): SubsetKind;
  /** The report in the subset that was looked at last, into the builder and the tally. */
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
  return (subset, header) => classify(subset, structureOf(subset), header);
}

function classify(subset: Subset, structure: Structure, header: MessageHeader): SubsetKind {
  const kind = kindOf(subset, structure, header);
  if (!isSoundingKind(kind)) return { sounding: false, kind };
  const { flat } = structure;
  const station = stationOf(subset, flat, header);
  const wigosId = wigosIdOf(subset, flat);
  const isAnother = wigosId !== null && wigosId !== station && isWigosId(wigosId);
  return { sounding: true, kind, station, wigosId: isAnother ? wigosId : null };
}

/** A reader of reports that writes to `builder` and counts in `tally`. */
export function createSoundingReader(builder: BatchBuilder, tally: Tally): SoundingReader {
  const structureOf = createStructureFinder();
  const qualityOf = createQualityReader(tally);
  const context: LevelContext = {
    builder,
    slots: createSlots(),
    unknown: new Map(),
    level: createLevel(),
    course: createCourse(),
    owner: new Int32Array(0),
    quality: new Int8Array(0),
    latitude: Number.NaN,
    longitude: Number.NaN,
    elevation: Number.NaN,
  };
  let structure: Structure | null = null;
  let looked: SubsetKind | null = null;
  return {
    look(subset, header) {
      structure = structureOf(subset);
      looked = classify(subset, structure, header);
      return looked;
    },
    read(subset, header, place) {
      if (structure === null || looked === null || !looked.sounding) return 'no-sounding';
      const { flat, hasLevels } = structure;
      const { latitude, longitude, oddity } = positionOf(subset, flat);
      const times = reportTimes(subset, flat, header, longitude);
      if (times === null) return 'no-time';
      for (const note of times.notes) count(tally.noted, nameOf(`time.${note}`));
      if (oddity !== null) count(tally.noted, nameOf(`position.${oddity}`));
      if (!hasLevels) count(tally.noted, nameOf('report.without-levels'));
      const elevation = elevationOf(subset, flat, tally);
      const { owner } = structure;
      Object.assign(context, { owner, quality: qualityOf(subset), latitude, longitude, elevation });
      restartCourse(context.course);
      readLevels(subset, structure, context);
      countOthers(subset, structure, context);
      builder.endReport({
        ...timesOf(times),
        latitude,
        longitude,
        ...place,
        elevation,
        kind: NO_SUBCATEGORY.has(header.localSubCategory) ? -1 : header.localSubCategory,
        sondeType: sondeTypeOf(subset, flat),
        ...directionOf(looked.kind, context.course, times.launchTime),
        comment: commentOf(header, looked),
      });
      tally.reports++;
      return 'read';
    },
    commit() {
      commitSlots(context.slots, tally);
      for (const [descriptor, n] of context.unknown)
        count(tally.noted, nameOf(`element.${digits(descriptor)}`), n);
      context.unknown.clear();
    },
  };
}

function timesOf({ notes: _, ...times }: ReportTimes): Omit<ReportTimes, 'notes'> {
  return times;
}

/**
 * Whether the report leads up or down, and what follows. Dropsondes and descents say so, and levels that go down in the course of
 * time do; other balloons rise. A descent begins at its own first level, not at the launch; a dropsonde is launched at its.
 */
export function directionOf(
  kind: SoundingKind,
  course: Course,
  launchTime: number,
): { verticalDirection: number; platformType: number; beginTime: number } {
  if (kind === 'dropsonde')
    return { verticalDirection: DOWN, platformType: PLATFORM.aircraft, beginTime: Number.NaN };
  const isDescent = kind === 'descent' || leadsDown(course);
  const isAscent = kind === 'ascent' || course.up > 0;
  const begin = isDescent && course.firstElapsed > 0 ? launchTime + course.firstElapsed : Number.NaN;
  return {
    verticalDirection: isDescent ? DOWN : isAscent ? UP : NOT_SAID,
    platformType: NOT_SAID,
    beginTime: Math.round(begin),
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
  for (const i of flat) if (owner[i] === FLAT) countOutside(subset, i, slots, true);
  for (const [r, { starts, end }] of subset.replications.entries()) {
    const kind = kinds[r];
    if (kind !== 'coordinate' && kind !== 'observed') continue;
    for (let i = starts[0]!; i < end; i++) {
      if (owner[i] !== r) continue;
      countOutside(subset, i, slots, false);
      if (roleOf(subset.elements[i]!.descriptor) === ROLE.none) countUnknown(subset, i, unknown);
    }
  }
}

/**
 * Geometric heights outside replications are of the station and of the launch: no fields. A pressure there is that at the station.
 */
function countOutside({ elements, values }: Subset, i: number, slots: Int32Array, isFlat: boolean): void {
  const role = roleOf(elements[i]!.descriptor);
  const isMissing = Number.isNaN(values[i]!);
  if (role === ROLE.pressure && isFlat && !isMissing) slots[PRESSURE_OUTSIDE]!++;
  const quantity = role === ROLE.geopotential ? Q.geopotentialHeight : role;
  if (quantity >= QUANTITIES.length || (isFlat && quantity === Q.altitude)) return;
  slots[FIELDS_SLOT]!++;
  slots[dropSlot(quantity, isMissing ? R.missing : R.outsideLevels)]!++;
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
    return { latitude, longitude: normalLongitude(longitude), oddity: null };
  const isMissing = Number.isNaN(latitude) || Number.isNaN(longitude);
  return { latitude: Number.NaN, longitude: Number.NaN, oddity: isMissing ? 'missing' : 'out-of-range' };
}

/** The first elevation that a station can have, NaN for none; others are counted. */
function elevationOf(subset: Subset, flat: readonly number[], tally: Tally): number {
  for (const descriptor of ELEVATIONS) {
    const value = firstValue(subset, flat, descriptor);
    if (Number.isNaN(value)) continue;
    const elevation = boundedElevation(value);
    if (!Number.isNaN(elevation)) return elevation;
    count(tally.noted, nameOf('elevation.out-of-range'));
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
  { station, wigosId }: { station: string | null; wigosId: string | null },
): string {
  const subtype = NO_SUBCATEGORY.has(localSubCategory) ? (subCategory ?? localSubCategory) : localSubCategory;
  const quality = descriptors.findIndex((descriptor) => isQualityOperator(descriptor));
  const template = quality < 0 ? descriptors : descriptors.slice(0, quality);
  const names = template.slice(0, MAX_DESCRIPTORS).map(digits);
  if (template.length > MAX_DESCRIPTORS) names.push('...');
  const wigos = [wigosId, station].find((id) => id !== null && isWigosId(id));
  return `centre=${centre} subtype=${subtype} descriptors=${names.join(',')}${wigos === undefined ? '' : ` wigos=${wigos}`}`;
}

function isQualityOperator(descriptor: number): boolean {
  return descriptor >= FIRST_QUALITY_OPERATOR && descriptor < 300_000;
}
