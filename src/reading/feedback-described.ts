/** What the attributes of a group of feedback and of its columns say, and what is wrong with it. For `feedback-groups.ts` alone. */
import type { NetcdfContents, StoredAttribute, StoredGroup, StoredVariable } from '../netcdf4/index.js';
import type { DepartureKind } from '../records/descriptor.js';
import { DEPARTURE_UNITS, DEPARTURES, OF_COLUMN, OF_GROUP } from '../records/feedback-attributes.js';
import { textOf } from './column.js';

/** Whether a group says what it is. */
export function isDescribed({ attributes }: StoredGroup): boolean {
  return attributes.has(OF_GROUP.of);
}

/** What a group says of all its departures; '' for what it does not say. */
export function statedBy({ attributes }: StoredGroup): {
  of: string;
  run: string;
  isInUnitsOfValue: boolean;
} {
  return {
    of: textOf(attributes.get(OF_GROUP.of)),
    run: textOf(attributes.get(OF_GROUP.run)),
    isInUnitsOfValue: textOf(attributes.get(OF_GROUP.units)) === 'observation',
  };
}

/** What is wrong with what a group says of a column, '' for the group itself. */
export interface FeedbackFault {
  readonly column: string;
  readonly text: string;
}

/** Whether the group counts departures as the program does, in a unit that it knows. */
export function saysHowCounted({ attributes }: StoredGroup): boolean {
  const units = textOf(attributes.get(OF_GROUP.units));
  return (
    textOf(attributes.get(OF_GROUP.departures)) === DEPARTURES &&
    (DEPARTURE_UNITS as readonly string[]).includes(units)
  );
}

export function namedColumns({ attributes }: StoredGroup): string[] {
  return [...new Set(textOf(attributes.get(OF_GROUP.columns)).split(' ').filter(Boolean))];
}

export function faultsOf(contents: NetcdfContents, group: StoredGroup): FeedbackFault[] {
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
export function faultOf(variable: StoredVariable): string | undefined {
  if (!isNumeric(variable)) return `a column of departures is of type ${variable.type}`;
  if (kindOf(variable) === undefined) return `${OF_COLUMN.from} is neither first guess nor analysis`;
  if (scalesOf(variable) === undefined)
    return `${OF_COLUMN.scaledVariables} and ${OF_COLUMN.scales} do not fit together`;
  return undefined;
}

export function isNumeric({ type }: StoredVariable): boolean {
  return type === 'float' || type === 'double';
}

export function kindOf({ attributes }: StoredVariable): DepartureKind | undefined {
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
export function scalesOf({ attributes }: StoredVariable): ReadonlyMap<number, number> | undefined {
  const codes = numbersIn(attributes.get(OF_COLUMN.scaledVariables));
  const factors = numbersIn(attributes.get(OF_COLUMN.scales));
  if (codes.length !== factors.length) return undefined;
  return new Map(codes.map((code, i) => [code, factors[i] as number]));
}

function numbersIn(attribute: StoredAttribute | undefined): number[] {
  return attribute === undefined || typeof attribute === 'string' ? [] : Array.from(attribute, Number);
}
