import { TablesError } from '../errors.js';
import { cleanName, splitDelimited } from './delimited.js';
import { parseKind } from './kinds.js';
import type { ElementDefinition, Kind, TableDefinition, TableWarning } from './model.js';

const LINK = /^([A-Za-z0-9_]+)[:.]([A-Za-z0-9_@]+)$/;
/** A separator that was lost to an editor leaves a run of blanks: the only trace of where a cell ended. */
const BLANK_RUN = /^(\S+)\s{2,}(\S.*)$/;

/**
 * Parses one file of `table_definitions/`. The columns are known by position (element name, kind, external table, description), for
 * their titles vary (`kind`, `type`, `ext. tab.`, `elemet_name`); the second title must be `kind` or `type`.
 * A cell that lost its separator is split where a run of blanks marks the place, with a warning; nothing else is moved.
 * @throws TablesError `MALFORMED_DEFINITION`, `UNKNOWN_KIND`, `DUPLICATE_ELEMENT` with file and line.
 */
export function parseDefinition(
  name: string,
  bytes: Uint8Array,
  file: string,
  warnings: TableWarning[],
): TableDefinition {
  const { header, records, fallbackEncoding } = splitDelimited(bytes, file);
  if (fallbackEncoding) warnings.push({ file, line: 1, message: 'not UTF-8, read as windows-1252' });
  if (!/^(kind|type)$/i.test(header.cells[1] ?? '')) {
    throw new TablesError(
      'MALFORMED_DEFINITION',
      `${file}:${header.line}: the second title is "${header.cells[1] ?? ''}", expected "kind" or "type"`,
      { file, line: header.line },
    );
  }
  const elements: ElementDefinition[] = [];
  const seen = new Set<string>();
  for (const { line, cells } of records) {
    const warn = (message: string): void => void warnings.push({ file, line, message });
    const element = parseElement(cells, file, line, warn);
    if (seen.has(element.name)) {
      throw new TablesError('DUPLICATE_ELEMENT', `${file}:${line}: element ${element.name} stands twice`, {
        file,
        line,
        field: element.name,
      });
    }
    seen.add(element.name);
    elements.push(element);
  }
  if (elements.length === 0) {
    throw new TablesError('MALFORMED_DEFINITION', `${file} defines no element`, { file });
  }
  return { name, elements };
}

function parseElement(
  cells: readonly string[],
  file: string,
  line: number,
  warn: (message: string) => void,
): ElementDefinition {
  const name = cleanName(cells[0] ?? '');
  if (name === '') {
    throw new TablesError('MALFORMED_DEFINITION', `${file}:${line}: a row without an element name`, {
      file,
      line,
    });
  }
  const { kind, rest } = parseKindCell(name, cells[1] ?? '', file, line, warn);
  let external = cells[2] ?? '';
  let description = cells
    .slice(3)
    .filter((cell) => cell !== '')
    .join(', ');
  if (cells.slice(4).some((cell) => cell !== '')) {
    warn(`${name}: ${cells.length} fields under 4 titles, the surplus is read as part of the description`);
  }
  if (rest !== '') description = [rest, external, description].filter((part) => part !== '').join(' ');
  if (rest !== '') external = '';

  let link = LINK.exec(external);
  if (external !== '' && link === null) {
    warn(`${name}: "${external}" is no table:element, read as part of the description`);
    description = [external, description].filter((part) => part !== '').join(' ');
  }
  const displaced = external === '' ? BLANK_RUN.exec(description) : null;
  const displacedLink = displaced === null ? null : LINK.exec(displaced[1] ?? '');
  if (displaced !== null && displacedLink !== null) {
    warn(`${name}: the external table stands in the description column`);
    link = displacedLink;
    description = displaced[2] ?? '';
  }
  return {
    name,
    kind,
    ...(link !== null && { externalTable: { table: link[1] ?? '', element: link[2] ?? '' } }),
    description,
    extension: false,
  };
}

function parseKindCell(
  name: string,
  cell: string,
  file: string,
  line: number,
  warn: (message: string) => void,
): { kind: Kind; rest: string } {
  const kind = parseKind(cell);
  if (kind !== undefined) return { kind, rest: '' };
  const broken = BLANK_RUN.exec(cell);
  const first = broken === null ? undefined : parseKind(broken[1] ?? '');
  if (broken !== null && first !== undefined) {
    warn(`${name}: kind and description are not separated, split at the run of blanks`);
    return { kind: first, rest: broken[2] ?? '' };
  }
  throw new TablesError('UNKNOWN_KIND', `${file}:${line}: unknown kind "${cell}" of element ${name}`, {
    file,
    line,
    field: name,
  });
}
