/** Decoding for tests: messages of a byte array, and the content of a subset as plain values. */
import { createDecoder, type DecodedMessage } from '../../src/sources/bufr/decode.js';
import { type Message, type MessageDamage, scanMessages } from '../../src/sources/bufr/message.js';
import type { Subset } from '../../src/sources/bufr/subset.js';
import { loadTables } from '../../src/sources/bufr/tables.js';

/** A value of a subset with its descriptor; null where missing. */
export type Datum = readonly [descriptor: number, value: number | string | null];

/** Operators that stand in the data without a value. */
const OPERATORS = [222_000, 223_000, 224_000, 225_000, 232_000, 235_000, 236_000, 237_000, 237_255];

const decoder = createDecoder(await loadTables());

/** Decodes a message with the tables of the package; all tests share the caches, as the messages of an archive do. */
export function decodeBufr(bytes: Uint8Array): DecodedMessage {
  return decoder.decode(bytes);
}

/** The data of a subset in order, without operators. */
export function contentOf(subset: Subset): Datum[] {
  const content: Datum[] = [];
  for (let i = 0; i < subset.length; i++) {
    const { descriptor, kind } = subset.elements[i]!;
    if (OPERATORS.includes(descriptor)) continue;
    const value = subset.values[i]!;
    content.push([
      descriptor,
      kind === 'text' ? (subset.texts?.[i] ?? null) : Number.isNaN(value) ? null : value,
    ]);
  }
  return content;
}

/** Cuts bytes into chunks whose lengths are taken in turn. */
export async function* streamOf(bytes: Uint8Array, lengths: readonly number[] = [1 << 20]) {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = Math.max(1, lengths[i % lengths.length]!);
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

/** All messages and all damage of a byte array. */
export async function scanAll(
  bytes: Uint8Array,
  lengths?: readonly number[],
  parts?: ReadonlySet<number>,
): Promise<{ messages: Message[]; damage: MessageDamage[] }> {
  const damage: MessageDamage[] = [];
  const messages: Message[] = [];
  const options = {
    path: 'test.bufr',
    onDamage: (found: MessageDamage) => damage.push(found),
    ...(parts && { parts }),
  };
  for await (const message of scanMessages(streamOf(bytes, lengths), options)) messages.push(message);
  return { messages, damage };
}
