/** What the checks of the storage share. */
import type { FileReader } from '../netcdf4/read/index.js';

/** What is gathered while the objects of a file are walked. */
export interface StorageWalk {
  readonly reader: FileReader;
  /** Takes down what a stretch of the file belongs to. */
  own(start: number, bytes: number, what: string): void;
  /** Tells what is wrong at a byte of the file. */
  tell(object: string, byteOffset: number, message: string): void;
}
