import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HarvestError } from '../../src/errors.js';
import { createNetcdf, type NetcdfFile } from '../../src/netcdf4/index.js';
import { temporaryFolder } from './oracle.js';

const at = temporaryFolder();

/** The code and message of what `action` throws, on a file with a group `g`, a dimension `x` of 3 and one that grows, `n`. */
async function refusal(action: (file: NetcdfFile) => unknown): Promise<string> {
  const file = await createNetcdf(at('guard.nc'));
  file.root.dimension('x', 3);
  file.root.dimension('n');
  file.root.group('g');
  try {
    await action(file);
  } catch (error) {
    if (!(error instanceof HarvestError)) throw error;
    return `${error.code} ${error.message}`;
  } finally {
    await file.abort();
  }
  return 'accepted';
}

describe('names', () => {
  it.each([
    ['', 'is empty'],
    ['a/b', 'has a slash'],
    ['a\0b', 'has a NUL'],
    [' a', 'starts or ends with a space'],
    ['a ', 'starts or ends with a space'],
    ['a\nb', 'has a control character'],
    ['u\u0308', 'is not in Unicode form NFC'],
    ['.', 'starts with a special character'],
    ['\ud800', 'is not well-formed Unicode'],
    ['x'.repeat(257), 'is longer than 256 bytes'],
  ])('%j is refused everywhere', async (name, why) => {
    for (const define of [
      (file: NetcdfFile) => file.root.group(name),
      (file: NetcdfFile) => file.root.dimension(name),
      (file: NetcdfFile) => file.root.variable(name, 'int', []),
      (file: NetcdfFile) => file.root.attribute(name, 1),
    ])
      expect(await refusal(define)).toMatch(new RegExp(`^NETCDF_NAME /: the name .* ${why}`));
  });

  it.each(['a', '_a', '2m', 'a b', 'ü', 'a.b-c+d@e', 'x'.repeat(256)])('%j is accepted', async (name) => {
    expect(await refusal((file) => file.root.group(name))).toBe('accepted');
  });

  it('names that readers reserve are refused for attributes', async () => {
    expect(await refusal((file) => file.root.attribute('_NCProperties', 'x'))).toContain('reserved');
    expect(await refusal((file) => file.root.attribute('_FillValue', 1))).toContain('reserved');
  });
});

