/** Whether a file has the groups and columns of its edition of the tables, with their types, dimensions and attributes. */
import type { CdmEdition, ElementDefinition } from '../cdm/index.js';
import type { AttributeValue, StoredVariable } from '../netcdf4/index.js';
import { attributesOf, encodingOf } from '../output/index.js';
import type { FeedbackDescriptor } from '../records/descriptor.js';
import { isSameAttribute } from './attribute-values.js';
import { checkFeedbackLayout, groupsByRow } from './feedback-layout.js';
import type { FileView } from './file-view.js';
import type { FindingPlace } from './findings.js';

/** The tables that hold data; all others but the feedback groups are code tables. */
export const DATA_TABLES = [
  'observations_table',
  'header_table',
  'station_configuration',
  'source_configuration',
  'profile_configuration',
  'sensor_configuration',
] as const;

const RECORD_VARIABLES = { recordindex: 'int64', recordtimestamp: 'int64', recordsize: 'int' } as const;

/** Names of row dimensions by group, where they are not `row`; of every group under the profile `cuon`. */
const ROW_DIMENSIONS: Readonly<Record<string, string>> = {
  observations_table: 'observation',
  header_table: 'report',
};
const OTHER_ROWS = 'row';
const CUON_ROWS = 'index';

const FOREIGN_GROUP = 'no harvest writes this group: it was added by another program';

/** Attributes that depend on the values of a column. */
const OF_VALUES: ReadonlySet<string> = new Set(['_FillValue']);

/**
 * @param feedback the feedback of the dataset
 * @param exact whether the edition is the one that the file was made with; else only that its columns are there is checked
 */
export function checkLayout(
  view: FileView,
  edition: CdmEdition,
  feedback: readonly FeedbackDescriptor[],
  exact: boolean,
): void {
  checkRoot(view);
  const { groups } = view.contents.root;
  for (const table of DATA_TABLES) checkTable(view, table, edition, exact);
  for (const table of edition.tables.keys())
    if (exact && !groups.has(table)) missingTable(view, table, 'the table of codes');
  checkFeedbackLayout(view, feedback, edition);
  const feedbackGroups = groupsByRow(view, feedback).slice(1);
  for (const group of feedbackGroups) checkRows(view, group, view.rows('observations_table'));
  for (const table of groups.keys()) {
    const isKnown = DATA_TABLES.some((name) => name === table) || feedbackGroups.includes(table);
    // Code tables of an edition that is not at hand may have any name.
    if (!isKnown && !edition.tables.has(table) && exact)
      view.findings.add('table', { table }, () => FOREIGN_GROUP);
    checkRows(view, table, undefined);
    for (const inner of groups.get(table)?.groups.keys() ?? [])
      view.findings.add('table', { table: `${table}/${inner}` }, () => FOREIGN_GROUP);
  }
}

function checkRoot(view: FileView): void {
  const { variables } = view.contents.root;
  for (const [name, type] of Object.entries(RECORD_VARIABLES)) {
    const variable = variables.get(name);
    if (variable === undefined) {
      missingColumn(view, '', name);
      continue;
    }
    const dimension = view.profile === 'cdm' ? 'record' : name === 'recordsize' ? 'recordindex' : name;
    checkShape(view, { variable: name }, variable, type, dimension);
  }
  for (const name of variables.keys())
    if (!Object.hasOwn(RECORD_VARIABLES, name))
      view.findings.add(
        'layout',
        { variable: name },
        () => 'the root has a variable that is none of the record index',
      );
}

function checkTable(view: FileView, table: string, edition: CdmEdition, exact: boolean): void {
  const group = view.contents.root.groups.get(table);
  if (group === undefined) {
    missingTable(view, table, 'the table');
    return;
  }
  const elements = edition.definitions.get(table)?.elements ?? [];
  const defined = new Set(elements.map(({ name }) => name));
  for (const element of elements) {
    const variable = group.variables.get(element.name);
    if (variable === undefined) missingColumn(view, table, element.name);
    else checkColumn(view, table, element, variable, edition, exact);
  }
  if (!exact) return;
  for (const name of group.variables.keys())
    if (!defined.has(name))
      view.findings.add('layout', { table, variable: name }, () => `the tables define no column ${name}`);
}

/** One column of a data table against its definition. */
function checkColumn(
  view: FileView,
  table: string,
  element: ElementDefinition,
  variable: StoredVariable,
  edition: CdmEdition,
  exact: boolean,
): void {
  const place = { table, variable: element.name };
  const rows = view.profile === 'cuon' ? CUON_ROWS : (ROW_DIMENSIONS[table] ?? OTHER_ROWS);
  checkShape(view, place, variable, encodingOf(element).type, rows);
  if (exact) checkAttributes(view, place, variable, expectedAttributes(table, element, edition));
}

type Attributes = Readonly<Record<string, AttributeValue>>;

/** By the elements of an edition, each of which belongs to one table: all files of a run have the same. */
const EXPECTED = new WeakMap<CdmEdition, Map<ElementDefinition, Attributes>>();

function expectedAttributes(table: string, element: ElementDefinition, edition: CdmEdition): Attributes {
  const ofEdition = EXPECTED.get(edition) ?? new Map<ElementDefinition, Attributes>();
  const known = ofEdition.get(element) ?? attributesOf(table, element, edition);
  EXPECTED.set(edition, ofEdition.set(element, known));
  return known;
}

function checkShape(
  { findings }: FileView,
  place: FindingPlace,
  { type, shape, dimensions }: StoredVariable,
  expectedType: string,
  rowDimension: string,
): void {
  if (type !== expectedType)
    findings.add('layout', place, () => `the column is of type ${type}, not ${expectedType}`);
  const expected = expectedType === 'char' ? [rowDimension, `string${shape[1] ?? ''}`] : [rowDimension];
  if (dimensions.join() !== expected.join())
    findings.add(
      'layout',
      place,
      () => `the dimensions are (${dimensions.join(', ')}), not (${expected.join(', ')})`,
    );
}

function checkAttributes(
  { findings }: FileView,
  place: FindingPlace,
  { attributes }: StoredVariable,
  expected: Attributes,
): void {
  for (const [name, value] of Object.entries(expected)) {
    const stored = attributes.get(name);
    if (stored === undefined) findings.add('layout', place, () => `the attribute ${name} is missing`);
    else if (!isSameAttribute(stored, value))
      findings.add('layout', place, () => `the attribute ${name} is not that of the tables`);
  }
  for (const name of attributes.keys())
    if (!OF_VALUES.has(name) && !Object.hasOwn(expected, name))
      findings.add('layout', place, () => `the tables give no attribute ${name}`);
}

/** All variables of a group have as many rows as the first one, or as many as `expected`. */
function checkRows(view: FileView, table: string, expected: number | undefined): void {
  const rows = expected ?? view.rows(table);
  for (const [name, { shape }] of view.contents.root.groups.get(table)?.variables ?? [])
    if (shape[0] !== rows)
      view.findings.add(
        'layout',
        { table, variable: name },
        () => `the column has ${shape[0] ?? 0} rows, not ${rows}`,
      );
}

function missingTable({ findings }: FileView, table: string, what: string): void {
  findings.add('table', { table }, () => `${what} is missing`);
}

function missingColumn({ findings }: FileView, table: string, variable: string): void {
  findings.add('column', { table, variable }, () => 'the column is missing');
}
