/** The map of the rooms in CONTRIBUTING, made from the imports. */
import { edges, ROOMS, roomOf } from './import-arrows.js';

/** The lines of CONTRIBUTING between which the map stands. */
export const BEGIN = '<!-- rooms: made by scripts/make-rooms-table.ts -->';
export const END = '<!-- end of rooms -->';

/** The rooms that each room imports, in the order of the allow list. */
function importedRooms(): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.keys(ROOMS).map((room) => {
      const targets = new Set(edges.filter(({ from }) => roomOf(from) === room).map(({ to }) => roomOf(to)));
      return [room, Object.keys(ROOMS).filter((other) => other !== room && targets.has(other))];
    }),
  );
}

/** The arrows without those that others imply: what is left when every detour is taken for the way. */
function shortest(arrows: ReadonlyMap<string, readonly string[]>): [from: string, to: string][] {
  const reaches = (from: string, to: string): boolean =>
    (arrows.get(from) ?? []).some((next) => next === to || reaches(next, to));
  return [...arrows].flatMap(([from, targets]) =>
    targets
      .filter((to) => !targets.some((other) => other !== to && reaches(other, to)))
      .map((to): [string, string] => [from, to]),
  );
}

/** The map: a table of the rooms with what each imports, and a picture of the arrows. */
export function roomsTable(): string {
  const arrows = importedRooms();

  const rows = Object.entries(ROOMS).map(([room, { what }]) => {
    const imported = (arrows.get(room) ?? []).map((other) => `\`${other}\``).join(' ') || 'none';
    return `| \`src/${room}\` | ${what} | ${imported} |`;
  });
  const lines = shortest(arrows).map(([from, to]) => `  ${from} --> ${to}`);
  return [
    BEGIN,
    '',
    '| room | what it is for | imports |',
    '| --- | --- | --- |',
    ...rows.reverse(),
    '',
    'The same as a picture, without the arrows that follow from others:',
    '',
    '```mermaid',
    'graph TD',
    ...lines,
    '```',
    '',
    END,
  ].join('\n');
}

/** The text of CONTRIBUTING with the map as it is now. Throws where the lines around it are not there. */
export function withRoomsTable(contributing: string): string {
  const from = contributing.indexOf(BEGIN);
  const to = contributing.indexOf(END);
  if (from < 0 || to < from) throw new Error(`CONTRIBUTING.md has no lines ${BEGIN} and ${END}`);
  return contributing.slice(0, from) + roomsTable() + contributing.slice(to + END.length);
}
