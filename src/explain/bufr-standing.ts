/** Where in the bits of a BUFR message a value stands, and how it became one. */
import { Z_TYPE } from '../records/variables.js';
import { BitReader } from '../sources/bufr/bits.js';
import { digits } from '../sources/bufr/error.js';
import { ROLE, roleOf } from '../sources/bufr/levels-roles.js';
import type { MessageHeader } from '../sources/bufr/message.js';
import type { Subset } from '../sources/bufr/subset.js';
import type { Launch, LevelElements } from './bufr-level.js';
import type { BufrCoding, Conversion, Given, MarkedField, QualityMark, Standing, Step } from './datum.js';
import { shortest, step } from './text-field.js';

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
    const field = fieldAt(at, index, element);
    fields.push(field);
    conversions.push({ element, steps: [...stepsOf(at.subset, index, field), ...further] });
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

function fieldAt(at: SubsetAt, index: number, gives: Given): MarkedField {
  const { bytes, header, subset, firstBits, number, offset } = at;
  const { descriptor, name, width, scale, reference } = subset.elements[index]!;
  const firstBit = firstBits[index]!;
  const bits = new BitReader(bytes, header.data.start, header.data.end);
  bits.position = firstBit;
  const raw = bits.read(width);
  let increment: BufrCoding['increment'] = null;
  let lastBit = firstBit + width;
  if (header.compressed) {
    const added = bits.read(INCREMENT_WIDTH);
    lastBit += INCREMENT_WIDTH;
    if (added > 0) {
      bits.skip(added * number);
      increment = { firstBit: bits.position, width: added, raw: bits.read(added) };
      lastBit = bits.position;
    }
  }
  const shown = (value: number, of: number): string => value.toString(2).padStart(of, '0');
  return {
    name,
    gives,
    from: offset + (firstBit >> 3),
    to: offset + ((lastBit + 7) >> 3),
    raw:
      increment === null
        ? shown(raw, width)
        : `${shown(raw, width)} + ${shown(increment.raw, increment.width)}`,
    coding: {
      format: 'bufr',
      descriptor: digits(descriptor),
      element: index,
      scale,
      reference,
      firstBit,
      width,
      raw,
      increment,
    },
  };
}

function stepsOf({ elements, values }: Subset, index: number, { coding }: MarkedField): Step[] {
  if (coding?.format !== 'bufr') return [];
  const { raw, increment, reference, scale } = coding;
  const sum = increment === null ? raw : raw + increment.raw;
  const rule = [
    ...(increment === null ? [] : [`lowest ${raw} and increment ${increment.raw}`]),
    `reference ${reference}`,
    `scale ${scale}`,
  ].join(', ');
  return [step(sum, `as coded (${rule})`), step(values[index]!, elements[index]!.unit)];
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
