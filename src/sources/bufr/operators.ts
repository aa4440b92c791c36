/** The operators of table C that change how elements are coded, and the elements as they change them. */
import type { CodedElement } from './element.js';
import { codedElement } from './element.js';

/** Changed elements are kept over all messages; only hostile input has more variants than this. */
const MAX_VARIANTS = 512;

/** Changes of elements that are in force. */
export class Operators {
  /** 201: added to the width, 202: to the scale. */
  private addedWidth = 0;
  private addedScale = 0;
  /** 207: increase of scale, reference and width; 208: width of texts in bits. */
  private increase = 0;
  private textWidth = 0;
  /** 206: width of the next element only. */
  private localWidth = 0;
  /** 203: new references by descriptor. */
  private references: Map<number, number> | null = null;
  /** 203: bits of the new references that the following elements stand for, 0 for none. */
  referenceWidth = 0;
  /** 204: widths of associated fields, added up; the last one is cancelled first. */
  private readonly associated: number[] = [];
  associatedWidth = 0;
  /** 221: number of following elements whose data are not in the message. */
  absent = 0;
  /** Whether elements are coded as the table says. */
  plain = true;
  private changed: Map<CodedElement, CodedElement> | null = null;

  constructor(private readonly variants: ElementVariants) {}

  /** Carries out operator 2 XX YYY if it is one of 201 to 204, 206 to 208, 221; false for others. */
  apply(x: number, y: number): boolean {
    switch (x) {
      case 1:
        this.addedWidth = y === 0 ? 0 : y - 128;
        break;
      case 2:
        this.addedScale = y === 0 ? 0 : y - 128;
        break;
      case 3:
        this.referenceWidth = y === 255 ? 0 : y;
        if (y === 0) this.references = null;
        break;
      case 4:
        if (y === 0) this.associated.pop();
        else this.associated.push(y);
        this.associatedWidth = this.associated.reduce((sum, width) => sum + width, 0);
        break;
      case 6:
        this.localWidth = y;
        break;
      case 7:
        this.increase = y;
        break;
      case 8:
        this.textWidth = y * 8;
        break;
      case 21:
        this.absent = y;
        break;
      default:
        return false;
    }
    this.refresh();
    return true;
  }

  /** Takes a new reference (operator 203) for the elements with this descriptor. */
  setReference(descriptor: number, reference: number): void {
    this.references ??= new Map();
    this.references.set(descriptor, reference);
    this.refresh();
  }

  /** Whether the data of this element are left out of the message (operator 221); counts the element. */
  isAbsent(element: CodedElement): boolean {
    if (this.absent === 0) return false;
    this.absent--;
    if (this.absent === 0) this.refresh();
    const x = element.class;
    // Locations, times, identification and replication factors are there even so.
    return !((x >= 1 && x <= 9) || x === 31);
  }

  /** The element as the operators in force change it. @throws InputError `BUFR_OPERATOR` */
  change(element: CodedElement): CodedElement {
    if (this.localWidth > 0) {
      // A local element is handed on raw: those who give its width need not know its scale.
      const width = this.localWidth;
      this.localWidth = 0;
      this.refresh();
      return codedElement({ ...element, width, scale: 0, reference: 0 });
    }
    const changed = this.changed;
    if (changed === null) return element;
    let result = changed.get(element);
    if (result === undefined) {
      result = this.variant(element);
      changed.set(element, result);
    }
    return result;
  }

  private variant(element: CodedElement): CodedElement {
    let { width, scale, reference } = element;
    if (element.kind === 'text') {
      return this.textWidth === 0 ? element : codedElement({ ...element, width: this.textWidth });
    }
    reference = this.references?.get(element.descriptor) ?? reference;
    if (element.kind === 'number') {
      width += this.addedWidth;
      scale += this.addedScale;
      if (this.increase > 0) {
        scale += this.increase;
        reference *= 10 ** this.increase;
        width += Math.floor((10 * this.increase + 2) / 3);
      }
    }
    return codedElement({ ...element, width, scale, reference });
  }

  private refresh(): void {
    const { addedWidth, addedScale, increase, textWidth, references } = this;
    if (references !== null) this.changed = new Map();
    else if (addedWidth === 0 && addedScale === 0 && increase === 0 && textWidth === 0) this.changed = null;
    else this.changed = this.variants.of(`${addedWidth}/${addedScale}/${increase}/${textWidth}`);
    this.plain =
      this.changed === null &&
      this.localWidth === 0 &&
      this.referenceWidth === 0 &&
      this.associatedWidth === 0 &&
      this.absent === 0;
  }
}

/** Changed elements by state of the operators, kept from message to message. */
export class ElementVariants {
  private readonly byState = new Map<string, Map<CodedElement, CodedElement>>();

  of(state: string): Map<CodedElement, CodedElement> {
    let variants = this.byState.get(state);
    if (variants === undefined) {
      if (this.byState.size >= MAX_VARIANTS) this.byState.clear();
      variants = new Map();
      this.byState.set(state, variants);
    }
    return variants;
  }
}
