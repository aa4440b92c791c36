/** A decoded subset of a BUFR message: its data in the order of the message, flat, and where replications lie in it. */

/** An element with the width, scale and reference that the operators in force give it. */
export interface Element {
  /** Descriptor F XX YYY as a decimal number, such as 12001 for 0 12 001, 224255 for a marker. */
  descriptor: number;
  /** Name of the element as ecCodes spells it (`airTemperature`). */
  name: string;
  /** Unit of table B. */
  unit: string;
  kind: 'number' | 'text' | 'code';
  scale: number;
  reference: number;
  /** Bits. */
  width: number;
}

/** One replication as it was carried out; nested ones have entries of their own, after the one that holds them. */
export interface Replication {
  /** Index of the element that gives the number of repetitions; -1 for a fixed replication. */
  factor: number;
  /** Index of the first element of each repetition. */
  starts: readonly number[];
  /** Index after the last element of the last repetition. */
  end: number;
}

export interface Subset {
  /** Number of elements; the arrays may be longer. */
  length: number;
  elements: readonly Element[];
  /** Physical values in the unit of table B; NaN where missing, and for texts. */
  values: Float64Array;
  /** Texts by index, null where missing; null for a subset without any text. */
  texts: readonly (string | null)[] | null;
  /** Index of the element that a bitmap ties this element to, -1 for none; null without bitmaps. */
  links: Int32Array | null;
  replications: readonly Replication[];
}
