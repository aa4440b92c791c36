/** docs/errors.md is what its script makes of the list of codes, and the lists have no code that nothing uses. */
import { describe, expect, it } from 'vitest';
import { listedCodes, makeErrorsDoc } from '../../scripts/make-errors-doc.js';
import type { ClassCode } from '../../src/errors.js';
import { sources } from '../support/import-arrows.js';
import { pageText } from './snippets.js';

const codes = await listedCodes();
/** All of `src` but the lists themselves, without comments. */
const src = [...sources]
  .filter(([path]) => !path.endsWith('error-codes.ts'))
  .map(([, text]) => text.replace(/\/\*[\s\S]*?\*\//g, ''))
  .join('\n');

it('is what the script makes: npx tsx scripts/make-errors-doc.ts', async () => {
  expect(pageText('docs/errors.md')).toBe(await makeErrorsDoc());
});

describe('the lists', () => {
  it('say of each code what it means and what to do', () => {
    for (const { code, means, remedy } of codes) {
      expect(means, code).toMatch(/^[A-Z`].*\.$/);
      expect(remedy, code).toMatch(/^[A-Z`].*\.$/);
    }
  });

  it('have each code of a class once', () => {
    const names = codes.map(({ error, code }) => `${error} ${code}`);
    expect(names).toEqual([...new Set(names)]);
  });

  it('have no code that nothing uses', () => {
    // Codes that are put together: HTTP_404, ZIP_BOMB.
    const made = { HTTP_: '`HTTP_${', _BOMB: '}_BOMB`', _TOO_LARGE: '}_TOO_LARGE`' };
    const isUsed = (code: string): boolean =>
      src.includes(`'${code}'`) ||
      Object.entries(made).some(([part, text]) => code.includes(part) && src.includes(text));
    expect(codes.filter(({ code }) => !isUsed(code))).toEqual([]);
  });

  it('are all that compiles', () => {
    // `npm run check` fails where one of these is the other.
    const typo: 'TYPO' extends ClassCode<'InputError'> ? true : false = false;
    const ofAnother: 'WRONG_FORMAT' extends ClassCode<'UsageError'> ? true : false = false;
    const listed: 'WRONG_FORMAT' extends ClassCode<'InputError'> ? true : false = true;
    expect([typo, ofAnother, listed]).toEqual([false, false, true]);
  });
});
