/**
 * What the groups of feedback say of themselves. That of the dataset says what its descriptor has; any other one may be there as long
 * as it says what it is, and what it says holds: it was added after the harvest.
 */
import type { CdmEdition } from '../cdm/index.js';
import { type FeedbackGroup, feedbackGroups } from '../reading/feedback-groups.js';
import type { FeedbackDescriptor } from '../records/descriptor.js';
import {
  attributesOfColumn,
  attributesOfGroup,
  type FeedbackAttributes,
} from '../records/feedback-attributes.js';
import { isSameAttribute } from './attribute-values.js';
import type { FileView } from './file-view.js';

/** The groups that are no tables of the harvest and say what they are. */
export function addedFeedback(
  { contents }: Pick<FileView, 'contents'>,
  descriptors: readonly FeedbackDescriptor[],
): readonly FeedbackGroup[] {
  return feedbackGroups(contents).filter(
    ({ name, saysWhatItIs }) => saysWhatItIs && !descriptors.some(({ group }) => group === name),
  );
}

/** Names of the groups with a row for each observation: observations_table, the feedback of the dataset, and what was added. */
export function groupsByRow(view: FileView, descriptors: readonly FeedbackDescriptor[]): readonly string[] {
  const names = [
    'observations_table',
    ...descriptors.map(({ group }) => group),
    ...addedFeedback(view, descriptors).map(({ name }) => name),
  ];
  return names.filter((name) => view.contents.root.groups.has(name));
}

/** @param edition whose definitions the groups of the dataset follow */
export function checkFeedbackLayout(
  view: FileView,
  descriptors: readonly FeedbackDescriptor[],
  edition: CdmEdition,
): void {
  for (const descriptor of descriptors) {
    const defined = elementsOf(descriptor, edition);
    const group = view.contents.root.groups.get(descriptor.group);
    if (group === undefined) continue;
    for (const name of defined)
      if (!group.variables.has(name))
        view.findings.add(
          'column',
          { table: descriptor.group, variable: name },
          () => 'the column is missing',
        );
    checkStated(view, descriptor, defined);
  }
  for (const group of feedbackGroups(view.contents)) {
    const own = descriptors.find((one) => one.group === group.name);
    const defined = own === undefined ? [] : elementsOf(own, edition);
    for (const { column, text } of group.faults) {
      const isMissing = column !== '' && view.variable(group.name, column) === undefined;
      if (isMissing && defined.includes(column)) continue;
      view.findings.add(isMissing ? 'column' : 'layout', { table: group.name, variable: column }, () => text);
    }
  }
}

function elementsOf({ table }: FeedbackDescriptor, edition: CdmEdition): readonly string[] {
  const definition = table === null ? undefined : edition.definitions.get(table);
  return definition?.elements.map(({ name }) => name) ?? [];
}

/** A group without any of the attributes is of an earlier version. */
function checkStated(view: FileView, descriptor: FeedbackDescriptor, defined: readonly string[]): void {
  const { group: table } = descriptor;
  const group = view.contents.root.groups.get(table);
  if (group === undefined) return;
  const columns = [...group.variables.keys()];
  const names = [...new Set([...columns, ...defined])];
  const stated = [
    { variable: '', stored: group.attributes, expected: attributesOfGroup(descriptor, names) },
    ...columns.map((variable) => ({
      variable,
      stored: group.variables.get(variable)?.attributes ?? new Map(),
      expected: attributesOfColumn(descriptor, variable, names),
    })),
  ];
  const isSilent = stated.every(({ stored, expected }) =>
    Object.keys(expected).every((name) => !stored.has(name)),
  );
  if (isSilent) {
    view.findings.note(
      `${table} does not say what it is, as in files of earlier versions: harvest the station again to have it say so`,
    );
    return;
  }
  for (const { variable, stored, expected } of stated) compare(view, { table, variable }, stored, expected);
}

function compare(
  { findings }: FileView,
  place: { table: string; variable: string },
  stored: ReadonlyMap<string, Parameters<typeof isSameAttribute>[0]>,
  expected: FeedbackAttributes,
): void {
  for (const [name, value] of Object.entries(expected)) {
    const found = stored.get(name);
    if (found === undefined) findings.add('layout', place, () => `the attribute ${name} is missing`);
    else if (!isSameAttribute(found, value))
      findings.add('layout', place, () => `the attribute ${name} is not that of the dataset`);
  }
}
