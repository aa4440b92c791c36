/** BUFR messages from binary digits, for tests that say themselves which bits stand where. */

export interface RawMessage {
  descriptors: readonly number[];
  /** Binary digits of the data; other characters are only there to be read by people. */
  data: string;
  subsets?: number;
  compressed?: boolean;
  masterTable?: number;
  centre?: number;
  masterVersion?: number;
  localVersion?: number;
}

/** A message of edition 4, octet by octet as the manual lays it out. */
export function rawBufr(raw: RawMessage): Uint8Array {
  const { descriptors, subsets = 1, compressed = false, centre = 98, masterVersion = 31 } = raw;
  const { masterTable = 0, localVersion = 0 } = raw;
  const digits = raw.data.replace(/[^01]/g, '');
  const data = (digits.match(/.{1,8}/g) ?? []).map((octet) => Number.parseInt(octet.padEnd(8, '0'), 2));
  const words = descriptors.flatMap((descriptor) => [
    (Math.floor(descriptor / 100_000) << 6) | (Math.floor(descriptor / 1000) % 100),
    descriptor % 1000,
  ]);
  const identity = [centre >> 8, centre & 255, 0, 0, 0, 0, 2, 4, 101, masterVersion, localVersion];
  const sections = [
    ...[...length(22), masterTable, ...identity, 2021 >> 8, 2021 & 255, 3, 4, 5, 6, 7],
    ...[...length(7 + words.length), 0, subsets >> 8, subsets & 255, compressed ? 0xc0 : 0x80, ...words],
    ...[...length(4 + data.length), 0, ...data],
  ];
  const text = (characters: string): number[] => [...Buffer.from(characters, 'latin1')];
  return Uint8Array.from([...text('BUFR'), ...length(12 + sections.length), 4, ...sections, ...text('7777')]);
}

/** Three octets. */
function length(value: number): number[] {
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** A number as so many binary digits. */
export function bits(value: number, width: number): string {
  const digits = value.toString(2);
  if (digits.length > width) throw new RangeError(`${value} does not fit into ${width} bits`);
  return digits.padStart(width, '0');
}

/** All bits set. */
export function ones(width: number): string {
  return '1'.repeat(width);
}

/** Characters of eight bits. */
export function textBits(text: string): string {
  return [...text].map((character) => bits(character.charCodeAt(0), 8)).join('');
}
