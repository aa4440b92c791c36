/**
 * The stations that the messages of a file name. A message that gives a WMO number and a WIGOS id of another form says that both are
 * of one station: messages of the same file with that WIGOS id alone are then of the station with the number.
 */
import { isWigosId } from '../identity.js';
import type { DecodedMessage } from './decode.js';
import { digits } from './error.js';
import type { MessageHeader } from './message.js';
import { createSubsetClassifier } from './sounding.js';
import { isRepeated } from './sounding-repeats.js';
import type { Skipper } from './sounding-skips.js';

/** WMO numbers by WIGOS id, as the messages of a file tell them. */
export interface StationLinks {
  /** The number of the station with this WIGOS id; null where no message tells it, or several tell different ones. */
  numberOf(wigosId: string): string | null;
}

/** What a file holds: by the source's id of the station the offsets of its messages, ascending. */
export interface ListedMessages {
  parts: Map<string, number[]>;
  links: StationLinks;
}

/** Lists decoded messages; `skip` hears of those that are no soundings and of reports that name no station. */
export async function listMessages(
  messages: AsyncIterable<DecodedMessage & { offset: number }>,
  skip: Skipper,
): Promise<ListedMessages> {
  const classify = createSubsetClassifier();
  const parts = new Map<string, number[]>();
  const numbers = new Map<string, string | null>();
  for await (const { offset, header, subsets } of messages) {
    const told = new Set<string>();
    for (const [number, subset] of subsets.entries()) {
      if (isRepeated(subsets, number)) continue;
      const kind = classify(subset, header);
      if (!kind.sounding) {
        // A message is one of its kind, however many subsets it has.
        if (!told.has(kind.kind)) skip(`message.${kind.kind}`, offset, whatItIs(header));
        told.add(kind.kind);
        continue;
      }
      const { station, wigosId } = kind;
      if (station === null) {
        skip('report.no-station', offset, `subset ${number + 1} names no station`);
        continue;
      }
      if (wigosId !== null) {
        const known = numbers.get(wigosId);
        numbers.set(wigosId, known === undefined || known === station ? station : null);
      }
      const known = parts.get(station) ?? [];
      parts.set(station, known);
      if (known.at(-1) !== offset) known.push(offset);
    }
  }
  return { parts, links: { numberOf: (wigosId) => numbers.get(wigosId) ?? null } };
}

/** The same with what is listed under a WIGOS id moved to the number that it goes with. */
export function joinLinked({ parts, links }: ListedMessages): Map<string, readonly number[]> {
  const joined = new Map<string, readonly number[]>();
  for (const [id, offsets] of parts) {
    const station = links.numberOf(id) ?? id;
    const all = new Set([...(joined.get(station) ?? []), ...offsets]);
    joined.set(
      station,
      [...all].sort((a, b) => a - b),
    );
  }
  return joined;
}

/** Whether a subset that names `id` is of a station, by its own id or by a WIGOS id that goes with it. */
export async function isOfStation(
  id: string | null,
  stationId: string,
  links: () => Promise<StationLinks>,
): Promise<boolean> {
  if (id === stationId || id === null || !isWigosId(id)) return id === stationId;
  return (await links()).numberOf(id) === stationId;
}

function whatItIs({ category, descriptors }: MessageHeader): string {
  const first = descriptors[0];
  return `data category ${category}, ${first === undefined ? 'no descriptors' : `descriptors from ${digits(first)} on`}`;
}
