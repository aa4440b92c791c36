/** What can be wrong with the bytes of a message, so that the scan leaves it out and goes on. */
import { InputError } from '../errors.js';

/** What each code of damage means, for people. */
export const DAMAGES = {
  GRIB_EDITION: 'the letters GRIB are followed by an edition that is neither 1 nor 2',
  GRIB_TRUNCATED: 'the message is longer than what is left of the file',
  GRIB_NO_END: 'the message does not end with 7777 where its length says that it ends',
  GRIB_SECTION_LENGTH: 'a section is shorter than its own head, or runs over the end of the message',
  GRIB_SECTION_ORDER: 'a section stands where its number may not stand, or one is absent',
  GRIB_BITMAP: 'a bitmap of an earlier field is referred to, and there is none',
  GRIB_LIMIT: 'more sections, points or octets of heads than any real message has',
} as const;

/** Stable code of a kind of damage. */
export type DamageCode = keyof typeof DAMAGES;

/** A message that was left out. */
export interface GribDamage {
  readonly code: DamageCode;
  /** First byte of its `GRIB`, from the beginning of the source. */
  readonly offset: number;
  /** What is wrong, with its numbers. */
  readonly message: string;
}

/** Thrown within the scan of one message; the scan makes a `GribDamage` of it. */
export class DamagedMessage extends InputError {
  readonly damage: DamageCode;

  constructor(damage: DamageCode, detail: string) {
    super(damage, `${DAMAGES[damage]}: ${detail}`);
    this.damage = damage;
  }
}
