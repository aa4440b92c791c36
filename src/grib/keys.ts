/** What a field is: the keys of the inventory, read from the head that the scan has kept. */
import type { Field } from './field.js';
import { type Level, level1, level2 } from './levels.js';
import { type MarsLabels, marsLabels } from './mars.js';
import { type Member, member1, member2, single } from './members.js';
import { isMissing, s8, s32, u16 } from './octets.js';
import { type Packing, packingKeys } from './packing-keys.js';
import { type Parameter, type ParameterQuery, parameter1, parameter2 } from './parameters.js';
import { type ProductPlaces, placesOf } from './templates.js';
import { type Times, times1, times2 } from './times.js';

/** All keys of a field. Units are SI; times are seconds since 1970, steps seconds. */
export interface FieldKeys extends Parameter, Level, Times, Member, Packing {
  /** WMO number of the centre; -1 unknown. */
  readonly centre: number;
  /** -1 unknown. */
  readonly subcentre: number;
  /** Number of the generating process (of the model); -1 unknown. */
  readonly process: number;
  /** -1 in edition 1. */
  readonly discipline: number;
  /** -1 in edition 1. */
  readonly category: number;
  /** Of the parameter: its indicator in edition 1. */
  readonly number: number;
  /** Version of the parameter table in edition 1, of the master tables in edition 2. */
  readonly table: number;
  /** Number of the product definition template; -1 in edition 1. */
  readonly template: number;
  /** MARS type: `an fc cf pf em es ...`; of other centres what comes nearest. */
  readonly type: string;
  /** ECMWF's stream, class and version of experiment; empty elsewhere. */
  readonly stream: string;
  readonly class: string;
  readonly expver: string;
  /** Whether a bitmap says where values are missing. */
  readonly bitmap: boolean;
  /** Length in s of the 4D-Var window of the analysis that a forecast starts from; null where it is not said. */
  readonly windowLength: number | null;
  /** End of that window in s after the run time; null where it is not said. */
  readonly windowEnd: number | null;
}

const ECMWF = 98;
const LONG_WINDOW = 36;
const NO_WINDOW = { windowLength: null, windowEnd: null };
const NO_LEVEL: Level = { levelType: 'unknown', level: Number.NaN, level2: Number.NaN };

/** The keys of a field. Never fails: what is not there, or makes no sense, is null, NaN or -1. */
export function keysOf(field: Field): FieldKeys {
  return field.edition === 1 ? keys1(field) : keys2(field);
}

function keys1(field: Field): FieldKeys {
  const section = field.product;
  const [table, centre, number, subcentre] = [section[3]!, section[4]!, section[8]!, section[25]!];
  const isOfEcmwf = (centre === ECMWF || subcentre === ECMWF) && section.length >= 49;
  const labels = isOfEcmwf
    ? marsLabels([section[41]!, section[42]!, u16(section, 43)], section.subarray(45, 49))
    : null;
  const levelType = section[9]!;
  const query = { centre, levelType, secondType: 255, value: u16(section, 10), process: 255 };
  const parameter = parameter1(table, number, query);
  const times = times1(section, centre, () => /^(mn|tmin)/.test(parameter.shortName));
  const isAnalysis = labels === null ? times.step === 0 && section[20]! < 2 : isAnalysisType(labels.typeCode);
  const hasWindow = isOfEcmwf && section[40] === LONG_WINDOW && section.length >= 55;
  return assembled(field, {
    parameter,
    level: level1(section, centre),
    times,
    member: member1(section, labels, isAnalysis ? 'an' : 'fc'),
    labels,
    window: hasWindow ? windowOf(u16(section, 51), u16(section, 53)) : NO_WINDOW,
    numbers: { centre, subcentre, process: section[5]!, category: -1, number, table, template: -1 },
  });
}