describe('definitions', () => {
  it.each<[string, (file: NetcdfFile) => unknown, string]>([
    ['a second group', (file) => file.root.group('g'), 'NETCDF_DUPLICATE /g: the name is taken'],
    ['a second dimension', (file) => file.root.dimension('x'), 'NETCDF_DUPLICATE /x: '],
    ['a variable named as a group', (file) => file.root.variable('g', 'int', []), 'NETCDF_DUPLICATE /g: '],
    [
      'a variable named as a dimension that is not its own',
      (file) => file.root.variable('x', 'int', ['n']),
      'NETCDF_DUPLICATE /x: a dimension of this group has the name',
    ],
    [
      'a second coordinate variable',
      (file) => {
        file.root.variable('x', 'int', ['x']);
        file.root.variable('x', 'int', ['x']);
      },
      'NETCDF_DUPLICATE /x: ',
    ],
    [
      'a second attribute',
      (file) => {
        file.root.attribute('a', 1);
        file.root.attribute('a', 2);
      },
      'NETCDF_DUPLICATE /: the attribute a is there already',
    ],
    [
      'an unknown dimension',
      (file) => file.root.variable('v', 'int', ['y']),
      'NETCDF_DIMENSION /v: there is no dimension y',
    ],
    [
      'a dimension of another file',
      (file) => file.root.variable('v', 'int', [{ name: 'x', length: 3 }]),
      'NETCDF_DIMENSION /v: the dimension x is not of this file',
    ],
    [
      'a dimension of a group beside',
      (file) => file.root.variable('v', 'int', [file.root.group('h').dimension('y', 2)]),
      'NETCDF_DIMENSION /v: the dimension y is not of this group or a parent',
    ],
    [
      'a second dimension that grows',
      (file) => file.root.group('h').variable('v', 'int', ['x', 'n']),
      'NETCDF_DIMENSION /h/v: /n grows',
    ],
    ['a negative length', (file) => file.root.dimension('y', -1), 'NETCDF_DIMENSION /y: the length -1'],
    ['a broken length', (file) => file.root.dimension('y', 1.5), 'NETCDF_DIMENSION /y: the length 1.5'],
    [
      'a type that is none',
      (file) => file.root.variable('v', 'real' as 'int', []),
      'NETCDF_TYPE /v: no such type: real',
    ],
    [
      'a chunk of 4 GiB',
      (file) => file.root.variable('v', 'double', ['n'], { chunkRows: 2 ** 29 }),
      'NETCDF_CHUNK_SIZE /v: a chunk of 536870912 rows of 8 bytes',
    ],
    [
      'no chunk rows',
      (file) => file.root.variable('v', 'int', ['n'], { chunkRows: 0 }),
      'NETCDF_RANGE /v: chunkRows 0',
    ],
    [
      'a deflate level of 10',
      (file) => file.root.variable('v', 'int', ['n'], { deflateLevel: 10 }),
      'NETCDF_RANGE /v: the deflate level 10',
    ],
    [
      'a fill value out of range',
      (file) => file.root.variable('v', 'byte', [], { fill: 128 }),
      'NETCDF_FILL /v: ',
    ],
    [
      'a fraction as integer fill',
      (file) => file.root.variable('v', 'int', [], { fill: 0.5 }),
      'NETCDF_FILL /v: ',
    ],
    [
      'an inexact float fill',
      (file) => file.root.variable('v', 'float', [], { fill: 0.1 }),
      'NETCDF_FILL /v: ',
    ],
    [
      'a text as number fill',
      (file) => file.root.variable('v', 'int', [], { fill: '0' }),
      'NETCDF_FILL /v: ',
    ],
    [
      'a word as char fill',
      (file) => file.root.variable('v', 'char', [], { fill: 'no' }),
      'NETCDF_FILL /v: ',
    ],
    [
      'a number as string fill',
      (file) => file.root.variable('v', 'string', [], { fill: 0 }),
      'NETCDF_FILL /v: ',
    ],
    [
      'a text attribute over 64000 bytes',
      (file) => file.root.group('h').attribute('history', 'é'.repeat(32001)),
      'NETCDF_HEADER_SIZE /h:history: a text of 64002 bytes',
    ],
    [
      'an array attribute over 64000 bytes',
      (file) => file.root.attribute('a', new Float64Array(8001)),
      'NETCDF_HEADER_SIZE /:a: an array of 64008 bytes',
    ],
    [
      'too many strings',
      (file) => file.root.attribute('a', new Array(4001).fill('')),
      'NETCDF_HEADER_SIZE /:a: 4001 strings',
    ],
    ['a bigint over 64 bits', (file) => file.root.attribute('a', 2n ** 63n), 'NETCDF_ATTRIBUTE /:a: '],
    ['a text with a NUL', (file) => file.root.attribute('a', 'x\0y'), 'NETCDF_TEXT /:a: '],
    ['strings with a NUL', (file) => file.root.attribute('a', ['x', 'y\0']), 'NETCDF_TEXT /:a: '],
    [
      'an array that no netCDF type fits',
      (file) => file.root.attribute('a', new Uint8ClampedArray(1) as unknown as Uint8Array),
      'NETCDF_ATTRIBUTE /:a: ',
    ],
    ['an object as attribute', (file) => file.root.attribute('a', {} as string), 'NETCDF_ATTRIBUTE /:a: '],
  ])('%s is refused', async (_, action, expected) => {
    const message = await refusal(action);
    expect(message.slice(0, expected.length)).toBe(expected);
  });

  it('a refused definition leaves nothing behind', async () => {
    const file = await createNetcdf(at('clean.nc'));
    file.root.dimension('x', 2);
    expect(() => file.root.variable('v', 'int', ['x'], { fill: 0.5 })).toThrow(HarvestError);
    file.root.variable('v', 'int', ['x']).append(Int32Array.of(1, 2));
    await expect(file.close()).resolves.toBeDefined();
  });
});

