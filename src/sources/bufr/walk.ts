/** Carries out a program: the order of the data, which is the same for compressed and uncompressed messages. */
import { Bitmap } from './bitmap.js';
import { type Budget, spend } from './budget.js';
import { ASSOCIATED_FIELD, type CodedElement, codedElement, DATA_PRESENT, EXACT_WIDTH } from './element.js';
import { bufrError, digits } from './error.js';
import type { Operator, Program, Step } from './expand.js';
import { type ElementVariants, Operators } from './operators.js';
import type { Replication } from './subset.js';

/** How data are laid out: subset by subset, or element by element for all subsets (compressed). */
export interface Layout {
  /** Elements so far. */
  readonly elements: CodedElement[];
  /** Decodes the next elements. */
  readAll(elements: readonly CodedElement[]): void;
  read(element: CodedElement): void;
  /** Adds an operator that takes no bits, with a missing value. */
  mark(element: CodedElement): void;
  /** Ties the element that is read next to an earlier one. */
  link(target: number): void;
  /** Value of the last element, the same in all subsets; NaN where missing. @throws InputError `BUFR_TEMPLATE` */
  lastShared(): number;
  /** Number of so many bits that belongs to all subsets (a new reference), unsigned. */
  readShared(width: number): number;
}

const QUALITY_CLASS = 33;
const REPLICATION_CLASS = 31;
const TEXT_UNIT = 'CCITT IA5';
/** What ecCodes calls the values that markers stand for, by X of the operator. */
const MARKED_VALUES: Readonly<Record<number, string>> = {
  23: 'substitutedValue',
  24: 'firstOrderStatisticalValue',
  25: 'differenceStatisticalValue',
  32: 'replacedRetainedValue',
};

/** One walk through a program: a subset, or all subsets of a compressed message. */
export class Walk {
  readonly replications: Replication[] = [];
  private readonly operators: Operators;
  private readonly bitmap = new Bitmap();
  /** Neither operators nor a bitmap bear on the next element. */
  private plain = true;

  /** @param budget shared by the subsets of a message: each element, operator and repetition costs one */
  constructor(
    private readonly layout: Layout,
    variants: ElementVariants,
    private readonly budget: Budget,
  ) {
    this.operators = new Operators(variants);
  }

  /** @throws InputError with any of the codes of `BufrErrorCode` for data */
  run(program: Program): void {
    const { layout, budget } = this;
    for (let i = 0; i < program.length; i++) {
      const step = program[i]!;
      if (step.kind === 'elements') {
        const { elements } = step;
        spend(budget, elements.length);
        if (this.plain) layout.readAll(elements);
        else for (const element of elements) this.element(element);
      } else if (step.kind === 'replication') this.replicate(step);
      else this.operate(step);
    }
  }

  private replicate({ factor, count, once, body }: Extract<Step, { kind: 'replication' }>): void {
    const { layout, replications, budget } = this;
    const { elements } = layout;
    let repetitions = count;
    let at = -1;
    if (factor !== null) {
      at = elements.length;
      spend(budget, 1);
      layout.read(factor);
      const value = layout.lastShared();
      // Other elements than those of class 31 may be missing: a missing number of repetitions counts as 0.
      repetitions = value > 0 ? value : 0;
      if (once) repetitions = Math.min(repetitions, 1);
    }
    const starts: number[] = [];
    const replication: Replication = { factor: at, starts, end: elements.length };
    replications.push(replication);
    // Each repetition costs, even one of operators only: nested they could go on for ever.
    spend(budget, repetitions);
    for (let i = 0; i < repetitions; i++) {
      starts.push(elements.length);
      this.run(body);
    }
    replication.end = elements.length;
  }

  /** One element while operators or a bitmap are in force. */
  private element(element: CodedElement): void {
    const { layout, operators, bitmap } = this;
    if (bitmap.collecting) {
      if (element.descriptor === DATA_PRESENT) {
        layout.read(element);
        bitmap.add(layout.lastShared());
        return;
      }
      this.endBitmap();
      this.refresh();
    }
    if (operators.plain) {
      this.linkQuality(element);
      layout.read(element);
    } else this.changedElement(element);
  }

