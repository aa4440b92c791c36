/**
 * The groups of feedback of a station file: which model each comes from, and which of its columns are departures, and of what kind. A group says so
 * itself, by the attributes of `records/feedback-attributes.ts`, which `feedback-described.ts` alone reads. Groups of files that were written before
 * there were such attributes are known by their columns, which are those of ODB.
 */
import { UsageError } from '../errors.js';
import type { NetcdfContents, StoredGroup, StoredVariable } from '../netcdf4/index.js';
import type { DepartureKind } from '../records/descriptor.js';
import { FEEDBACK_NAME } from '../records/feedback-attributes.js';
import { OBSERVED_VARIABLE, STANDARD_GRAVITY } from '../records/variables.js';
import { stationColumn, textOf } from './column.js';
import {
  type FeedbackFault,
  faultOf,
  faultsOf,
  isDescribed,
  isNumeric,
  kindOf,
  namedColumns,
  saysHowCounted,
  scalesOf,
  statedBy,
} from './feedback-described.js';
import type { StationContents } from './station.js';
import { valueScale } from './value-units.js';

/** A column of departures: observation minus model, a number for each row of observations_table. */
export interface DepartureColumn {
  readonly group: string;
  readonly name: string;
  /** What is subtracted. */
  readonly from: DepartureKind;
  /** False where all rows are missing. */
  readonly hasValues: boolean;
  /** Departures of the rows `[from, to)` as they are stored, NaN where there is none. */
  numbers(from: number, to: number): Promise<Float64Array>;
  /** What makes a departure of an observed variable one in the unit of the CDM. */
  scale(code: number): number;
}

/** A group of feedback. */
export interface FeedbackGroup {
  readonly name: string;
  /** The reanalysis or the collection of forecasts, and its run; '' where the file does not say. */
  readonly of: string;
  readonly run: string;
  /** False in files of earlier versions. */
  readonly saysWhatItIs: boolean;
  /** Whether it has a row for each row of observations_table. */
  readonly isByRow: boolean;
  /** In the order of the file; those alone that are there and hold numbers. */
  readonly departures: readonly DepartureColumn[];
  readonly faults: readonly FeedbackFault[];
}

const OBSERVATIONS = 'observations_table';

/** What the groups of files of earlier versions hold: they are of ECMWF's ODB, which has geopotential and shares. */
const OLD_FORM = {
  /** Ending of the names of columns. */
  columns: '@body',
  departures: new Map<string, DepartureKind>([
    ['fg_depar@body', 'first guess'],
    ['an_depar@body', 'analysis'],
  ]),
  scales: new Map<number, number>([
    [OBSERVED_VARIABLE.geopotentialHeight, 1 / STANDARD_GRAVITY],
    [OBSERVED_VARIABLE.relativeHumidity, 100],
    [OBSERVED_VARIABLE.relativeHumiditySurface, 100],
  ]),
} as const;

/** Of files that are open: the launches of a file all ask. */
const known = new WeakMap<NetcdfContents, readonly FeedbackGroup[]>();

/** The groups of feedback of a file, in its order. */
export function feedbackGroups(contents: NetcdfContents): readonly FeedbackGroup[] {
  let groups = known.get(contents);
  if (groups === undefined) {
    groups = [...contents.root.groups].flatMap(([name, group]) => {
      if (!FEEDBACK_NAME.test(name)) return [];
      return isDescribed(group)
        ? described({ contents, name, group })
        : (ofOldForm({ contents, name, group }) ?? []);
    });
    known.set(contents, groups);
  }
  return groups;
}

/**
 * The group `name` of those that have a row for each observation, or without a name the first one that has departures; undefined
 * where the file has no such group.
 */
export function findFeedback({ contents }: StationContents, name = ''): FeedbackGroup | undefined {
  const groups = feedbackGroups(contents).filter(({ isByRow }) => isByRow);
  if (name !== '') return groups.find((group) => group.name === name);
  return (
    groups.find(({ departures }) => departures.some(({ hasValues }) => hasValues)) ??
    groups.find(({ departures }) => departures.length > 0) ??
    groups[0]
  );
}

/**
 * As `findFeedback`, for the word of a user.
 *
 * @throws UsageError `NO_FEEDBACK` where the file has no group of this name
 */
