/** The key of ECMWF's report data base, which its messages carry in section 2. */

/** Octets of the key; other centres write other things into section 2, of other lengths. */
const LENGTH = 48;
/** The subtype in one octet; 255 where it needs the two further on. */
const SUBTYPE = 1;
const LONG_SUBTYPE = 45;

/**
 * The subtype in the content of section 2, null where it is no such key. It means something in messages of ECMWF alone. The
 * layout is that of ecCodes (definitions/bufr/rdb_key.def).
 */
export function rdbSubtypeOf(content: Uint8Array): number | null {
  if (content.length !== LENGTH) return null;
  const subtype = content[SUBTYPE]!;
  return subtype < 255 ? subtype : content[LONG_SUBTYPE]! * 256 + content[LONG_SUBTYPE + 1]!;
}
