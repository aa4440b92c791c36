import { describe, expect, it } from 'vitest';
import { describeError, describeSkip, printable } from '../../src/cli/messages.js';
import {
  asStorageError,
  EXIT,
  exitCodeOf,
  InputError,
  NetworkError,
  StorageError,
  TablesError,
  UsageError,
} from '../../src/errors.js';

describe('printable', () => {
  it.each([
    ['a\u001b[31mred\u0007', 'a\\x1b[31mred\\x07'],
    ['two\nlines\r\tand a tab', 'two\\x0alines\\x0d\\x09and a tab'],
    ['\u007f\u0085\u009b', '\\x7f\\x85\\x9b'],
    ['abc\u202etxt.exe\u2028x', 'abc\\u202etxt.exe\\u2028x'],
    ['Gdańsk 🎈 ñ', 'Gdańsk 🎈 ñ'],
  ])('%j becomes %j', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });
});

describe('describeError', () => {
  it('says what, where, and what to do', () => {
    const error = new InputError('GZIP_DAMAGED', 'a level is cut', {
      file: 'x.txt',
      line: 12,
      byteOffset: 345,
      field: 'PRESS',
      hint: 'Fetch it again.',
    });
    expect(describeError(error)).toBe(
      'harvest: a level is cut [GZIP_DAMAGED]\n  where: x.txt, line 12, byte 345, field PRESS\n  Fetch it again.\n',
    );
  });

  it('names the file once', () => {
    expect(describeError(new InputError('INPUT_EMPTY', 'x.txt is empty', { file: 'x.txt' }))).toBe(
      'harvest: x.txt is empty [INPUT_EMPTY]\n',
    );
  });

  it('lets no name of a file make a line of its own', () => {
    const file = 'a\nharvest: all is well\u001b[2J.txt';
    const text = describeError(new InputError('GZIP_DAMAGED', `${file} is bad`, { file }));
    expect(text).toBe('harvest: a\\x0aharvest: all is well\\x1b[2J.txt is bad [GZIP_DAMAGED]\n');
  });

  it('keeps the lines of a list', () => {
    expect(describeError(new TablesError('TABLES_DRIFT', 'differ:\n  units: 5'))).toBe(
      'harvest: differ:\n  units: 5 [TABLES_DRIFT]\n',
    );
  });

  it('asks to report what nobody expected, with the stack', () => {
    expect(describeError(new RangeError('odd'))).toMatch(
      /^harvest: unexpected error, please report it.*\nRangeError: odd\n {4}at /,
    );
    expect(describeError('text')).toContain('\ntext\n');
  });

  it('describes a skipped part of an input', () => {
    const skip = { file: 'a\u0007.txt', byteOffset: 7, reason: 'igra2.report.truncated', detail: 'cut off' };
    expect(describeSkip(skip)).toBe('skipped: a\\x07.txt, byte 7: cut off [igra2.report.truncated]');
  });
});

describe('exit codes', () => {
  it.each([
    [new UsageError('USAGE', ''), 2],
    [new NetworkError('HTTP_404', ''), 4],
    [new InputError('WRONG_FORMAT', ''), 5],
    [new StorageError('EIO', ''), 6],
    [new TablesError('UNKNOWN_CODE', ''), 8],
    [new Error('A'), 1],
    ['A', 1],
    [Object.assign(new Error('write'), { code: 'ENOSPC', errno: -28 }), 6],
    [Object.assign(new Error('odd'), { code: 'EWHAT', errno: -1 }), 1],
    [Object.assign(new Error('no errno'), { code: 'ENOSPC' }), 1],
  ])('%s leads to %i', (error, code) => {
    expect(exitCodeOf(error)).toBe(code);
  });

  it('are the documented ones', () => {
    expect(EXIT).toEqual({
      ok: 0,
      unexpected: 1,
      usage: 2,
      skippedInput: 3,
      network: 4,
      corruptInput: 5,
      storage: 6,
      lockHeld: 7,
      validation: 8,
      interrupted: 130,
    });
  });
});

describe('asStorageError', () => {
  it.each([
    ['ENOSPC', 'no space left on the device (ENOSPC)'],
    ['EDQUOT', 'no space left on the device (EDQUOT)'],
    ['EACCES', 'permission denied (EACCES)'],
    ['EROFS', 'the file system is read-only (EROFS)'],
    ['ENOENT', 'no such file or directory (ENOENT)'],
    ['ENOTDIR', 'a part of the path is not a directory (ENOTDIR)'],
    ['EISDIR', 'it is a directory (EISDIR)'],
    ['EMFILE', 'too many open files (EMFILE)'],
    ['EIO', 'input/output error (EIO)'],
  ])('puts %s into words', (code, words) => {
    const cause = Object.assign(new Error(code), { code, errno: -1 });
    const error = asStorageError(cause, 'cannot write', '/x/y');
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({
      code,
      cause,
      position: { file: '/x/y' },
      message: `cannot write /x/y: ${words}`,
    });
    expect((error as StorageError).hint).toMatch(/\.$/);
  });

  it('leaves every other error alone', () => {
    for (const error of [
      new Error('x'),
      'x',
      Object.assign(new InputError('WRONG_FORMAT', 'x'), { code: 'ENOSPC', errno: -28 }),
      Object.assign(new Error(), { code: 'EODD', errno: 1 }),
    ])
      expect(asStorageError(error, 'a', 'b')).toBe(error);
  });
});
