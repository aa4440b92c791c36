/** What a field is of: short name, units, and the quantity that a sounding has, too. */
import { EDITION_1 } from './parameters-edition1.js';
import { EDITION_2 } from './parameters-edition2.js';

/** A parameter. */
export interface Parameter {
  /** ecCodes' `shortName`; of unknown ones `p<discipline>_<category>_<number>`, in edition 1 `p1_<table>_<number>`. */
  readonly shortName: string;
  /** Name of the variable in CF files (ecCodes' `cfVarName`). */
  readonly cfName: string;
  /** Units as UDUNITS writes them, `m s-1`; empty where there are none or they are unknown. */
  readonly units: string;
  /** `temperature`, `eastward_wind`, `geopotential` ...; empty where no sounding has it. */
  readonly quantity: string;
}

/** What decides between parameters with the same numbers. */
export interface ParameterQuery {
  centre: number;
  /** Type of the level (edition 1) or of the first surface. */
  levelType: number;
  /** Type of the second surface; 255 where there is none. */
  secondType: number;
  /** Level as coded, in the units of its type; NaN where there is none. */
  value: number;
  /** Statistical process of edition 2; 255 where there is none. */
  process: number;
}

interface Rule extends Parameter {
  readonly centre: number;
  readonly levelType: number;
  readonly secondType: number;
  readonly value: number;
  readonly process: number;
}

/** Stands for "any". */
const ANY = -1;
const unknown = new Map<string, Parameter>();
let edition1: ReadonlyMap<number, readonly Rule[]> | undefined;
let edition2: ReadonlyMap<number, readonly Rule[]> | undefined;

/** The parameter of edition 1, by the version of its table and its number. */
export function parameter1(table: number, number: number, query: ParameterQuery): Parameter {
  edition1 ??= rulesOf(EDITION_1);
  // Tables of ECMWF, which other centres use, too, but for NCEP: it has its own under the same numbers.
  const known = table < 128 || query.centre !== 7;
  const rules = known ? edition1.get(codeOf([0, table < 4 ? 2 : table, number])) : undefined;
  if (table === 128 && number >= 80 && number <= 120 && known) return experimental(number);
  return find(rules, query) ?? named(`p1_${table}_${number}`);
}

/** The parameter of edition 2, by discipline, category and number. */
export function parameter2(numbers: readonly [number, number, number], query: ParameterQuery): Parameter {
  edition2 ??= rulesOf(EDITION_2);
  return find(edition2.get(codeOf(numbers)), query) ?? named(`p${numbers.join('_')}`);
}

function find(rules: readonly Rule[] | undefined, query: ParameterQuery): Parameter | undefined {
  if (rules === undefined) return undefined;
  for (const rule of rules) if (holds(rule, query)) return rule;
  return undefined;
}

function holds(rule: Rule, query: ParameterQuery): boolean {
  return (
    (rule.centre === ANY || rule.centre === query.centre) &&
    (rule.levelType === ANY || rule.levelType === query.levelType) &&
    (rule.secondType === ANY || rule.secondType === query.secondType) &&
    (rule.value === ANY || rule.value === query.value) &&
    (rule.process === ANY || rule.process === query.process)
  );
}

/** ECMWF's experimental products have no name of their own: ecCodes calls them all `~`. */
function experimental(number: number): Parameter {
  return { shortName: '~', cfName: `p${number}.128`, units: '', quantity: '' };
}

function named(shortName: string): Parameter {
  let parameter = unknown.get(shortName);
  if (parameter === undefined) {
    parameter = { shortName, cfName: shortName, units: '', quantity: '' };
    unknown.set(shortName, parameter);
  }
  return parameter;
}

const codeOf = ([discipline, category, number]: readonly [number, number, number]): number =>
  (discipline * 256 + category) * 256 + number;

function rulesOf(table: string): Map<number, Rule[]> {
  const rules = new Map<number, Rule[]>();
  for (const line of table.trim().split('\n')) {
    const [numbers, where, shortName, cfName, units, quantity] = line.split('|') as [
      ...[string, string, string],
      ...[string, string, string],
    ];
    const [number = 0, category = 0, discipline = 0] = numbers.split('.').map(Number).reverse();
    const code = codeOf([discipline, category, number]);
    const rule = { shortName, cfName: cfName || shortName, units, quantity, ...conditionsOf(where) };
    const list = rules.get(code);
    if (list === undefined) rules.set(code, [rule]);
    else list.push(rule);
  }
  return rules;
}

/** `level=103:10`: type 103 and 10 of its units; `level=1-8`: from surface 1 to surface 8. */
function conditionsOf(where: string): Omit<Rule, keyof Parameter> {
  const word = (name: string): string | undefined => new RegExp(`\\b${name}=(\\S+)`).exec(where)?.[1];
  const number = (text: string | undefined): number => (text === undefined ? ANY : Number(text));
  const [, first, second, value] = /^(\d+)(?:-(\d+))?(?::(\d+))?$/.exec(word('level') ?? '') ?? [];
  return {
    centre: number(word('centre')),
    process: number(word('process')),
    levelType: number(first),
    secondType: number(second),
    value: number(value),
  };
}
