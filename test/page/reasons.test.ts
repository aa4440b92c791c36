/** Reasons in words: every reason that the program can count has a sentence. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { meaningOf } from '../../src/page/reasons.js';
import { QUANTITIES as IGRA2_QUANTITIES } from '../../src/sources/igra2/counters.js';
import { REASONS as IGRA2_REASONS } from '../../src/sources/igra2/reasons.js';
import { QUANTITIES as ODB_QUANTITIES } from '../../src/sources/odb/quantities.js';
import { WHYS } from '../../src/sources/text/reasons.js';
import { REASONS as UADB_REASONS } from '../../src/sources/uadb/reasons.js';
import { filesBelow, ROOT } from '../cli/built.js';

const WITHOUT_WORDS = /no words for this reason/;

/** Reasons that the damaged files of the corpus bring about, as they were recorded. */
function recordedReasons(): string[] {
  const corpus: unknown = JSON.parse(readFileSync(join(ROOT, 'test/corpus/expected.json'), 'utf8'));
  const found = new Set<string>();
  const visit = (value: unknown, inCounts: boolean): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (inCounts && typeof inner === 'number') found.add(key);
      visit(inner, inCounts || key === 'noted' || key === 'dropped');
    }
  };
  visit(corpus, false);
  return [...found];
}

/** Reasons as they stand in the text of the program: `igra2.level.cut-off`, `${dataset}.report.joined`, `note(context, 'time.missing')`. */
function writtenReasons(): string[] {
  const folders = ['sources', 'match', 'run', 'records'].map((folder) => join(ROOT, 'src', folder));
  const text = folders
    .flatMap((folder) => filesBelow(folder, '.ts'))
    .map((path) => readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\//g, ''))
    .join('\n');
  const patterns = [
    /['`](?:igra2|ncar|bufr|\$\{(?:dataset|id|descriptor\.id)\})\.([a-z][\w-]*\.[a-z0-9.-]+[a-z0-9])['`]/g,
    /\b(?:note|skip|listOnce)\(\s*(?:this\.)?context,\s*'([a-z][\w-]*\.[a-z0-9.-]+)'/g,
  ];
  return [
    ...[...IGRA2_REASONS, ...UADB_REASONS].map(({ code }) => `any.${code}`),
    ...patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, what]) => `any.${what}`)),
  ];
}

describe('the words for reasons', () => {
  it('are there for what the damaged files of the corpus bring about', () => {
    const reasons = recordedReasons();
    expect(reasons.length).toBeGreaterThan(100);
    expect(reasons.filter((reason) => WITHOUT_WORDS.test(meaningOf(reason, false).text))).toEqual([]);
  });

  it('are there for every reason that is written in the program', () => {
    const reasons = writtenReasons();
    expect(reasons.length).toBeGreaterThan(50);
    expect(reasons.filter((reason) => WITHOUT_WORDS.test(meaningOf(reason, false).text))).toEqual([]);
  });

  it('are there for every quantity and every reason why it makes no row', () => {
    const quantities = [...IGRA2_QUANTITIES, ...ODB_QUANTITIES.map(({ name }) => name)];
    const reasons = quantities.flatMap((name) => [...WHYS, 'null'].map((why) => `igra2.${name}.${why}`));
    expect(reasons.filter((reason) => WITHOUT_WORDS.test(meaningOf(reason, true).text))).toEqual([]);
  });

  it.each([
    ['bufr.message.wind-profiler', /^A message that is no sounding \(wind profiler\): left out\.$/],
    ['era5_1.report.synop', /^A report that is no sounding \(SYNOP of a land station\): left out\.$/],
    ['bufr.message.truncated', /^A BUFR message that cannot be decoded/],
  ])('%s tells what was no sounding from what is damaged', (reason, text) => {
    expect(meaningOf(reason, false)).toEqual({ effect: 'left out', text: expect.stringMatching(text) });
  });

  it.each([
    [
      'igra2.air_temperature.qa-removed',
      true,
      'left out',
      /^Air temperature: removed by the archive's own quality control/,
    ],
    [
      'era5_1.dew_point_surface.null',
      true,
      'left out',
      /^Dew point at the surface: the archive has no value here\.$/,
    ],
    ['igra2.elapsed.missing', false, 'noted', /^Time since launch of a level: the archive has no value/],
    ['igra2.time.launch-day-moved', false, 'changed', /day before or after/],
    ['era5_1.coordinate.geopotential', false, 'changed', /9\.80665/],
    ['igra2.flag.air_temperature.B', false, 'noted', /^Air temperature: .*flag B.*narrow limits/],
    ['ncar.level.type-44', false, 'noted', /type 44/],
    ['era5_1.varno.255.unknown', true, 'left out', /number 255/],
    ['bufr.message.unknown-descriptor', false, 'left out', /unknown descriptor/],
    ['bufr.message.wind-profiler', false, 'left out', /is no sounding \(wind profiler\)/],
    [
      'bufr.air_temperature.substitute-offered',
      false,
      'noted',
      /^Air temperature: the message offers another value/,
    ],
    ['igra2.report.truncated', false, 'left out', /breaks off/],
  ])('of %s', (reason, dropped, effect, text) => {
    expect(meaningOf(reason, dropped)).toMatchObject({ effect, text: expect.stringMatching(text) });
  });

  it.each(['', '.', 'x', 'a.b.c.d', 'igra2.__proto__.missing', 'igra2.air_temperature.constructor'])(
    'say so where there are none: %j',
    (reason) => {
      expect(meaningOf(reason, false)).toMatchObject({
        effect: 'noted',
        text: expect.stringMatching(WITHOUT_WORDS),
      });
      expect(meaningOf(reason, true).effect).toBe('left out');
    },
  );
});
