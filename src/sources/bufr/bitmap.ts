/** Bitmaps: which of the elements before it the values after a 222000, 223000, 224000, 225000 or 232000 belong to. */
import { type Budget, spend } from './budget.js';
import type { CodedElement } from './element.js';
import { bufrError } from './error.js';

/** Descriptors of table B are smaller; operators, texts of operator 205 and associated fields are not counted by bitmaps. */
const TABLE_B_END = 100_000;

/** The bitmap in the making or in force. */
export class Bitmap {
  /** Data present indicators (031031) belong to the bitmap. */
  collecting = false;
  /** Class 33 elements belong to elements of the bitmap (222000). */
  quality = false;
  /** Index of the first bitmap operator: the data it refers to are before; -1 for none. */
  private boundary = -1;
  private bits: number[] = [];
  private define = false;
  private targets: number[] | null = null;
  private defined: number[] | null = null;
  private next = 0;

  /** An operator 222000, 223000, 224000, 225000 or 232000 at this index. */
  begin(index: number, quality: boolean): void {
    if (this.boundary < 0) this.boundary = index;
    this.collecting = true;
    this.quality = quality;
    this.bits = [];
    this.define = false;
    this.targets = null;
    this.next = 0;
  }

  /** 236000: the bitmap that follows is kept for use again. */
  keep(): void {
    this.define = true;
  }

  /** 237000: the kept bitmap is used again. */
  reuse(): void {
    this.targets = this.defined;
    this.next = 0;
    this.collecting = false;
  }

  /** 237255: the kept bitmap is given up. */
  forget(): void {
    this.defined = null;
  }

  /** 235000: bitmaps that follow refer to data after this operator. */
  cancel(): void {
    this.boundary = -1;
    this.collecting = false;
    this.quality = false;
    this.bits = [];
    this.targets = null;
    this.defined = null;
  }

  /** Adds a data present indicator: 0 for present. */
  add(bit: number): void {
    this.bits.push(bit);
  }

  /**
   * Ends the bitmap if one is complete: its bits stand for as many elements right before the boundary.
   *
   * @param budget pays for the elements looked at, since hostile messages have thousands of bitmaps
   * @throws InputError `BUFR_BITMAP`
   */
  finish(elements: readonly CodedElement[], budget: Budget): void {
    const { bits } = this;
    if (!this.collecting || bits.length === 0) return;
    this.collecting = false;
    const targets: number[] = [];
    let left = bits.length;
    let index = this.boundary;
    while (left > 0 && index > 0) {
      index--;
      if (elements[index]!.descriptor >= TABLE_B_END) continue;
      left--;
      if (bits[left] === 0) targets.push(index);
    }
    spend(budget, this.boundary - index);
    if (left > 0)
      throw bufrError('BUFR_BITMAP', `a bitmap of ${bits.length} bits, with fewer elements before it`);
    this.targets = targets.reverse();
    if (this.define) this.defined = this.targets;
    this.next = 0;
    this.bits = [];
  }

  /** Index of the next element that is marked as present, -1 when there is none left. */
  nextTarget(): number {
    if (this.targets === null || this.next >= this.targets.length) return -1;
    return this.targets[this.next++]!;
  }
}