describe('appending', () => {
  it.each<[string, (file: NetcdfFile) => unknown, string]>([
    [
      'an array of another type',
      (file) => file.root.variable('v', 'int', ['n']).append(new Float32Array(2)),
      'NETCDF_TYPE /v: Float32Array given for a variable of type int',
    ],
    [
      'signed bytes as text',
      (file) => file.root.variable('v', 'char', ['n']).append(new Int8Array(2)),
      'NETCDF_TYPE /v: Int8Array given',
    ],
    [
      'strings as numbers',
      (file) => file.root.variable('v', 'int', ['n']).append(['1']),
      'NETCDF_TYPE /v: Array given',
    ],
    [
      'numbers as strings',
      (file) => file.root.variable('v', 'string', ['n']).append(new Int8Array(1)),
      'NETCDF_TYPE /v: Int8Array given',
    ],
    [
      'a string with a NUL',
      (file) => file.root.variable('v', 'string', ['n']).append(['a', 'b\0c']),
      'NETCDF_TEXT /v: a string with a NUL character',
    ],
    [
      'part of a row',
      (file) => file.root.variable('v', 'int', ['n', 'x']).append(new Int32Array(4)),
      'NETCDF_SHAPE /v: 4 values are not whole rows of 3',
    ],
    [
      'fewer rows than a fixed dimension has',
      (file) => {
        file.root.variable('v', 'int', ['x']).append(new Int32Array(2));
        return file.close();
      },
      'NETCDF_ROWS /v: has 2 rows and no fill value for missing ones, /x needs 3',
    ],
    [
      'no rows where the variable has no fill value',
      (file) => {
        file.root.variable('v', 'int', ['n']).append(new Int32Array(2));
        file.root.group('h').variable('w', 'int', ['n']);
        return file.close();
      },
      'NETCDF_ROWS /h/w: has 0 rows and no fill value for missing ones, /v over the same dimension /n has 2',
    ],
    [
      'different numbers of rows, fill value or not',
      (file) => {
        file.root.variable('v', 'int', ['n']).append(new Int32Array(2));
        file.root.variable('w', 'int', ['n'], { fill: 0 }).append(new Int32Array(3));
        return file.close();
      },
      'NETCDF_ROWS /w: has 3 rows, /v over the same dimension /n has 2',
    ],
    [
      'a scalar without its value',
      (file) => {
        file.root.variable('v', 'int', []);
        return file.close();
      },
      'NETCDF_ROWS /v: has 0 rows and no fill value for missing ones, a scalar needs 1',
    ],
    [
      'more attachments than a dimension can list',
      async (file) => {
        const values = Int32Array.of(1, 2, 3);
        for (let i = 0; i < 4100; i++) file.root.variable(`v${i}`, 'int', ['x']).append(values);
        await file.close();
      },
      'NETCDF_HEADER_SIZE /x:REFERENCE_LIST: ',
    ],
  ])('%s is refused', async (_, action, expected) => {
    const message = await refusal(action);
    expect(message.slice(0, expected.length)).toBe(expected);
    expect(readdirSync(dirname(at('x'))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('a closed file takes nothing more', async () => {
    const file = await createNetcdf(at('closed.nc'));
    file.root.dimension('n');
    const variable = file.root.variable('v', 'int', ['n']);
    await file.close();
    for (const action of [
      () => variable.append(Int32Array.of(1)),
      () => variable.attribute('a', 1),
      () => file.root.attribute('a', 1),
      () => file.root.dimension('m'),
      () => file.root.group('g'),
      () => file.root.variable('w', 'int', []),
    ])
      expect(action).toThrow(/the file .*closed\.nc is closed/);
    await expect(file.close()).rejects.toMatchObject({ code: 'NETCDF_CLOSED' });
    await expect(file.ready()).rejects.toMatchObject({ code: 'NETCDF_CLOSED' });
    await expect(file.abort()).resolves.toBeUndefined();
    expect(readdirSync(dirname(at('x')))).toContain('closed.nc');
  });
});
