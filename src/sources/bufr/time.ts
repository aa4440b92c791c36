/** The times of a report from its data section and the header of its message. */

import { daysSince1900, isDate, SECONDS_PER_DAY } from '../../calendar.js';
import { isYear } from '../../records/bounds.js';
import { localMidday } from '../../records/time.js';
import { TIME_QUALITY } from '../../records/variables.js';
import type { MessageHeader } from './message.js';
import type { TimeNote } from './reasons.js';
import type { Subset } from './subset.js';

/** Report-level times as in `ReportColumns`, with what was odd about them. */
export interface ReportTimes {
  launchTime: number;
  nominalTime: number;
  dateOnlyTime: number;
  timeQuality: number;
  /** Names of the counters (`bufr.time.` left off) that this report adds one to. */
  notes: readonly TimeNote[];
}

/** Date and time of the data section, or of the header; NaN is missing. */
interface TimeGroup {
  /** Code table 0 08 021 in force, NaN for none. */
  significance: number;
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** Fields of a group by descriptor: 0 04 001 to 0 04 006. */
const FIELDS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;
const YEAR = 4001;
const TIME_SIGNIFICANCE = 8021;
const LAUNCH_TIME = 18;
const NOMINAL_TIME = 25;

/** A header is for the synoptic time that a launch belongs to; further away it is of something else. */
const HALF_A_DAY = SECONDS_PER_DAY / 2;

/**
 * The times of a report; null where neither the data section nor the header has a date.
 *
 * A time that the message marks as launch time (0 08 021 = 18) is the launch; the nominal time is then one that is marked so
 * (25), else that of the header. A time without a mark, as the templates of TEMP and PILOT reports up to 3 09 018 have it, is the
 * nominal time, whose minute is given only where it is not 0. The header alone serves where the data section has no full
 * time. The year is that of the data section, which has four digits; the header's of two follows it.
 *
 * @param flat indices of the elements outside replications
 * @param longitude degrees east, NaN where unknown, for a report of which only the date is known
 */
export function reportTimes(
  subset: Subset,
  flat: readonly number[],
  header: MessageHeader,
  longitude: number,
): ReportTimes | null {
  const groups = timeGroups(subset, flat);
  const times = timesOf(groups, header, longitude);
  const isOdd = groups.some(({ year }) => !Number.isNaN(year) && !isYear(year));
  if (times === null || !isOdd) return times;
  return { ...times, notes: times.notes.concat(['year-out-of-range']) };
}

function timesOf(groups: readonly TimeGroup[], header: MessageHeader, longitude: number): ReportTimes | null {
  const launch = groups.find(({ significance }) => significance === LAUNCH_TIME);
  const marked = groups.find(({ significance }) => significance === NOMINAL_TIME);
  const unmarked = groups.find(({ significance }) => Number.isNaN(significance));
  const dated = [launch, marked, unmarked].find(
    (group) => group !== undefined && !Number.isNaN(dateOf(group)),
  );
  const headerTime = secondsOf(headerGroup(header, dated?.year));
  const launchTime = launch === undefined ? Number.NaN : secondsOf(launch);
  const stated = [marked, unmarked].find((group) => group !== undefined && !Number.isNaN(secondsOf(group)));
  if (launch !== undefined && !Number.isNaN(launchTime)) {
    const nominalTime = stated === undefined ? headerTime : secondsOf(stated);
    // Some centres put the launch into the header as well: that is no synoptic time.
    const isSynoptic = nominalTime % 3600 === 0;
    const agrees = isSynoptic && Math.abs(nominalTime - launchTime) <= HALF_A_DAY;
    const notes = notesOf(launch);
    if (!isSynoptic && !Number.isNaN(nominalTime)) notes.push('header-time-not-synoptic');
    if (isSynoptic && !agrees) notes.push('nominal-disagrees-with-launch');
    return {
      launchTime,
      nominalTime: agrees ? nominalTime : Number.NaN,
      dateOnlyTime: Number.NaN,
      timeQuality: precisionOf(launch),
      notes,
    };
  }
  if (stated !== undefined) {
    const isWholeHour = Number.isNaN(stated.minute) || stated.minute === 0;
    return nominal(secondsOf(stated), isWholeHour ? TIME_QUALITY.hour : TIME_QUALITY.minute, notesOf(stated));
  }
  if (!Number.isNaN(headerTime)) return nominal(headerTime, TIME_QUALITY.hour, ['from-header']);
  if (dated === undefined) return null;
  return {
    launchTime: Number.NaN,
    nominalTime: Number.NaN,
    dateOnlyTime: localMidday(dateOf(dated), longitude),
    timeQuality: TIME_QUALITY.dateOnly,
    notes: ['missing-set-to-local-midday'],
  };
}

function nominal(nominalTime: number, timeQuality: number, notes: readonly TimeNote[]): ReportTimes {
  return { launchTime: Number.NaN, nominalTime, dateOnlyTime: Number.NaN, timeQuality, notes };
}

/** The dates and times of the data section in their order, each with the significance in force. */
function timeGroups({ elements, values }: Subset, flat: readonly number[]): TimeGroup[] {
  const groups: TimeGroup[] = [];
  let significance = Number.NaN;
  let group: TimeGroup | undefined;
  for (const i of flat) {
    const { descriptor } = elements[i]!;
    if (descriptor === TIME_SIGNIFICANCE) significance = values[i]!;
    const field = FIELDS[descriptor - YEAR];
    if (field === undefined) continue;
    if (group === undefined || descriptor === YEAR) {
      group = emptyGroup(significance);
      groups.push(group);
    }
    group[field] = values[i]!;
  }
  return groups;
}

function emptyGroup(significance: number): TimeGroup {
  const { NaN: missing } = Number;
  return {
    significance,
    year: missing,
    month: missing,
    day: missing,
    hour: missing,
    minute: missing,
    second: missing,
  };
}

/**
 * Section 1. Its year of the century (1 to 100) is taken nearest to the year of the data section, where that is known: a launch
 * of 31 December 1999 belongs to midnight of year 100.
 */
function headerGroup(header: MessageHeader, year = Number.NaN): TimeGroup {
  const { yearOfCentury, month, day, hour, minute, second } = header;
  let of = header.year;
  if (yearOfCentury !== null && !Number.isNaN(year))
    of = yearOfCentury + 100 * Math.round((year - yearOfCentury) / 100);
  return { significance: Number.NaN, year: of, month, day, hour, minute, second };
}

/** Midnight of the group's date, NaN where there is none. */
function dateOf({ year, month, day }: TimeGroup): number {
  if (!isYear(year) || !isDate(year, month, day)) return Number.NaN;
  return daysSince1900(year, month, day) * SECONDS_PER_DAY;
}

/** The time of a group, NaN without date and hour. Hour 24 is the end of the day; an impossible minute or second is left out. */
function secondsOf(group: TimeGroup): number {
  if (!(group.hour <= 24)) return Number.NaN;
  const minute = isSixtieth(group.minute) ? group.minute : 0;
  const second = isSixtieth(group.minute) && isSixtieth(group.second) ? group.second : 0;
  return dateOf(group) + group.hour * 3600 + minute * 60 + second;
}

function isSixtieth(value: number): boolean {
  return value >= 0 && value < 60;
}

function precisionOf(group: TimeGroup): number {
  if (!isSixtieth(group.minute)) return TIME_QUALITY.hour;
  return isSixtieth(group.second) ? TIME_QUALITY.second : TIME_QUALITY.minute;
}

function notesOf(group: TimeGroup): TimeNote[] {
  const notes: TimeNote[] = [];
  if (group.hour === 24) notes.push('hour-24');
  if (group.minute >= 60) notes.push('minute-out-of-range');
  if (group.second >= 60) notes.push('second-out-of-range');
  return notes;
}
