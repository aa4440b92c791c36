/** The keys of a field as ecCodes' keys of the same field tell them: what can be derived from both is compared. */
import type { FieldKeys } from '../../src/grib/keys.js';
import type { ExpectedField } from './grib-samples.js';

/** WMO numbers of the centres that ecCodes names. */
const CENTRES: Readonly<Record<string, number>> = {
  ...{ ecmf: 98, kwbc: 7, cnmc: 80, lssw: 215, edzw: 78, cwao: 54, lfpw: 85, lowm: 224, ekmi: 94 },
};
/** Metres, pascals ... of one unit of the levels of edition 1. */
const UNITS: Readonly<Record<string, number>> = {
  ...{ isobaricInhPa: 100, isobaricInPa: 1, depthBelowLandLayer: 0.01, heightAboveGround: 1, hybrid: 1 },
};
const MISSING = 2_147_483_647;
const PACKINGS: readonly (readonly [RegExp, number])[] = [
  [/^grid_simple$/, 1000],
  [/^grid_second_order/, 1001],
  [/^grid_ieee$/, 1004],
  [/./, -1],
];
/** Seconds of the units of steps. */
const SECONDS: Readonly<Record<number, number>> = { 0: 60, 1: 3600, 2: 86_400, 13: 1 };

/** Keys that ecCodes tells, in our units; those that it does not know are left out. */
export function expectedKeys(field: ExpectedField): Partial<Record<keyof FieldKeys, unknown>> {
  const of = (name: string): unknown => field[name];
  const number = (name: string): number | undefined =>
    typeof field[name] === 'number' ? (field[name] as number) : undefined;
  const centre = String(of('centre'));
  const edition1 = field.edition === 1;
  const isKnown = field.typeOfLevel !== undefined;
  // Where the steps are minutes and ecCodes says hours, its numbers are those of the message.
  const isMinutes = field.indicatorOfUnitOfTimeRange === 0 && field.startStep === field.forecastTime;
  const unitOfStep = isMinutes ? 60 : SECONDS[number('stepUnits') ?? 1]!;
  const date = number('dataDate')!;
  const keys: Partial<Record<keyof FieldKeys, unknown>> = {
    centre: CENTRES[centre] ?? (centre === '65535' ? -1 : Number(centre)),
    subcentre: field.subCentre === 65_535 ? -1 : field.subCentre,
    runTime: date < 10_000 ? null : secondsOf(date, number('dataTime')!),
    ...(field.shortName !== undefined && field.shortName !== 'unknown' && { shortName: field.shortName }),
    ...(isKnown && field.typeOfLevel !== 'unknown' && { levelType: field.typeOfLevel }),
    ...(number('bitmapPresent') !== undefined && { bitmap: field.bitmapPresent === 1 }),
  };
  const [begin, end] = [number('startStep'), number('endStep')];
  if (begin !== undefined) keys.stepBegin = begin * unitOfStep;
  if (end !== undefined) {
    keys.step = end * unitOfStep;
    keys.validTime =
      keys.runTime === null ? null : secondsOf(number('validityDate')!, number('validityTime')!);
  }
  if (field.stepType !== undefined && field.typeOfStatisticalProcessing !== 255)
    keys.stepType = field.stepType;
  Object.assign(keys, edition1 ? expectedOf1(field) : expectedOf2(field));
  for (const [ours, theirs] of [
    ['class', 'marsClass'],
    ['stream', 'marsStream'],
    ['type', 'marsType'],
  ] as const)
    if (typeof field[theirs] === 'string' && !/^\d+$/.test(field[theirs])) keys[ours] = field[theirs];
  if (/^[\x21-\x7e]{4}$/.test(String(field.expver))) keys.expver = field.expver;
  return keys;
}

function expectedOf1(field: ExpectedField): Partial<Record<keyof FieldKeys, unknown>> {
  const unit = UNITS[String(field.typeOfLevel)];
  const bottom = field.bottomLevel === MISSING ? Number.NaN : Number(field.bottomLevel);
  const isLayer = String(field.typeOfLevel).endsWith('Layer');
  return {
    ...{ discipline: -1, category: -1, template: -1 },
    ...{ number: field.indicatorOfParameter, table: field.table2Version },
    packing: PACKINGS.find(([pattern]) => pattern.test(String(field.packingType)))![1],
    ...(field.packingType === 'grid_simple' && { bits: field.bitsPerValue }),
    ...(unit !== undefined && { level: Number(field.topLevel) * unit }),
    ...(unit !== undefined && isLayer && { level2: bottom * unit }),
    ...(field.totalNumber !== undefined && { members: field.totalNumber }),
    ...(Number(field.totalNumber) > 0 && { member: field.number }),
  };
}

function expectedOf2(field: ExpectedField): Partial<Record<keyof FieldKeys, unknown>> {
  if (field.parameterNumber === undefined) return { discipline: field.discipline };
  const level = surface(field.scaledValueOfFirstFixedSurface, field.scaleFactorOfFirstFixedSurface);
  return {
    ...{ discipline: field.discipline, category: field.parameterCategory, number: field.parameterNumber },
    template: field.productDefinitionTemplateNumber,
    packing: field.dataRepresentationTemplateNumber,
    ...(field.packingType !== 'grid_ieee' && { bits: field.bitsPerValue }),
    ...(hasValue(String(field.typeOfFirstFixedSurface)) && { level }),
    ...(field.totalNumber !== undefined && { members: field.totalNumber }),
    ...(field.number !== undefined && { member: field.number }),
  };
}

/** Names that ecCodes gives to the types of surfaces, where it has them; types below 20 and from 200 on have no value. */
function hasValue(type: string): boolean {
  return (
    type === 'pl' ||
    type === 'ml' ||
    type === 'pv' ||
    (/^\d+$/.test(type) && Number(type) >= 102 && Number(type) < 200)
  );
}

function surface(value: unknown, scale: unknown): number {
  if (value === MISSING || scale === MISSING) return Number.NaN;
  const signed = Number(value) >= 2 ** 31 ? 2 ** 31 - Number(value) : Number(value);
  return Number(scale) > 0 ? signed / 10 ** Number(scale) : signed * 10 ** -Number(scale);
}

function secondsOf(date: number, time: number): number {
  const text = String(date).padStart(8, '0');
  const iso = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}T00:00:00Z`;
  return Date.parse(iso) / 1000 + Math.floor(time / 100) * 3600 + (time % 100) * 60;
}
