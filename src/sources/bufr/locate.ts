/** The values of the reports of a BUFR message from its raw bits. */
import { boundedElevation } from '../../records/bounds.js';
import type { InputFile } from '../../records/input.js';
import { isLatitude, isLongitude, normalLongitude } from '../../records/place.js';
import { createTally } from '../../records/tally.js';
import { OBSERVED_VARIABLE } from '../../records/variables.js';
import { bytesFrom } from '../head.js';
import type { Datum, LocatorRequest, SourceReport } from '../locator.js';
import { digits } from './error.js';
import { createStructureFinder, type Structure } from './levels.js';
import { type Course, continueCourse, createCourse } from './levels-course.js';
import { QUANTITIES } from './levels-roles.js';
import { CODES } from './levels-rows.js';
import { gatherElements, isGeopotential, type Launch, type LevelElements } from './locate-level.js';
import { describeBufr, type SubsetAt } from './locate-standing.js';
import { traceMessage } from './locate-trace.js';
import { type MessageHeader, scanMessages } from './message.js';
import { createSubsetClassifier, directionOf, ELEVATIONS } from './sounding.js';
import { createQualityReader } from './sounding-quality.js';
import { isRepeated } from './sounding-repeats.js';
import type { Subset } from './subset.js';
import { loadTables } from './tables.js';
import { reportTimes } from './time.js';

/**
 * The values of those subsets of the message at the offset that are reports of the station at the time asked for; null where
 * there is no message, or none of its subsets is such a report.
 */
export async function locateBufr(file: InputFile, request: LocatorRequest): Promise<SourceReport | null> {
  const { offset } = request;
  // Offsets count from the message here, which has to be the first.
  const messages = scanMessages(bytesFrom(file, offset), {
    path: file.path,
    onDamage: () => {},
    parts: new Set([0]),
  });
  for await (const { bytes } of messages) {
    const { header, subsets } = traceMessage(bytes, await loadTables());
    const all = subsets.map(({ subset }) => subset);
    const classify = createSubsetClassifier();
    const structureOf = createStructureFinder();
    const data: Datum[] = [];
    for (const [number, { subset, firstBits }] of subsets.entries()) {
      if (isRepeated(all, number)) continue;
      const kind = classify(subset, header);
      if (!kind.sounding || kind.station === null || !request.isStation(kind.station)) continue;
      const structure = structureOf(subset);
      const launch = launchOf(subset, structure.flat);
      const times = reportTimes(subset, structure.flat, header, launch.longitude);
      if (times === null) continue;
      const found = dataOf({ bytes, offset, header, subset, firstBits, number }, structure, launch);
      const { beginTime } = directionOf(kind.kind, courseOf(found), times.launchTime);
      if (request.isTime({ ...times, beginTime })) data.push(...found);
    }
    return { from: offset, to: offset + bytes.length, head: headOf(header), line: null, data };
  }
  return null;
}

/** Whether the levels lead up or down: a descent has the time of its own first level. */
function courseOf(data: readonly Datum[]): Course {
  const course = createCourse();
  for (const { elapsed, z, zType } of data) continueCourse(course, elapsed, z, zType);
  return course;
}

function dataOf(at: SubsetAt, structure: Structure, launch: Launch): Datum[] {
  const { subset } = at;
  const quality = createQualityReader(createTally())(subset).slice(0, subset.length);
  return levelsOf(subset, structure).flatMap((indices) => {
    const level = gatherElements(subset, indices, launch);
    return level === null ? [] : levelData(at, level, quality, launch);
  });
}

/** The elements of each level: of each repetition of a replication that holds levels, then those outside replications. */
function levelsOf({ replications }: Subset, { owner, kinds, flatLevels }: Structure): number[][] {
  const ownedBy = (of: number, from: number, to: number): number[] => {
    const indices: number[] = [];
    for (let i = from; i < to; i++) if (owner[i] === of) indices.push(i);
    return indices;
  };
  const repeated = replications.flatMap(({ starts, end }, r) =>
    kinds[r] === 'level' ? starts.map((from, k) => ownedBy(r, from, starts[k + 1] ?? end)) : [],
  );
  return [...repeated, ...flatLevels.map(({ owner: of, from, to }) => ownedBy(of, from, to))];
}

function levelData(at: SubsetAt, level: LevelElements, quality: Int8Array, launch: Launch): Datum[] {
  const { subset } = at;
  return QUANTITIES.flatMap((_, q): Datum[] => {
    const i = level.quantities[q]!;
    if (i < 0 || Number.isNaN(subset.values[i]!)) return [];
    return [
      {
        observedVariable: isGeopotential(subset, i) ? OBSERVED_VARIABLE.geopotential : CODES[q]!,
        value: subset.values[i]!,
        z: level.z,
        zType: level.zType,
        elapsed: level.elapsed,
        quality: quality[i]!,
        latitude: level.latitude,
        longitude: level.longitude,
        feedback: null,
        describe: () => describeBufr(at, level, i, quality, launch),
      },
    ];
  });
}

/** The first position and the first elevation outside replications. */
function launchOf({ elements, values }: Subset, flat: readonly number[]): Launch {
  const first = (...descriptors: number[]): number => {
    const at = flat.find((i) => descriptors.includes(elements[i]!.descriptor) && !Number.isNaN(values[i]!));
    return at === undefined ? Number.NaN : values[at]!;
  };
  const latitude = first(5001, 5002);
  const longitude = first(6001, 6002);
  const elevation =
    ELEVATIONS.map((descriptor) => boundedElevation(first(descriptor))).find((each) => !Number.isNaN(each)) ??
    Number.NaN;
  if (!isLatitude(latitude) || !isLongitude(longitude))
    return { latitude: Number.NaN, longitude: Number.NaN, elevation };
  return { latitude, longitude: normalLongitude(longitude), elevation };
}

const SHOWN_DESCRIPTORS = 8;

function headOf({ edition, centre, category, descriptors, subsetCount, compressed }: MessageHeader): string {
  const names = descriptors.slice(0, SHOWN_DESCRIPTORS).map(digits);
  if (descriptors.length > SHOWN_DESCRIPTORS) names.push('...');
  const form = compressed ? 'compressed' : 'uncompressed';
  return `BUFR edition ${edition}, centre ${centre}, category ${category}, ${subsetCount} ${form} subset${subsetCount === 1 ? '' : 's'}, descriptors ${names.join(' ')}`;
}
