import { describe, expect, it } from 'vitest';
import { compatibleBase, formatKind, parseKind } from '../../src/cdm/kinds.js';

describe('kind cells', () => {
  it.each([
    ['int', 'int', false, false],
    ['int ', 'int', false, false],
    ['int  ', 'int', false, false],
    [' varchar', 'varchar', false, false],
    ['varchar (pk)', 'varchar', false, true],
    ['varchar (pk) ', 'varchar', false, true],
    ['varchar(pk)', 'varchar', false, true],
    ['int(pk)', 'int', false, true],
    [' int (pk)', 'int', false, true],
    ['int[]', 'int', true, false],
    ['int[]*', 'int', true, false],
    ['varchar[]*', 'varchar', true, false],
    ['numeric ', 'numeric', false, false],
    ['  numeric', 'numeric', false, false],
    [' INTEGER', 'int', false, false],
    [' REAL', 'numeric', false, false],
    [' STRING', 'varchar', false, false],
    ['BITFIELD', 'int', false, false],
    ['bool', 'bool', false, false],
    ['timestamp', 'timestamp', false, false],
    ['timestamp with timezone', 'timestamp', false, false],
    ['timestamp  with timezone', 'timestamp', false, false],
  ])('reads %j', (cell, base, array, primaryKey) => {
    expect(parseKind(cell)).toEqual({ base, array, primaryKey });
  });

  it.each([
    '',
    ' ',
    'Kind',
    'float8',
    'int[',
    'int pk',
    'timestamp without timezone',
    'varchar (fk)',
    '__proto__',
    'int,int',
  ])('refuses %j', (cell) => {
    expect(parseKind(cell)).toBeUndefined();
  });

  it('writes kinds that read back as they were', () => {
    for (const text of ['int', 'int (pk)', 'varchar[]', 'timestamp', 'bool', 'numeric']) {
      const kind = parseKind(text);
      expect(kind && formatKind(kind)).toBe(text);
    }
  });

  it('lets flags be int or bool and nothing else stand for another kind', () => {
    expect(compatibleBase('bool', 'int')).toBe(true);
    expect(compatibleBase('int', 'bool')).toBe(true);
    expect(compatibleBase('numeric', 'numeric')).toBe(true);
    expect(compatibleBase('numeric', 'int')).toBe(false);
    expect(compatibleBase('varchar', 'timestamp')).toBe(false);
  });
});
