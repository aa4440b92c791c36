/** The whole file of BUFR tables, all versions and local tables together: what any message may hold. */
import { readFileSync } from 'node:fs';

interface Lists {
  elements: readonly string[];
  sequences: readonly string[];
}

const content: Lists & { local: Record<string, Record<string, Lists>> } = JSON.parse(
  readFileSync(new URL('../../sources/bufr-tables.json', import.meta.url), 'utf8'),
);
const lists: readonly Lists[] = [content, ...Object.values(content.local).flatMap((of) => Object.values(of))];

/** Descriptor and what follows the version in a line; `absent` lines left out. */
function linesOf(lines: readonly string[]): [descriptor: number, fields: string][] {
  return lines
    .map((line): [number, string] => [Number(line.slice(0, 6)), line.slice(line.indexOf('|', 7) + 1)])
    .filter(([, fields]) => fields !== 'absent');
}

/** By descriptor of table B: the name of the element in its newest version. */
export const allElements: ReadonlyMap<number, string> = new Map(
  lists
    .toReversed()
    .flatMap(({ elements }) => linesOf(elements))
    .map(([descriptor, fields]) => [descriptor, fields.split('|').at(-1) ?? '']),
);

/** By descriptor of table D: the members in each version. */
export const allSequences: ReadonlyMap<number, readonly (readonly number[])[]> = grouped();

function grouped(): Map<number, number[][]> {
  const sequences = new Map<number, number[][]>();
  for (const [descriptor, fields] of lists.flatMap((list) => linesOf(list.sequences)))
    sequences.set(descriptor, [...(sequences.get(descriptor) ?? []), fields.split(' ').map(Number)]);
  return sequences;
}
