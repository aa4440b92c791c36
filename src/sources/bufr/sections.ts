/** Where the sections of a message lie, by the lengths that they state. */
import { HarvestError } from '../../errors.js';
import { bufrError } from './error.js';
import { SECTION_0 } from './start.js';

/** Octets from the first of a section to the one after its last. */
export interface Bounds {
  start: number;
  end: number;
}

/** Sections 1 to 4; `section2` is null where there is none. */
export interface Sections {
  section1: Bounds;
  section2: Bounds | null;
  section3: Bounds;
  section4: Bounds;
}

/** `7777`, section 5. */
const END_LETTERS = 4;
/**
 * Octets between section 4 and `7777` that fill the message up to a word of four. In all samples there are none; more of them
 * are no filling: a stated length that is too great hides the next message in them.
 */
const MOST_FILLING = 3;

/**
 * The sections of a whole message of editions 2 to 4.
 *
 * @throws InputError `BUFR_LENGTH` where their lengths contradict that of the message
 */
export function sectionsOf(bytes: Buffer): Sections {
  const isNewest = bytes[SECTION_0 - 1] === 4;
  const section1 = section(bytes, 1, SECTION_0, isNewest ? 22 : 17);
  const flags = bytes[section1.start + (isNewest ? 9 : 7)]!;
  const section2 = (flags & 0x80) === 0 ? null : section(bytes, 2, section1.end, 4);
  const section3 = section(bytes, 3, (section2 ?? section1).end, 7);
  const section4 = section(bytes, 4, section3.end, 4);
  const loose = bytes.length - END_LETTERS - section4.end;
  if (loose > MOST_FILLING)
    throw bufrError(
      'BUFR_LENGTH',
      `the sections end ${loose} bytes before the 7777 of the message of ${bytes.length} bytes`,
    );
  return { section1, section2, section3, section4 };
}

/** How the lengths of the sections contradict that of the message; null where they do not. */
export function contradictionIn(bytes: Buffer): string | null {
  try {
    sectionsOf(bytes);
    return null;
  } catch (error) {
    if (error instanceof HarvestError && error.code === 'BUFR_LENGTH') return error.message;
    throw error;
  }
}

/** Bounds of a section, whose first three octets are its length. */
function section(bytes: Buffer, number: number, start: number, shortest: number): Bounds {
  const limit = bytes.length - END_LETTERS;
  const length = start + shortest <= limit ? bytes.readUIntBE(start, 3) : 0;
  if (length < shortest || start + length > limit)
    throw bufrError(
      'BUFR_LENGTH',
      `section ${number} does not fit into the message of ${bytes.length} bytes`,
    );
  return { start, end: start + length };
}
