/** Explanations as text for people. Texts of the source stand as they are: who prints them makes them safe for a terminal. */

import type { MarkedField, SourceUnit } from '../sources/locator.js';
import type { RowElement } from './cdm-rows.js';
import type {
  ExplainedFeedback,
  ExplainedFile,
  ExplainedPlace,
  ExplainedSource,
  Explanation,
} from './explanation.js';

/** Longer lines are shown in part, around the value. */
const MAX_LINE = 110;
const AROUND = 45;
const NAME_WIDTH = 36;
const VALUE_WIDTH = 26;

/** The explanations of a file, one line per entry. */
export function explanationLines(file: ExplainedFile): string[] {
  return file.explanations.flatMap((explanation, i) => [
    ...(i === 0 ? [] : ['']),
    ...explanationOf(explanation, file),
  ]);
}

function explanationOf(explanation: Explanation, explained: ExplainedFile): string[] {
  const { file, profile } = explained;
  const { observationId, observation, report, launch, sources, places, feedback } = explanation;
  const variable = observation.elements.find(({ name }) => name === 'observed_variable')?.meaning ?? '';
  return [
    `${observationId}: ${[variable, ...summary(places)].filter(Boolean).join(', ')}`,
    '',
    `row ${observation.row} of observations_table in ${file}${profile === 'cuon' ? ' (profile cuon)' : ''}`,
    ...observation.elements.map(elementLine),
    '',
    `row ${report.row} of header_table: the report`,
    ...report.elements.map(elementLine),
    ...(launch === null
      ? []
      : ['', `row ${launch.row} of ${launch.table}: the launch`, ...launch.elements.map(elementLine)]),
    ...sources.flatMap((source) => ['', ...sourceLines(source)]),
    ...places.flatMap((place) => ['', ...placeLines(place)]),
    ...(places.length > 1
      ? [
          '',
          `The source says this ${places.length} times over: one row is written, the others count as duplicates.`,
        ]
      : []),
    ...feedback.flatMap((group) => ['', ...feedbackLines(group, explained)]),
  ];
}

/** The chain of the value. */
function summary(places: readonly ExplainedPlace[]): string[] {
  const chain = places[0]?.conversions.find(({ element }) => element === 'observation_value');
  return chain === undefined ? [] : [chain.steps.map(({ value, unit }) => `${value} ${unit}`).join(' -> ')];
}

function elementLine({ name, text, meaning }: RowElement): string {
  return `  ${column(name)}${meaning === '' ? text : `${text.padEnd(VALUE_WIDTH)}${meaning}`}`;
}

function sourceLines({ id, name, size, sha256, state, path, content, ...at }: ExplainedSource): string[] {
  const { byteOffset, report, howToGet } = at;
  const lines = [`source ${id}: ${name}, ${size}, sha256 ${sha256}`];
  if (state === 'missing')
    lines.push(`  not at hand; the report begins at byte ${byteOffset} of its content`);
  else
    lines.push(
      `  ${path}: ${state === 'same' ? 'the same file' : 'ANOTHER FILE by now, its sha256 differs'}`,
    );
  if (content !== null && content !== name) lines.push(`  content: ${content}`);
  if (howToGet !== '') lines.push(`  to get it: ${howToGet}`);
  if (report !== null) {
    const line = report.line === null ? '' : `, from line ${report.line} on`;
    lines.push(`  report: bytes ${report.from} to ${report.to} of the uncompressed content${line}`);
    lines.push(`    ${shortened(report.head.replaceAll('\t', ' | '))}`);
  }
  return lines;
}

function shortened(text: string): string {
  return text.length <= MAX_LINE ? text : `${text.slice(0, MAX_LINE - 4)} ...`;
}

function placeLines({ source, unit, fields, conversions, marks }: ExplainedPlace): string[] {
  return [
    `${unit.kind} ${unit.number} of ${source}: bytes ${unit.from} to ${unit.to}`,
    ...unitLines(unit, fields),
    ...fields.map(fieldLine),
    'conversions',
    ...conversions.map(
      ({ element, steps }) =>
        `  ${column(element)}${steps.map(({ value, unit: of }) => `${value} ${of}`).join(' -> ')}`,
    ),
    'quality control',
    ...marks.map(
      ({ name, raw, meaning, became }) =>
        `  ${column(name)}${raw === '' ? 'blank' : raw}: ${meaning} -> ${became}`,
    ),
  ];
}

/** The line with its fields marked, the value with `^`; of a long line the surroundings of the value. */
function unitLines(unit: SourceUnit, fields: readonly MarkedField[]): string[] {
  if (unit.kind !== 'line') return [`  ${unit.text}`];
  const columnsOf = (field: MarkedField): [from: number, to: number] => [
    field.from - unit.from,
    field.to - unit.from,
  ];
  if (unit.text.length > MAX_LINE) {
    const [from, to] = columnsOf(fields[0] ?? unitAsField(unit));
    const begin = Math.max(0, from - AROUND);
    const end = Math.min(unit.text.length, to + AROUND);
    const text = `${unit.text.slice(begin, from)}[${unit.text.slice(from, to)}]${unit.text.slice(to, end)}`;
    return [
      `  ${begin > 0 ? '... ' : ''}${text.replaceAll('\t', ' | ')}${end < unit.text.length ? ' ...' : ''}`,
    ];
  }
  const marks = [...' '.repeat(unit.text.length)];
  for (const field of fields.toReversed()) {
    const [from, to] = columnsOf(field);
    if (from < 0 || to > unit.text.length) continue;
    marks.fill(field.gives === 'observation_value' ? '^' : '~', from, to);
  }
  return [`  ${unit.text.replaceAll('\t', ' ')}`, `  ${marks.join('').trimEnd()}`];
}

function unitAsField({ from, to }: SourceUnit): MarkedField {
  return { name: '', gives: 'observation_value', from, to: Math.min(to, from + 1), raw: '' };
}

function fieldLine({ name, gives, from, to, raw, inWords }: MarkedField): string {
  const parts = [`bytes ${from} to ${to}`];
  const coding = inWords?.();
  if (coding !== undefined) parts.push(...coding.parts);
  const shown = raw !== '' ? raw : (coding?.withoutBytes ?? 'blank');
  return `  ${column(`${name} -> ${gives}`)}${shown}  (${parts.join('; ')})`;
}

function feedbackLines(
  { table, row, of, run, elements }: ExplainedFeedback,
  { feedbackGroups }: ExplainedFile,
): string[] {
  const title = [of, run].filter(Boolean).join(', ');
  const others = feedbackGroups.filter((name) => name !== table);
  return [
    `row ${row} of ${table}: feedback${title === '' ? '' : ` of ${title}`}`,
    ...elements.map(elementLine),
    ...(others.length > 0 ? [`  other feedback of the row: ${others.join(', ')} (--feedback)`] : []),
  ];
}

function column(name: string): string {
  return `${name} `.padEnd(NAME_WIDTH);
}