  /** One element while operators that change elements are in force. */
  private changedElement(element: CodedElement): void {
    const { layout, operators } = this;
    const absent = operators.isAbsent(element);
    if (!absent && operators.referenceWidth > 0) this.newReference(element.descriptor);
    else if (!absent) {
      if (operators.associatedWidth > 0 && element.class !== REPLICATION_CLASS) {
        spend(this.budget, 1);
        layout.read(associatedField(operators.associatedWidth));
      }
      this.linkQuality(element);
      layout.read(operators.change(element));
    }
    this.refresh();
  }

  /** Quality values after 222000 belong to the elements of the bitmap, one after the other. */
  private linkQuality(element: CodedElement): void {
    if (!this.bitmap.quality || element.class !== QUALITY_CLASS) return;
    const target = this.bitmap.nextTarget();
    if (target >= 0) this.layout.link(target);
  }

  /** The first bit of a new reference is its sign, the others its amount (operator 203). */
  private newReference(descriptor: number): void {
    const width = this.operators.referenceWidth;
    const raw = this.layout.readShared(width);
    const sign = 2 ** (width - 1);
    this.operators.setReference(descriptor, raw >= sign ? sign - raw : raw);
  }

  private operate(operator: Operator): void {
    const { layout, bitmap } = this;
    const { x, y, descriptor } = operator;
    spend(this.budget, 1);
    if (x === 5) layout.read(textOperator(descriptor, y * 8));
    else if (y === 0 && isBitmapOperator(x)) {
      this.endBitmap();
      bitmap.begin(layout.elements.length, x === 22);
      layout.mark(marker(operator));
    } else if (y === 255 && x !== 22 && isBitmapOperator(x)) {
      this.endBitmap();
      this.markedValue(operator);
    } else if (x >= 35 && x <= 37) {
      this.endBitmap();
      layout.mark(marker(operator));
      if (x === 35) bitmap.cancel();
      else if (x === 36) bitmap.keep();
      else if (y === 0) bitmap.reuse();
      else bitmap.forget();
    } else if ((x < 41 || x > 43) && !this.operators.apply(x, y))
      // 241 to 243 only bracket events and conditions; what stands between them is read as it comes.
      throw bufrError('BUFR_OPERATOR', `operator ${digits(descriptor)} is not supported`, descriptor);
    this.refresh();
  }

  /** A marker 2XX255: a value coded like the element that the bitmap ties it to. */
  private markedValue({ x, descriptor }: Operator): void {
    const { layout, bitmap } = this;
    const target = bitmap.nextTarget();
    if (target < 0)
      throw bufrError('BUFR_BITMAP', `${digits(descriptor)} without an element in the bitmap`, descriptor);
    const element = layout.elements[target]!;
    const shape = { ...element, descriptor, name: MARKED_VALUES[x] ?? '' };
    // A difference may be negative: one bit more, and a reference that puts zero in the middle (operator 225).
    const difference = x === 25 && element.kind !== 'text';
    layout.link(target);
    layout.read(
      codedElement(
        difference ? { ...shape, width: element.width + 1, reference: -(2 ** element.width) } : shape,
      ),
    );
  }

  private endBitmap(): void {
    this.bitmap.finish(this.layout.elements, this.budget);
  }

  private refresh(): void {
    this.plain = this.operators.plain && !this.bitmap.collecting && !this.bitmap.quality;
  }
}

function isBitmapOperator(x: number): boolean {
  return (x >= 22 && x <= 25) || x === 32;
}

function marker({ descriptor, name }: Operator): CodedElement {
  return codedElement({ descriptor, name, unit: '', kind: 'code', scale: 0, reference: 0, width: 0 });
}

function textOperator(descriptor: number, width: number): CodedElement {
  return codedElement({
    descriptor,
    name: 'text',
    unit: TEXT_UNIT,
    kind: 'text',
    scale: 0,
    reference: 0,
    width,
  });
}

function associatedField(width: number): CodedElement {
  if (width > EXACT_WIDTH)
    throw bufrError('BUFR_OPERATOR', `associated fields of ${width} bits in all`, 204_000);
  return codedElement({
    descriptor: ASSOCIATED_FIELD,
    name: 'associatedField',
    unit: '',
    kind: 'code',
    scale: 0,
    reference: 0,
    width,
  });
}
