/** Mutants by their numbers, and the input files that they are in: several pieces in a file, or one alone. */
import type { MutantFormat, Piece } from './mutant-inputs.js';
import { mutate, overwrite, seededRandom } from './mutate.js';

/** One mutant by its numbers: with the seed and the format they give its bytes again, where `MUTANT=17/2` asks for it. */
export interface Mutant {
  station: number;
  piece: number;
}

/** With the numbers of a mutant, all that its bytes are made of. */
export interface MutantSource {
  format: MutantFormat;
  seed: number;
}

/** One of so many stations has a single mutant: what a file begins with is damaged, and nothing good follows. */
const ALONE = 4;
/** Share of the mutants of formats with a checksum or a length that have one that fits. */
const FITTING = 0.7;

/** How many mutants a station has. */
export function piecesOf({ pieces }: MutantFormat, station: number): number {
  return station % ALONE === 0 ? 1 : pieces;
}

/** Whether a station has one mutant only. */
function isAlone({ pieces }: MutantFormat, station: number): boolean {
  return pieces > 1 && station % ALONE === 0;
}

/** The mutant's bytes: the same for the same seed, station and piece, whatever was made before. */
function mutantOf({ format, seed }: MutantSource, { station, piece }: Mutant): Piece {
  const random = seededRandom(seed + 1009 * station + piece);
  const change = (bytes: Uint8Array): Uint8Array =>
    (random() < 0.5 ? mutate : overwrite)(bytes, random, format.meaningful);
  const whole = format.piece(station, piece);
  if (whole.changed !== undefined && random() < FITTING) return { ...whole, bytes: whole.changed(change) };
  const head = isAlone(format, station) ? format.head : undefined;
  return { ...whole, bytes: change(Buffer.concat([head ?? Buffer.alloc(0), whole.bytes])) };
}

/** The input files of the mutants. */
export function mutantFiles(source: MutantSource, mutants: readonly Mutant[]): Map<string, Uint8Array> {
  const { format } = source;
  const files = new Map<string, Uint8Array[]>();
  const add = (file: string, bytes: Uint8Array): unknown =>
    files.set(file, [...(files.get(file) ?? []), bytes]);
  for (const mutant of mutants) {
    const { file, bytes } = mutantOf(source, mutant);
    if (format.head !== undefined && !isAlone(format, mutant.station) && !files.has(file))
      add(file, format.head);
    add(file, Buffer.concat([bytes, Buffer.from(format.separator)]));
  }
  if (format.beside !== undefined)
    for (const station of new Set(mutants.map((mutant) => mutant.station))) {
      const { file, bytes } = format.beside(station);
      add(file, bytes);
    }
  return new Map([...files].map(([name, parts]) => [name, Buffer.concat(parts)]));
}
