/** What lies between the messages of a stream: envelopes, padding, damage; and where the search for the next one ends. */

/** A part of the stream that looks like a message and is not one, or the reason why the search ends. */
export interface MessageDamage {
  /** Offset in the stream of the letters `BUFR`; of the first byte after the last message for `none-follows`. */
  byteOffset: number;
  /**
   * `length`: the stated length is impossible; `no-end`: `7777` is not where it says; `truncated`: the stream ends before;
   * `none-follows`: no message in `LONGEST_GAP` bytes, and the rest is not read.
   */
  reason: 'length' | 'no-end' | 'truncated' | 'none-follows';
  /** One sentence for the user. */
  detail: string;
}

/** Those who hear of what is in no message. */
export interface ScanListener {
  /** Path of the input, for messages. */
  path: string;
  onDamage(damage: MessageDamage): void;
  /** Hears of more bytes in a row outside messages than an envelope has. */
  onPassedOver?(bytes: number): void;
}

/** The end of one bulletin and the headings of the next one: as far as one message may be from another. */
const LONGEST_ENVELOPE = 80;
/** So many bytes (256 MiB) without a message are the end: a stream may go on for ever, and no archive has such a gap. */
export const LONGEST_GAP = 1 << 28;

/** What lies between messages. */
export interface Gap {
  path: string;
  /** A message lies there. */
  message(from: number, to: number): void;
  /** A damaged message begins there: the bytes from it on to the next message are counted with it alone. */
  damage(damage: MessageDamage): void;
  /** The stream ends there. */
  end(at: number): void;
  /** Whether the search is over, having come this far; told as damage. */
  isTooLong(at: number): boolean;
}

/** The gaps of one stream. */
export function createGap({ path, onDamage, onPassedOver }: ScanListener): Gap {
  /** Where the last message ends, and where what is counted as passed over begins. */
  let last = 0;
  let from = 0;
  let damaged = false;
  const end = (at: number): void => {
    if (!damaged && at - from > LONGEST_ENVELOPE) onPassedOver?.(at - from);
  };
  return {
    path,
    end,
    message(at, to) {
      end(at);
      last = to;
      from = to;
      damaged = false;
    },
    damage(damage) {
      end(damage.byteOffset);
      from = damage.byteOffset;
      damaged = true;
      onDamage(damage);
    },
    isTooLong(at) {
      if (at - last <= LONGEST_GAP) return false;
      end(at);
      const detail = `no message in ${LONGEST_GAP} bytes: what may follow is not read`;
      onDamage({ byteOffset: last, reason: 'none-follows', detail });
      return true;
    },
  };
}
