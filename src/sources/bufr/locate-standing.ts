/** Where in the bits of a BUFR message a value stands, and how it became one. */
import { Z_TYPE } from '../../records/variables.js';
import type {
  CodingInWords,
  Conversion,
  FieldCoding,
  Given,
  MarkedField,
  QualityMark,
  Standing,
  Step,
} from '../locator.js';
import { shortest, step } from '../locator-step.js';
import { BitReader } from './bits.js';
import { digits } from './error.js';
import { ROLE, roleOf } from './levels-roles.js';
import type { Launch, LevelElements } from './locate-level.js';
import type { MessageHeader } from './message.js';
import type { Subset } from './subset.js';

/** How a field of BUFR is coded: value = (raw + reference) / 10^scale, with the increment of compressed data added to raw. */
export interface BufrCoding extends FieldCoding {
  format: 'bufr';
  /** Six digits. */
  descriptor: string;
  /** Index of the element in its subset, from 0. */
  element: number;
  scale: number;
  reference: number;
  /** First bit of the field, counted from the first bit of the message. */
  firstBit: number;
  width: number;
  raw: number;
  /** Compressed data: where the increment of the subset stands; null where there is none. */
  increment: { firstBit: number; width: number; raw: number } | null;
}

/** A subset of a message. */
export interface SubsetAt {
  bytes: Uint8Array;
  /** First byte of the message in the uncompressed file. */
  offset: number;
  header: MessageHeader;
  subset: Subset;
  firstBits: readonly number[];
  /** Among the subsets of the message, from 0. */
  number: number;
}

/** Bits that give the width of the increments of compressed data. */
const INCREMENT_WIDTH = 6;
const PERCENT_CONFIDENCE = 33007;
const SUBSTITUTED_VALUE = 223255;
const ASSOCIATED_FIELD = 999_999;

/** The value in element `i` of a level. */
export function describeBufr(
  at: SubsetAt,
  level: LevelElements,
  i: number,
  quality: Int8Array,
  launch: Launch,
): Standing {
  const { header, offset, bytes, number } = at;
  const fields: MarkedField[] = [];
  const conversions: Conversion[] = [];
  const add = (element: Given, index: number, further: readonly Step[] = []): void => {
    const coding = codingAt(at, index);
    fields.push(fieldAt(at, coding, element));
    conversions.push({ element, steps: [...stepsOf(at.subset, coding), ...further] });
  };
  add('observation_value', i);
  add('z_coordinate', level.coordinate, coordinateSteps(level, at.subset.values[level.coordinate]!));
  for (const index of level.elapsedAt) {
    const minutes = roleOf(at.subset.elements[index]!.descriptor) === ROLE.elapsedMinutes;
    add('elapsed_time', index, minutes ? [step(at.subset.values[index]! * 60, 's')] : []);
  }
  if (level.latitudeAt >= 0) {
    const isDisplaced = roleOf(at.subset.elements[level.latitudeAt]!.descriptor) !== ROLE.latitude;
    const from = (of: number, degrees: number): Step[] =>
      isDisplaced ? [step(degrees, `degrees, from the launch at ${of}`)] : [];
    add('latitude', level.latitudeAt, from(launch.latitude, level.latitude));
    add('longitude', level.longitudeAt, from(launch.longitude, level.longitude));
  }
  return {
    unit: {
      kind: 'subset',
      number: number + 1,
      from: offset,
      to: offset + bytes.length,
      text: `subset ${number + 1} of ${header.subsetCount} in the message at bytes ${offset} to ${offset + bytes.length}`,
    },
    fields,
    conversions,
    marks: marksOf(at, i, level.coordinate, quality),
  };
}

/** What makes a height of a geopotential, or of a height above the station. */
function coordinateSteps({ z, zType }: LevelElements, value: number): Step[] {
  if (z === value) return [];
  if (zType !== Z_TYPE.heightFromElevation) return [step(z, 'gpm')];
  return [step(z, `m above sea level, from the station at ${shortest(z - value)} m`)];
}