function keys2(field: Field): FieldKeys {
  const { identification, product, local, discipline } = field;
  const [centre, subcentre] = [u16(identification, 5), u16(identification, 7)];
  const template = u16(product, 7);
  const known = placesOf(template);
  const places = known !== null && known.surface + 12 <= product.length ? known : null;
  const [category, number] = product.length >= 11 ? [product[9]!, product[10]!] : [-1, -1];
  const isOfEcmwf = (centre === ECMWF || subcentre === ECMWF) && local !== null && local.length >= 17;
  const labels = isOfEcmwf
    ? marsLabels([u16(local, 7), u16(local, 9), u16(local, 11)], local.subarray(13, 17))
    : null;
  const isAnalysis =
    labels === null
      ? isAnalysis2(identification[20]!, places === null ? 255 : product[places.process]!)
      : isAnalysisType(labels.typeCode);
  const type = isAnalysis ? 'an' : 'fc';
  const hasWindow = isOfEcmwf && u16(local, 5) === LONG_WINDOW && local.length >= 21;
  return assembled(field, {
    parameter: parameter2([discipline, category, number], queryOf(product, places, centre)),
    level: places === null ? NO_LEVEL : level2(product, places.surface, centre),
    times: times2(identification, product, places?.times ?? null),
    member: places === null ? single(type) : member2({ product, places, centre, labels, type }),
    labels,
    window: hasWindow ? windowOf(u16(local, 17), u16(local, 19)) : NO_WINDOW,
    numbers: {
      centre: centre === 0xffff ? -1 : centre,
      subcentre: subcentre === 0xffff ? -1 : subcentre,
      process: places === null ? -1 : product[places.process + 2]!,
      category,
      number,
      table: identification[9]!,
      template,
    },
  });
}

/** The parts that keys are made of. */
interface Parts {
  parameter: Parameter;
  level: Level;
  times: Times;
  member: Member;
  labels: MarsLabels | null;
  window: Pick<FieldKeys, 'windowLength' | 'windowEnd'>;
  numbers: Pick<FieldKeys, 'centre' | 'subcentre' | 'process' | 'category' | 'number' | 'table' | 'template'>;
}

/** Written out: spread objects of this size cost more than all the rest. */
function assembled(field: Field, parts: Parts): FieldKeys {
  const { parameter, level, times, member, labels, window, numbers } = parts;
  const { packing, bits } = packingKeys(field);
  return {
    shortName: parameter.shortName,
    cfName: parameter.cfName,
    units: parameter.units,
    quantity: parameter.quantity,
    levelType: level.levelType,
    level: level.level,
    level2: level.level2,
    runTime: times.runTime,
    validTime: times.validTime,
    step: times.step,
    stepBegin: times.stepBegin,
    stepType: times.stepType,
    memberType: member.memberType,
    member: member.member,
    members: member.members,
    type: labels?.type ?? (member.memberType === 'nf' ? 'pf' : member.memberType),
    stream: labels?.stream ?? '',
    class: labels?.class ?? '',
    expver: labels?.expver ?? '',
    centre: numbers.centre,
    subcentre: numbers.subcentre,
    process: numbers.process,
    discipline: field.discipline,
    category: numbers.category,
    number: numbers.number,
    table: numbers.table,
    template: numbers.template,
    packing,
    bits,
    bitmap: field.bitmap !== null,
    windowLength: window.windowLength,
    windowEnd: window.windowEnd,
  };
}

function queryOf(product: Uint8Array, places: ProductPlaces | null, centre: number): ParameterQuery {
  if (places === null) return { centre, levelType: 255, secondType: 255, value: Number.NaN, process: 255 };
  const { surface, times } = places;
  return {
    centre,
    levelType: product[surface]!,
    secondType: product[surface + 6]!,
    value: codedValue(product, surface),
    process: times.end < 0 ? 255 : (product[times.end + 12] ?? 255),
  };
}

/** The value of the first surface where it is a whole number of its units. */
function codedValue(product: Uint8Array, surface: number): number {
  if (isMissing(product, surface + 2, 4)) return Number.NaN;
  const scale = s8(product, surface + 1);
  const value = s32(product, surface + 2);
  return scale === 0 ? value : value / 10 ** scale;
}

/** Type of the data, octet 21 of section 1, where it says so; else the type of the process that made them. */
function isAnalysis2(data: number, process: number): boolean {
  return data === 0 || (data !== 1 && data !== 3 && data !== 4 && data !== 5 && process === 0);
}

/** MARS types of analyses: an, ia, oi, 3v, 4v, pa, tpa, ga, gai. */
function isAnalysisType(code: number): boolean {
  return (code >= 2 && code <= 6) || code === 60 || code === 74 || code === 89 || code === 90;
}

/** Both are coded in hours; a length of 0 says that the window is not known. */
function windowOf(end: number, length: number): Pick<FieldKeys, 'windowLength' | 'windowEnd'> {
  return length === 0 ? NO_WINDOW : { windowLength: length * 3600, windowEnd: end * 3600 };
}
