/** The list of elements: none is missing that templates of soundings hold, and none is in it twice. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HarvestError } from '../../../src/errors.js';
import { ELEMENTS } from '../../../src/sources/bufr/elements.js';
import { isQuantity, QUANTITIES, ROLE, roleOf } from '../../../src/sources/bufr/levels-roles.js';
import { decodeBufr, scanAll } from '../../support/bufr-decoding.js';
import { allElements, allSequences } from '../../support/bufr-tables.js';
import { samplePath, samplesTitle, skipSamples } from '../../support/samples.js';

const listed = ELEMENTS.flatMap(({ elements }) => elements);

/** Elements of a sequence in any version of the tables. */
function expand(descriptor: number, into: Set<number>): void {
  for (const members of allSequences.get(descriptor) ?? [])
    for (const member of members) {
      if (member >= 300_000) expand(member, into);
      else if (member < 100_000) into.add(member);
    }
}

/** The elements of a message; none of one that cannot be decoded. */
function elementsOf(bytes: Uint8Array): number[] {
  try {
    return decodeBufr(bytes).subsets.flatMap(({ elements }) => elements.map(({ descriptor }) => descriptor));
  } catch (error) {
    if (error instanceof HarvestError) return [];
    throw error;
  }
}

describe('the list of elements', () => {
  it.each([301, 303, 309])('has every element of the sequences 3 %i XXX of all versions', (family) => {
    const elements = new Set<number>();
    const sequences = [...allSequences.keys()].filter((each) => Math.floor(each / 1000) === family);
    expect(sequences.length).toBeGreaterThan(30);
    for (const sequence of sequences) expand(sequence, elements);
    expect(elements.size).toBeGreaterThan(50);
    expect([...elements].filter((element) => !listed.includes(element))).toEqual([]);
  });

  it('has each element once, and none that no table has', () => {
    expect(listed.filter((element, i) => listed.indexOf(element) !== i)).toEqual([]);
    expect(listed.filter((element) => !allElements.has(element))).toEqual([]);
  });

  it('says of every element what becomes of it', () => {
    // The end of a sentence, and a cell of a table.
    for (const { use } of ELEMENTS) expect(use).toMatch(/^[^A-Z|][^|]+[^.|]$/);
  });

  it('has a part in levels for every quantity, and for no element of no use', () => {
    const parts = ELEMENTS.flatMap(({ part }) => part ?? []);
    expect(parts.filter((part) => QUANTITIES.some((name) => name === part))).toHaveLength(QUANTITIES.length);
    expect(ELEMENTS.filter(({ role, part }) => role === 'none' && part !== undefined)).toEqual([]);
    for (const { role, elements } of ELEMENTS)
      for (const element of elements) {
        if (role === 'value')
          expect(isQuantity(roleOf(element)) || roleOf(element) === ROLE.geopotential).toBe(true);
        if (role === 'none') expect(roleOf(element)).toBe(ROLE.none);
      }
  });

  it.each([
    [7004, ROLE.pressure],
    [10_004, ROLE.pressure],
    [10_051, ROLE.none],
    [7002, QUANTITIES.indexOf('altitude')],
    [7007, QUANTITIES.indexOf('altitude')],
    [10_007, QUANTITIES.indexOf('altitude')],
    [7009, QUANTITIES.indexOf('geopotential_height')],
    [10_009, QUANTITIES.indexOf('geopotential_height')],
    [7003, ROLE.geopotential],
    [7006, ROLE.heightAboveStation],
    [7010, ROLE.flightLevel],
    [12_101, QUANTITIES.indexOf('air_temperature')],
    [12_103, QUANTITIES.indexOf('dew_point')],
    [13_003, QUANTITIES.indexOf('relative_humidity')],
    [13_009, QUANTITIES.indexOf('relative_humidity')],
    [13_001, QUANTITIES.indexOf('specific_humidity')],
    [13_002, ROLE.none],
    [8042, ROLE.extendedSignificance],
    [31_002, ROLE.quiet],
    [63_255, ROLE.none],
    [222_000, ROLE.none],
  ])('gives %i the role %i', (descriptor, role) => {
    expect(roleOf(descriptor)).toBe(role);
  });
});

describe.skipIf(skipSamples())(samplesTitle('the elements of real messages'), () => {
  it.each(['bufr', 'faults'])('of the folder %s are all in the list', async (folder) => {
    const unknown = new Set<string>();
    for (const name of readdirSync(samplePath(folder)).filter((each) => each.endsWith('.bufr'))) {
      const { messages } = await scanAll(readFileSync(join(samplePath(folder), name)));
      for (const descriptor of messages.flatMap(({ bytes }) => elementsOf(bytes)))
        if (descriptor < 100_000 && !listed.includes(descriptor)) unknown.add(`${name} ${descriptor}`);
    }
    expect([...unknown]).toEqual([]);
  });
});
