/** docs/sources/bufr-elements.md is what its script makes of the list of elements that the reader works with. */
import { expect, it } from 'vitest';
import { makeBufrElements } from '../../scripts/make-bufr-elements.js';
import { ELEMENTS } from '../../src/sources/bufr/elements.js';
import { loadTables } from '../../src/sources/bufr/tables.js';
import { pageText } from './snippets.js';
import { tableRows } from './tables.js';

const page = pageText('docs/sources/bufr-elements.md');

it('is what the script makes', async () => {
  expect(page === makeBufrElements(await loadTables())).toBe(true);
});

it('has every element with its role, and explains every role', () => {
  const rows = tableRows(page, 'element', 'name', 'role');
  const listed = ELEMENTS.flatMap(({ role, elements }) => elements.map((each) => `${each} ${role}`));
  expect(rows.map(([element, , role]) => `${Number(element)} ${role}`).sort()).toEqual(listed.sort());
  const roles = tableRows(page, 'role').map(([role]) => role);
  expect(roles.toSorted()).toEqual([...new Set(ELEMENTS.map(({ role }) => role))].sort());
});
