/** The zip row of the test matrix: every named case and what a careful reader makes of it. */
import { Buffer } from 'node:buffer';
import { writeZip, type ZipMember } from './zip.js';

/** An archive and what must come of it. */
export interface ZipCase {
  name: string;
  bytes: Buffer;
  /** The content is read (with this label), or the archive is refused with this error code. */
  expected: { member: string } | { code: string };
}

/** Larger than the size from which the ratio of a bomb counts; zeros shrink about 1030 times. */
const BOMB_SIZE = 70 * 2 ** 20;

/** The 17 cases, for an archive whose one member should hold `content` under `name`. */
export function zipCases(name: string, content: Uint8Array): ZipCase[] {
  const member: ZipMember = { name, content };
  const whole = writeZip([member]);
  const named = (bad: string): Buffer => writeZip([{ name: bad, content }]);
  const refused = (label: string, bytes: Buffer, code: string): ZipCase => ({
    name: label,
    bytes,
    expected: { code },
  });
  const read = (label: string, bytes: Buffer, as = name): ZipCase => ({
    name: label,
    bytes,
    expected: { member: as },
  });
  return [
    // Text under the name of a zip: the reader of the format refuses it, the container is plain.
    refused('not a zip', Buffer.from('PK\x03\x04 but nothing of a zip archive'), 'ZIP_TRUNCATED'),
    refused('truncated', whole.subarray(0, whole.length - 30), 'ZIP_TRUNCATED'),
    refused('bad CRC', writeZip([{ ...member, crc32: 0x12345678 }]), 'ZIP_CRC'),
    refused('two members', writeZip([member, { name: 'other.txt', content }]), 'ZIP_SEVERAL_MEMBERS'),
    // The name is a label: the content decides what the file is.
    read('wrong name', named('something-else.dat'), 'something-else.dat'),
    refused('../', named('../../escape.txt'), 'ZIP_MEMBER_NAME'),
    refused('absolute', named('/etc/passwd'), 'ZIP_MEMBER_NAME'),
    refused('symlink', writeZip([{ ...member, mode: 0o120777 }]), 'ZIP_SYMLINK'),
    refused('encrypted', writeZip([{ ...member, encrypted: true }]), 'ZIP_ENCRYPTED'),
    read('zip64', writeZip([{ ...member, zip64: true }])),
    read('stored', writeZip([{ ...member, stored: true }])),
    refused('bomb', writeZip([{ name, content: new Uint8Array(BOMB_SIZE) }]), 'ZIP_BOMB'),
    refused('overlapping', overlapping(member), 'ZIP_OVERLAP'),
    refused('nested', writeZip([{ name, content: whole }]), 'ZIP_NESTED'),
    refused('none', writeZip([]), 'ZIP_NO_MEMBER'),
    read('data descriptor', writeZip([{ ...member, dataDescriptor: true }])),
    refused(
      'trailing garbage',
      writeZip([member], { trailing: Buffer.from('garbage') }),
      'ZIP_TRAILING_BYTES',
    ),
  ];
}

/** The member's data are declared to go on into the directory behind them. */
function overlapping(member: ZipMember): Buffer {
  const length = member.content.length;
  return writeZip([{ ...member, stored: true, size: length + 20, compressedSize: length + 20 }]);
}
