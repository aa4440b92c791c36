/** The decoder against what `bufr_dump -jf` of ecCodes 2.28 says of real messages. */
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.js';
import type { DecodedMessage } from '../../../src/sources/bufr/decode.js';
import type { Element, Subset } from '../../../src/sources/bufr/subset.js';
import { decodeBufr, scanAll } from '../../support/bufr-decoding.js';
import { SAMPLES_ABSENT, samplePath, samplesTitle, skipSamples } from '../../support/samples.js';

/** One item of the dump, which is flat with the option -jf. */
interface DumpItem {
  key: string;
  value: number | string | null;
  index?: number;
  code?: string;
  units?: string;
  scale?: number;
  reference?: number;
  width?: number;
}

const SUFFIX = '.bufr_dump_jf.json.gz';
const EXPECTED = SAMPLES_ABSENT === null ? readdirSync(samplePath('bufr/expected')) : [];

/** What the dump has of a subset: operators as 0, and no class 33 elements that a bitmap ties to others. */
function* dumpOf(subset: Subset, number: number): Generator<Partial<DumpItem>> {
  yield { key: 'subsetNumber', value: number };
  for (let i = 0; i < subset.length; i++) {
    const element = subset.elements[i]!;
    const { descriptor, name, kind } = element;
    const value = kind === 'text' ? (subset.texts?.[i] ?? null) : nullIfMissing(subset.values[i]!);
    const linked = (subset.links?.[i] ?? -1) >= 0;
    if (linked && descriptor < 100_000) continue;
    if (linked || descriptor === 205_000 + element.width / 8) yield { key: name, value };
    else if (descriptor > 200_000)
      yield { key: 'operator', value: 0, code: String(descriptor).padStart(6, '0') };
    else yield { key: name, value, ...shapeOf(element) };
  }
}

function nullIfMissing(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function shapeOf({ descriptor, unit, scale, reference, width }: Element): Partial<DumpItem> {
  return { code: String(descriptor).padStart(6, '0'), units: unit, scale, reference, width };
}

/** The dump has six significant digits and texts with their padding. */
function agrees(mine: Partial<DumpItem>, expected: DumpItem): boolean {
  const { value } = mine;
  const same =
    typeof value === 'number' && typeof expected.value === 'number'
      ? value === expected.value || Number(value.toPrecision(6)) === expected.value
      : value === (typeof expected.value === 'string' ? expected.value.trimEnd() : expected.value);
  return same && mine.key === expected.key && SHAPE.every((field) => mine[field] === expected[field]);
}
const SHAPE = ['code', 'units', 'scale', 'reference', 'width'] as const;

async function decodeSample(name: string): Promise<{ decoded: DecodedMessage[]; errors: InputError[] }> {
  const { messages, damage } = await scanAll(readFileSync(samplePath(`bufr/${name}`)));
  expect(damage).toEqual([]);
  const decoded: DecodedMessage[] = [];
  const errors: InputError[] = [];
  for (const { bytes } of messages) {
    try {
      decoded.push(decodeBufr(bytes));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      errors.push(error);
    }
  }
  return { decoded, errors };
}

describe.skipIf(skipSamples())(samplesTitle('real messages'), () => {
  it('have eight dumps', () => {
    expect(EXPECTED).toHaveLength(8);
  });

  it.each(EXPECTED)('decode to the dump %s', async (file) => {
    const text = gunzipSync(readFileSync(samplePath(`bufr/expected/${file}`))).toString();
    const expected = (JSON.parse(text) as { messages: DumpItem[] }).messages;
    const { decoded, errors } = await decodeSample(file.replace(SUFFIX, ''));
    expect(errors).toEqual([]);
    const mine = decoded.flatMap(({ subsets }) => subsets.flatMap((subset, k) => [...dumpOf(subset, k + 1)]));
    const wrong = expected.flatMap((item, i) =>
      mine[i] !== undefined && agrees(mine[i], item) ? [] : [{ i, mine: mine[i], item }],
    );
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(mine).toHaveLength(expected.length);
  });

  it.each([
    ['temp.bufr', 420, 557_775],
    ['temp_10.bufr', 10, 14_865],
    ['temp_hires.bufr', 1, 4550],
    ['IUSK73_AMMC_040000.bufr', 1, 27_470],
  ])('of %s: %i, %i values', async (name, messages, values) => {
    const { decoded, errors } = await decodeSample(name);
    expect(errors).toEqual([]);
    expect(decoded).toHaveLength(messages);
    const subsets = decoded.flatMap((message) => message.subsets);
    expect(subsets.reduce((sum, { length }) => sum + length, 0)).toBe(values);
  });

  it('of temp.bufr: all with quality, each confidence tied to the element that the bitmap names', async () => {
    const { decoded } = await decodeSample('temp.bufr');
    const subsets = decoded.flatMap((message) => message.subsets).filter(({ links }) => links !== null);
    expect(subsets).toHaveLength(420);
    expect(decoded.filter(({ header }) => header.descriptors.includes(223_255))).toHaveLength(75);
    for (const { links, length, elements, values } of subsets) {
      const first = elements.findIndex(({ descriptor }) => descriptor === 222_000);
      const bits = elements.flatMap(({ descriptor }, i) => (descriptor === 31031 ? [values[i]!] : []));
      // Only elements of table B stand before the first operator, so that bits and elements are one to one.
      const present = bits.slice(0, first).flatMap((bit, i) => (bit === 0 ? [i] : []));
      const confidences = elements.flatMap(({ descriptor }, i) => (descriptor === 33007 ? [links![i]!] : []));
      expect(length).toBeGreaterThan(first);
      expect(confidences).toEqual(present);
    }
  });

  it('have 5 to 11 percent of section 4 left over in 81 of 420 messages, a quarter in two short ones', async () => {
    const { decoded } = await decodeSample('temp.bufr');
    const parts = decoded.flatMap(({ leftOver, header: { data } }) =>
      leftOver === 0 ? [] : [leftOver / (8 * (data.end - data.start + 4))],
    );
    expect(parts.filter((part) => part > 0.05 && part < 0.12)).toHaveLength(81);
    expect(parts.filter((part) => part >= 0.12)).toEqual([160 / 688, 160 / 688]);
    expect(parts).toHaveLength(83);
  });

  it.each([
    ['btem_111.bufr', 0, [['BUFR_TEMPLATE', undefined]]],
    [
      'multi_invalid_messages.bufr',
      1,
      [
        ['BUFR_UNKNOWN_DESCRIPTOR', '301195'],
        ['BUFR_TRUNCATED', undefined],
      ],
    ],
  ])('that are invalid, of %s, are typed errors', async (name, good, expected) => {
    const { decoded, errors } = await decodeSample(name);
    expect(decoded).toHaveLength(good);
    expect(errors.map(({ code, position }) => [code, position.field])).toEqual(expected);
  });
});
