import { describe, expect, it } from 'vitest';
import { parseCodeTable } from '../../src/cdm/code-table.js';
import type { KindBase, TableDefinition, TableWarning } from '../../src/cdm/index.js';
import { TablesError } from '../../src/errors.js';

function define(...elements: [name: string, base: KindBase, primaryKey?: boolean][]): TableDefinition {
  return {
    name: 't',
    elements: elements.map(([name, base, primaryKey = false]) => ({
      name,
      kind: { base, array: false, primaryKey },
      description: '',
      extension: false,
    })),
  };
}

function parse(text: string, definition?: TableDefinition) {
  const warnings: TableWarning[] = [];
  const table = parseCodeTable('t', new TextEncoder().encode(text), 'tables/t.dat', definition, warnings);
  return { ...table, warnings };
}

describe('code tables', () => {
  it('have numbers as codes, whatever their zeros', () => {
    const { rows, columns, warnings } = parse('units\tname\n005\tkelvin\n110\tdegree\n');
    expect(columns).toEqual(['units', 'name']);
    expect(rows).toEqual([
      { code: 5, values: ['5', 'kelvin'] },
      { code: 110, values: ['110', 'degree'] },
    ]);
    expect(warnings).toEqual([]);
  });

  it('give null for an empty field and keep NA and NULL, for NA is a country code', () => {
    const { rows } = parse('sub_region,type,code,name\n7,country,,X\n8,country,NA,NAMIBIA\n9,NULL, ,Y\n');
    expect(rows.map(({ values }) => values)).toEqual([
      ['7', 'country', null, 'X'],
      ['8', 'country', 'NA', 'NAMIBIA'],
      ['9', 'NULL', null, 'Y'],
    ]);
  });

  it('clean their titles', () => {
    expect(parse('Identifier   ,Instrument used,\n1,x\n').columns).toEqual(['Identifier', 'Instrument_used']);
    expect(parse('uncertainty type\tname\n1\tx\n').columns[0]).toBe('uncertainty_type');
  });

  it('are keyed by the first integer primary key that they have, else by their first column', () => {
    const text = 'field_id,parameter,code_value\nBARG,all,3\n';
    const both = define(['field_id', 'varchar', true], ['parameter', 'varchar'], ['code_value', 'int', true]);
    expect(parse(text, both)).toMatchObject({ keyColumn: 'code_value', rows: [{ code: 3 }] });
    expect(parse('index,name\n4,x\n', define(['code', 'int', true])).keyColumn).toBe('index');
    expect(parse('index,name\n4,x\n').keyColumn).toBe('index');
  });

  it('have no number where the key is text', () => {
    const { rows, warnings } = parse('field_id,name\nBARG,x\n02,y\n', define(['field_id', 'varchar', true]));
    expect(rows).toEqual([
      { code: Number.NaN, values: ['BARG', 'x'] },
      { code: 2, values: ['02', 'y'] },
    ]);
    expect(warnings).toEqual([]);
  });

  it('keep every row of a code that stands several times', () => {
    const { rows } = parse('method\tvariable\n1\t36\n1\t37\n2\t58\n');
    expect(rows.map(({ code, values }) => [code, values[1]])).toEqual([
      [1, '36'],
      [1, '37'],
      [2, '58'],
    ]);
  });
});

describe('malformed rows', () => {
  const HEADER = 'variable\tgroup\tname\tunits\n';

  it.each([
    ['surplus text after a full row', '167\tgnss\tdelay\tm\tnew variable', ['167', 'gnss', 'delay', 'm']],
    ['an empty surplus field', '3\ta\tb\tm\t', ['3', 'a', 'b', 'm']],
    ['runs of blanks for tabs', '169\thumidity   wetness  Ohms', ['169', 'humidity', 'wetness', 'Ohms']],
    ['a lost separator that cannot be found', '170\thumidity  soil moisture', ['170', null, null, null]],
    ['a surplus field that may have moved the others', '5\ta\t\tb\tm', ['5', null, null, null]],
    ['a code and blanks only', '6   text', ['6', null, null, null]],
    ['code and text in one field', '1    radiation\t\tb\tm', ['1', 'radiation', 'b', 'm']],
  ])('with %s keep what is certain, with a warning', (_name, row, values) => {
    const { rows, warnings } = parse(`${HEADER}1\tx\ty\tz\n${row}\n9\tp\tq\tr\n`);
    expect(rows[1]).toEqual({ code: Number(values[0]), values });
    expect(rows[2]).toEqual({ code: 9, values: ['9', 'p', 'q', 'r'] });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({ file: 'tables/t.dat', line: 3 });
  });

  it('take a shortfall that all rows share for columns never filled, and one row alone for damage', () => {
    const all = parse('type,name,description,reference\n1,a,b\n2,c,d\n');
    expect(all.rows.map(({ values }) => values)).toEqual([
      ['1', 'a', 'b', null],
      ['2', 'c', 'd', null],
    ]);
    expect(all.warnings).toMatchObject([{ line: 2, message: expect.stringContaining('reference') }]);
    const one = parse('type,name,description,reference\n1,a,b\n2,c,d,e\n');
    expect(one.rows[0]).toEqual({ code: 1, values: ['1', null, null, null] });
  });

  it('without a readable code are left out, with a warning', () => {
    const { rows, warnings } = parse('flag,description\nx,a\n,b\n1.5,c\n99999999999999999999,d\n2,e\n');
    expect(rows).toEqual([{ code: 2, values: ['2', 'e'] }]);
    expect(warnings.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
  });

  it.each([
    ['repeated titles', 'a,b,a\n1,2,3\n'],
    ['an empty title', 'a,,c\n1,2,3\n'],
  ])('in the header (%s) are an error', (_name, text) => {
    expect(() => parse(text)).toThrow(TablesError);
  });

  it('number their lines over comments, empty lines and quoted line ends', () => {
    const { warnings } = parse('# a\n\nflag,description\n1,"two\nlines"\n\nx,y\n');
    expect(warnings).toMatchObject([{ line: 7 }]);
  });
});
