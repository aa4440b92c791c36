/** Reasons in words: every reason that the program can count has a sentence, which its source gives. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadMeanings } from '../../src/page/reasons.js';
import { GENERAL_REASONS, launchReasons } from '../../src/records/reasons.js';
import { sources } from '../../src/sources/registry.js';
import { ROOT } from '../cli/built.js';

const WITHOUT_WORDS = /no words for this reason/;

const meaningOf = await loadMeanings(sources.keys());

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

describe('the words for reasons', () => {
  it('are there for what the damaged files of the corpus bring about', () => {
    const reasons = recordedReasons();
    expect(reasons.length).toBeGreaterThan(100);
    expect(reasons.filter((reason) => WITHOUT_WORDS.test(meaningOf(reason, false).text))).toEqual([]);
  });

  it.each([...sources.keys()])('are sentences of their own, each code once: %s', async (dataset) => {
    const source = await sources.get(dataset)?.();
    const reasons = [
      ...GENERAL_REASONS,
      ...launchReasons(source?.launches),
      ...((await source?.reasons()) ?? []),
    ];
    expect(reasons.length).toBeGreaterThan(50);
    const codes = reasons.map(({ code }) => code);
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
    expect(reasons.filter(({ sentence }) => !/^[A-Z<].*\.$/.test(sentence))).toEqual([]);
    for (const { code, effect, sentence } of reasons)
      expect(meaningOf(`${dataset}.${code.replace(/<[a-z]+>/, '1')}`, false)).toEqual({
        effect,
        text: sentence.replace(/<[a-z]+>/, '1'),
      });
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
