import type { Kind, KindBase } from './model.js';

const BASES: ReadonlyMap<string, KindBase> = new Map([
  ['int', 'int'],
  ['integer', 'int'],
  ['bitfield', 'int'],
  ['numeric', 'numeric'],
  ['real', 'numeric'],
  ['varchar', 'varchar'],
  ['string', 'varchar'],
  ['timestamp', 'timestamp'],
  ['timestamp with timezone', 'timestamp'],
  ['bool', 'bool'],
  ['boolean', 'bool'],
]);

/**
 * Parses a kind cell such as `int[]*`, ` varchar`, `varchar (pk)`, `int(pk)` or `timestamp with timezone`.
 * The `*` after an array (the number of values is open) carries nothing that a column needs and is accepted and dropped.
 * Returns `undefined` for anything else: the caller knows the file and line for the error.
 */
export function parseKind(cell: string): Kind | undefined {
  const match = /^([a-z]+(?: [a-z]+)*)\s*(\[\])?\s*\*?\s*(\(pk\))?$/i.exec(
    cell.trim().replace(/[ \t]+/g, ' '),
  );
  if (match === null) return undefined;
  const base = BASES.get((match[1] ?? '').toLowerCase());
  if (base === undefined) return undefined;
  return { base, array: match[2] !== undefined, primaryKey: match[3] !== undefined };
}

/** The kind in the spelling of the definitions: `int`, `varchar[]`, `int (pk)`. Parses back to an equal kind. */
export function formatKind(kind: Kind): string {
  return `${kind.base}${kind.array ? '[]' : ''}${kind.primaryKey ? ' (pk)' : ''}`;
}

/**
 * True when values made for `wanted` can be written into an element of kind `found`. Flags are `int` in one edition and `bool` in the
 * other (the BITFIELD elements of `era5fb_table`), so these two stand for one another; all other kinds must be equal.
 */
export function compatibleBase(found: KindBase, wanted: KindBase): boolean {
  const isFlag = (base: KindBase): boolean => base === 'int' || base === 'bool';
  return found === wanted || (isFlag(found) && isFlag(wanted));
}