/** The bits of an element, as the format codes them. */
function codingAt({ bytes, header, subset, firstBits, number }: SubsetAt, index: number): BufrCoding {
  const { descriptor, width, scale, reference } = subset.elements[index]!;
  const firstBit = firstBits[index]!;
  const bits = new BitReader(bytes, header.data.start, header.data.end);
  bits.position = firstBit;
  const raw = bits.read(width);
  let increment: BufrCoding['increment'] = null;
  const added = header.compressed ? bits.read(INCREMENT_WIDTH) : 0;
  if (added > 0) {
    bits.skip(added * number);
    increment = { firstBit: bits.position, width: added, raw: bits.read(added) };
  }
  return {
    format: 'bufr',
    descriptor: digits(descriptor),
    element: index,
    scale,
    reference,
    firstBit,
    width,
    raw,
    increment,
  };
}

function fieldAt({ header, subset, offset }: SubsetAt, coding: BufrCoding, gives: Given): MarkedField {
  const { firstBit, width, raw, increment, element } = coding;
  const ownEnd = firstBit + width + (header.compressed ? INCREMENT_WIDTH : 0);
  const end = increment === null ? ownEnd : increment.firstBit + increment.width;
  const shown = (value: number, of: number): string => value.toString(2).padStart(of, '0');
  return {
    name: subset.elements[element]!.name,
    gives,
    from: offset + (firstBit >> 3),
    to: offset + ((end + 7) >> 3),
    raw:
      increment === null
        ? shown(raw, width)
        : `${shown(raw, width)} + ${shown(increment.raw, increment.width)}`,
    coding,
    inWords: () => inWords(coding),
  };
}

function inWords({ descriptor, element, firstBit, width, increment }: BufrCoding): CodingInWords {
  const parts = [
    `descriptor ${descriptor}, element ${element}, ${width} bits from bit ${firstBit} of the message on`,
  ];
  if (increment !== null) parts.push(`increment: ${increment.width} bits from bit ${increment.firstBit} on`);
  return { parts, withoutBytes: '' };
}

function stepsOf({ elements, values }: Subset, coding: BufrCoding): Step[] {
  const { element, raw, increment, reference, scale } = coding;
  const sum = increment === null ? raw : raw + increment.raw;
  const rule = [
    ...(increment === null ? [] : [`lowest ${raw} and increment ${increment.raw}`]),
    `reference ${reference}`,
    `scale ${scale}`,
  ].join(', ');
  return [step(sum, `as coded (${rule})`), step(values[element]!, elements[element]!.unit)];
}

/** What the message says of the quality of a value and of its coordinate. */
function marksOf({ subset }: SubsetAt, i: number, coordinate: number, quality: Int8Array): QualityMark[] {
  const { elements, values, links } = subset;
  const marks: QualityMark[] = [];
  for (let k = 0; k < subset.length; k++) {
    const target = links?.[k] ?? -1;
    if ((target !== i && target !== coordinate) || Number.isNaN(values[k]!)) continue;
    const ofValue = target === i;
    const { descriptor, name } = elements[k]!;
    if (descriptor === PERCENT_CONFIDENCE)
      marks.push({
        name: `${digits(descriptor)} ${name}`,
        raw: String(values[k]),
        meaning: `${values[k]} per cent of confidence in the ${ofValue ? 'value' : 'vertical coordinate'}`,
        became: ofValue ? `quality_flag ${quality[i]}` : 'only counted, where it is low',
      });
    else if (descriptor === SUBSTITUTED_VALUE && ofValue)
      marks.push({
        name: `${digits(descriptor)} ${name}`,
        raw: String(values[k]),
        meaning: `the message offers ${values[k]} in place of the value`,
        became: 'not taken, only counted',
      });
  }
  if (i > 0 && elements[i - 1]?.descriptor === ASSOCIATED_FIELD)
    marks.push({
      name: 'associated field',
      raw: String(values[i - 1]),
      meaning: 'quality information right before the value',
      became: `quality_flag ${quality[i]}`,
    });
  if (marks.length === 0)
    marks.push({ name: 'quality', raw: '', meaning: 'the message says nothing', became: 'quality_flag 2' });
  return marks;
}
