import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../src/cdm/definitions.js';
import type { TableWarning } from '../../src/cdm/index.js';
import { TablesError } from '../../src/errors.js';

function parse(text: string | Uint8Array) {
  const warnings: TableWarning[] = [];
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const definition = parseDefinition('t', bytes, 'table_definitions/t.csv', warnings);
  return { elements: definition.elements, warnings };
}

const TABBED = 'element_name\tkind\texternal_table\tdescription\n';

describe('table definitions', () => {
  it.each([
    ['no comment', ''],
    ['one comment', '# Description: x\n'],
    ['two comments', '# Descripion: x\t\t\n# Source:\t\n'],
    ['a byte order mark', '\uFEFF# Source:\n'],
  ])('begin with %s', (_name, comments) => {
    const { elements, warnings } = parse(`${comments}${TABBED}report_id\tvarchar (pk)\t\tUnique ID\n`);
    expect(elements).toEqual([
      {
        name: 'report_id',
        kind: { base: 'varchar', array: false, primaryKey: true },
        description: 'Unique ID',
        extension: false,
      },
    ]);
    expect(warnings).toEqual([]);
  });

  it.each([
    'element_name\ttype\texternal_table\tdescription',
    'element_name\tkind\text. tab.\t description',
    'elemet_name,kind,external_table,description',
  ])('know their columns by position under %j', (header) => {
    const separator = header.includes('\t') ? '\t' : ',';
    const row = ['crs', 'int', 'crs:crs', 'text'].join(separator);
    expect(parse(`${header}\n${row}\n`).elements[0]).toMatchObject({
      externalTable: { table: 'crs', element: 'crs' },
      description: 'text',
    });
  });

  it('lose their LaTeX escapes and stray blanks', () => {
    const { elements } = parse(`${TABBED}report_id\t INTEGER\theader\\_table:report\\_id\t in \\% of  \n`);
    expect(elements[0]).toMatchObject({
      kind: { base: 'int' },
      externalTable: { table: 'header_table', element: 'report_id' },
      description: 'in % of',
    });
  });

  it('write blanks in element names as underscores', () => {
    expect(parse(`${TABBED}quality check type\tvarchar\t\t\n`).elements[0]?.name).toBe('quality_check_type');
  });

  it('keep quotes in tab-separated text and read quoted commas', () => {
    expect(parse(`${TABBED}a\tint\t\told def : "status status_t"\n`).elements[0]?.description).toBe(
      'old def : "status status_t"',
    );
    const commas = 'element_name,kind,external_table,description\na,int,,"old, ""status"""\n';
    expect(parse(commas).elements[0]?.description).toBe('old, "status"');
  });

  it('accept rows that end before the description, without a warning', () => {
    const text =
      'element_name,kind,external_table,description\nlsm@surfbody_feedback, numeric\nobs_id, int (pk),o:id\n';
    const { elements, warnings } = parse(text);
    expect(elements.map(({ name, kind }) => [name, kind.base])).toEqual([
      ['lsm@surfbody_feedback', 'numeric'],
      ['obs_id', 'int'],
    ]);
    expect(warnings).toEqual([]);
  });

  it('split a kind from a description at a run of blanks, with a warning', () => {
    const { elements, warnings } = parse(
      'element_name,kind,external_table,description\neda_spread@errstat, numeric  (Unscaled) spread from the EDA\n',
    );
    expect(elements[0]).toMatchObject({
      kind: { base: 'numeric' },
      description: '(Unscaled) spread from the EDA',
    });
    expect(warnings).toMatchObject([{ file: 'table_definitions/t.csv', line: 2 }]);
  });

  it('take a link that slipped into the description column back, with a warning', () => {
    const { elements, warnings } = parse(
      `${TABBED}metadata_contact\tvarchar[]\t\tcontact:contact_id      contact for x\n`,
    );
    expect(elements[0]).toMatchObject({
      externalTable: { table: 'contact', element: 'contact_id' },
      description: 'contact for x',
    });
    expect(warnings).toHaveLength(1);
  });

  it('read text in the link column as description, with a warning', () => {
    const { elements, warnings } = parse(`${TABBED}value\tvarchar\tKind\tinherited from field\n`);
    expect(elements[0]?.externalTable).toBeUndefined();
    expect(elements[0]?.description).toBe('Kind inherited from field');
    expect(warnings).toMatchObject([{ line: 2 }]);
  });

  it('read bytes that are not UTF-8 as windows-1252, with a warning', () => {
    const latin = Buffer.from(`${TABBED}a\tint\t\tcatchment \x91x\x92 30 \xb0C\n`, 'latin1');
    const { elements, warnings } = parse(latin);
    expect(elements[0]?.description).toBe('catchment ‘x’ 30 °C');
    expect(warnings).toEqual([
      { file: 'table_definitions/t.csv', line: 1, message: 'not UTF-8, read as windows-1252' },
    ]);
  });

  it.each([
    ['an unknown kind', `${TABBED}a\tint\t\t\nb\tfloat8\t\t\n`, 'UNKNOWN_KIND', 3],
    ['a row without a name', `${TABBED}\tint\t\tx\n`, 'MALFORMED_DEFINITION', 2],
    ['an element that stands twice', `${TABBED}a\tint\t\t\na\tint\t\t\n`, 'DUPLICATE_ELEMENT', 3],
    ['another header', 'code\tname\n1\tx\n', 'MALFORMED_DEFINITION', 1],
    [
      'a quote that never closes',
      'element_name,kind,external_table,description\na,int,,"x\n',
      'MALFORMED_TABLE',
      undefined,
    ],
    ['no element', TABBED, 'MALFORMED_DEFINITION', undefined],
    ['nothing', '', 'EMPTY_TABLE', undefined],
    ['NUL characters', 'element_name\tkind\0', 'MALFORMED_TABLE', undefined],
  ])('refuse %s with file and line', (_name, text, code, line) => {
    expect(() => parse(text)).toThrow(TablesError);
    try {
      parse(text);
    } catch (error) {
      expect(error).toMatchObject({ code, position: { file: 'table_definitions/t.csv' } });
      if (line !== undefined) expect(error).toMatchObject({ position: { line } });
    }
  });
});
