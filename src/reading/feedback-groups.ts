/**
 * The groups of feedback of a station file: which model each comes from, and which of its columns are departures, and of what kind. A group says so
 * itself, by the attributes of `records/feedback-attributes.ts`; nothing else reads these. Groups of files that were written before
 * there were such attributes are known by their columns, which are those of ODB.
 */
import { UsageError } from '../errors.js';
import type { NetcdfContents, StoredAttribute, StoredGroup, StoredVariable } from '../netcdf4/index.js';
import type { DepartureKind } from '../records/descriptor.js';
import {
  DEPARTURE_UNITS,
  DEPARTURES,
  FEEDBACK_NAME,
  OF_COLUMN,
  OF_GROUP,
} from '../records/feedback-attributes.js';
import { OBSERVED_VARIABLE, STANDARD_GRAVITY } from '../records/variables.js';
import { stationColumn, textOf } from './column.js';
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

/** What is wrong with what a group says of a column, '' for the group itself. */
export interface FeedbackFault {
  readonly column: string;
  readonly text: string;
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
      const isDescribed = group.attributes.has(OF_GROUP.of);
      return isDescribed
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

/** What a group is of, in words: `ERA5, main stream`; its name where the file does not say. */
export function feedbackTitle({ name, of, run }: Pick<FeedbackGroup, 'name' | 'of' | 'run'>): string {
  return [of === '' ? name : of, run].filter(Boolean).join(', ');
}

interface Place {
  readonly contents: NetcdfContents;
  readonly name: string;
  readonly group: StoredGroup;
}

function described({ contents, name, group }: Place): FeedbackGroup {
  const text = (attribute: string): string => textOf(group.attributes.get(attribute));
  const isInUnitsOfValue = text(OF_GROUP.units) === 'observation';
  const profile = textOf(contents.root.attributes.get('profile')) === 'cuon' ? 'cuon' : 'cdm';
  return {
    name,
    of: text(OF_GROUP.of),
    run: text(OF_GROUP.run),
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

/** Whether the group counts departures as the program does, in a unit that it knows. */
function saysHowCounted({ attributes }: StoredGroup): boolean {
  const units = textOf(attributes.get(OF_GROUP.units));
  return (
    textOf(attributes.get(OF_GROUP.departures)) === DEPARTURES &&
    (DEPARTURE_UNITS as readonly string[]).includes(units)
  );
}

function namedColumns({ attributes }: StoredGroup): string[] {
  return [...new Set(textOf(attributes.get(OF_GROUP.columns)).split(' ').filter(Boolean))];
}

function faultsOf(contents: NetcdfContents, group: StoredGroup): FeedbackFault[] {
  const text = (attribute: string): string => textOf(group.attributes.get(attribute));
  const named = namedColumns(group);
  const ofGroup = [
    ...(text(OF_GROUP.of) === '' ? [`${OF_GROUP.of} is no text`] : []),
    ...(text(OF_GROUP.departures) === DEPARTURES
      ? []
      : [`${OF_GROUP.departures} is not ${JSON.stringify(DEPARTURES)}`]),
    ...((DEPARTURE_UNITS as readonly string[]).includes(text(OF_GROUP.units))
      ? []
      : [`${OF_GROUP.units} is not ${DEPARTURE_UNITS.join(' or ')}`]),
  ];
  const faults: FeedbackFault[] = ofGroup.map((each) => ({ column: '', text: each }));
  for (const column of named) {
    const variable = group.variables.get(column);
    const fault = variable === undefined ? 'the column of departures is missing' : faultOf(variable);
    if (fault !== undefined) faults.push({ column, text: fault });
  }
  for (const [column, { attributes }] of group.variables) {
    if (attributes.has(OF_COLUMN.from) && !named.includes(column))
      faults.push({ column, text: `${OF_GROUP.columns} of the group does not name this column` });
    const from = attributes.get(OF_COLUMN.unitsFrom);
    if (from !== undefined && !isColumn(contents, group, textOf(from)))
      faults.push({ column, text: `the column that ${OF_COLUMN.unitsFrom} names is not there` });
  }
  return faults;
}

/** Why a column cannot be one of departures. */
function faultOf(variable: StoredVariable): string | undefined {
  if (!isNumeric(variable)) return `a column of departures is of type ${variable.type}`;
  if (kindOf(variable) === undefined) return `${OF_COLUMN.from} is neither first guess nor analysis`;
  if (scalesOf(variable) === undefined)
    return `${OF_COLUMN.scaledVariables} and ${OF_COLUMN.scales} do not fit together`;
  return undefined;
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

function isNumeric({ type }: StoredVariable): boolean {
  return type === 'float' || type === 'double';
}

function kindOf({ attributes }: StoredVariable): DepartureKind | undefined {
  const from = attributes.get(OF_COLUMN.from);
  return from === 'first guess' || from === 'analysis' ? from : undefined;
}

/** A column of the group, or of another one as `<table>/<name>`. */
function isColumn({ root }: NetcdfContents, group: StoredGroup, name: string): boolean {
  if (group.variables.has(name)) return true;
  const at = name.indexOf('/');
  return at > 0 && root.groups.get(name.slice(0, at))?.variables.has(name.slice(at + 1)) === true;
}

/** Factors by code; undefined where the two lists do not fit together. */
function scalesOf({ attributes }: StoredVariable): ReadonlyMap<number, number> | undefined {
  const codes = numbersIn(attributes.get(OF_COLUMN.scaledVariables));
  const factors = numbersIn(attributes.get(OF_COLUMN.scales));
  if (codes.length !== factors.length) return undefined;
  return new Map(codes.map((code, i) => [code, factors[i] as number]));
}

function numbersIn(attribute: StoredAttribute | undefined): number[] {
  return attribute === undefined || typeof attribute === 'string' ? [] : Array.from(attribute, Number);
}
