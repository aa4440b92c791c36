/**
 * The rows of a `string` variable. Strings lie in global heap collections between the chunks; the chunks hold references and
 * are not compressed (libnetcdf refuses filters on variable-length types). Every chunk has storage: in a file opened for reading
 * only, the HDF5 library cannot make up a chunk whose fill value is a string.
 */
import { ByteWriter } from '../bytes.js';
import type { StoredChunk } from '../stored-format.js';
import type { Column, ColumnLayout } from './column.js';
import { createHeap, type HeapReference, putHeapReference } from './global-heap.js';
import type { Pipeline } from './pipeline.js';
import type { Sink } from './sink.js';

/** `fill` is the declared fill value; its heap object belongs to the metadata, which writes the fill value message itself. */
export function createStringColumn(
  pipeline: Pipeline,
  layout: ColumnLayout,
  fill: string | undefined,
): Column<readonly string[]> {
  const { chunkRows, rowBytes } = layout;
  const valuesPerRow = rowBytes / layout.encoding.elementBytes;
  const chunkValues = chunkRows * valuesPerRow;
  const chunks: StoredChunk[] = [];
  let pending: string[] = [];
  let rows = 0;
  let chunkedRows = 0;
  let fillOccurs = false;

  const submit = (values: readonly string[], cells: number, landed: (address: number) => void): void => {
    pipeline.submit({
      cost: values.reduce((sum, text) => sum + text.length + rowBytes, 0),
      work: undefined,
      land: (sink) => landed(placeStrings(sink, values, cells)),
    });
  };

  const takeChunk = (values: readonly string[]): void => {
    const row = chunkedRows;
    chunkedRows += chunkRows;
    if (fill !== undefined && values.includes(fill)) fillOccurs = true;
    const size = chunkRows * rowBytes;
    submit(values, chunkValues, (address) => chunks.push({ row, address, size, filterMask: 0 }));
  };

  return {
    get rows() {
      return rows;
    },
    append(values, count) {
      rows += count;
      for (const text of values) {
        pending.push(text);
        if (pending.length < chunkValues) continue;
        takeChunk(pending);
        pending = [];
      }
    },
    finish(length) {
      if (rows === 0 && length > 0) fillOccurs = true;
      if (chunkedRows > 0) {
        if (pending.length > 0) takeChunk(pending);
        return { storage: { kind: 'chunked', chunkRows, chunks }, background: undefined, fillOccurs };
      }
      if (fill !== undefined && pending.includes(fill)) fillOccurs = true;
      if (pending.length === 0)
        return { storage: { kind: 'unallocated' }, background: undefined, fillOccurs };
      const storage = { kind: 'contiguous' as const, address: 0 };
      submit(pending, pending.length, (address) => {
        storage.address = address;
      });
      return { storage, background: undefined, fillOccurs };
    },
  };
}

/** Places the strings in heap collections and then `cells` references, of which those without a string are zero. */
function placeStrings(sink: Sink, values: readonly string[], cells: number): number {
  const heap = createHeap();
  const places: HeapReference[] = values.map((text) => heap.put(text));
  const base = sink.place(heap.finish(), 8);
  const w = new ByteWriter(cells * 16);
  for (const place of places)
    putHeapReference(w, place.length, base + heap.startOf(place.collection), place.index);
  w.zeros(cells * 16 - w.length);
  return sink.place(w.finish(), 8);
}