export function feedbackGroup(station: StationContents, name = ''): FeedbackGroup | undefined {
  const found = findFeedback(station, name);
  if (found !== undefined || name === '') return found;
  const groups = feedbackGroups(station.contents);
  if (groups.some((group) => group.name === name)) {
    throw new UsageError(
      'NO_FEEDBACK',
      `${station.path}: the feedback ${JSON.stringify(name)} has not one row for each observation`,
      { hint: "'harvest verify' says what is wrong with the file." },
    );
  }
  const byRow = groups.filter(({ isByRow }) => isByRow).map((group) => group.name);
  throw noFeedback([station.path], name, byRow);
}

/** That none of the files has the group `name`, '' for any at all; `groups` are those that they have. */
export function noFeedback(paths: readonly string[], name: string, groups: Iterable<string>): UsageError {
  const there = [...groups].join(', ');
  const what = name === '' ? 'no feedback of a reanalysis' : `no feedback ${JSON.stringify(name)}`;
  return new UsageError('NO_FEEDBACK', `${paths.join(', ')}: ${what}`, {
    hint:
      there === ''
        ? "Some datasets bring it: 'harvest sources' says which. Leave out --feedback."
        : `There is ${there}.`,
  });
}

/** The first column of departures of a kind; undefined where there is none. */
export function departureColumn(
  group: FeedbackGroup | undefined,
  from: DepartureKind,
): DepartureColumn | undefined {
  return group?.departures.find((column) => column.from === from);
}

interface Place {
  readonly contents: NetcdfContents;
  readonly name: string;
  readonly group: StoredGroup;
}

function described({ contents, name, group }: Place): FeedbackGroup {
  const { of, run, isInUnitsOfValue } = statedBy(group);
  const profile = textOf(contents.root.attributes.get('profile')) === 'cuon' ? 'cuon' : 'cdm';
  return {
    name,
    of,
    run,
    saysWhatItIs: true,
    isByRow: isByRow(contents, group),
    // Of another sign or in an unknown unit they would be shown as what they are not.
    departures: (saysHowCounted(group) ? namedColumns(group) : []).flatMap((column): DepartureColumn[] => {
      const variable = group.variables.get(column);
      if (variable === undefined || faultOf(variable) !== undefined) return [];
      const scales = scalesOf(variable);
      const scale = (code: number): number =>
        isInUnitsOfValue ? valueScale(code, profile) : (scales?.get(code) ?? 1);
      return [departureOf(name, variable, kindOf(variable) as DepartureKind, scale)];
    }),
    get faults() {
      return faultsOf(contents, group);
    },
  };
}

/** Undefined for a group that does not hold feedback. */
function ofOldForm({ contents, name, group }: Place): FeedbackGroup | undefined {
  if (![...group.variables.keys()].some((column) => column.endsWith(OLD_FORM.columns))) return undefined;
  const scale = (code: number): number => OLD_FORM.scales.get(code) ?? 1;
  return {
    name,
    of: '',
    run: '',
    saysWhatItIs: false,
    isByRow: isByRow(contents, group),
    departures: [...OLD_FORM.departures].flatMap(([column, from]) => {
      const variable = group.variables.get(column);
      return variable !== undefined && isNumeric(variable) ? [departureOf(name, variable, from, scale)] : [];
    }),
    faults: [],
  };
}

function departureOf(
  group: string,
  variable: StoredVariable,
  from: DepartureKind,
  scale: DepartureColumn['scale'],
): DepartureColumn {
  const { name } = variable;
  const column = stationColumn(variable);
  return {
    group,
    name,
    from,
    get hasValues() {
      // A column of one value throughout takes no bytes either: only a declared fill value makes it missing.
      return column.isStored || column.missing === undefined;
    },
    numbers: (first, end) => column.numbers(first, end),
    scale,
  };
}

function isByRow({ root }: NetcdfContents, group: StoredGroup): boolean {
  const rows = ({ variables }: StoredGroup): number | undefined => [...variables.values()][0]?.shape[0];
  const observations = root.groups.get(OBSERVATIONS);
  return observations !== undefined && rows(group) === rows(observations);
}
