/** Attributes as they are stored, beside what is written. */
import type { AttributeValue, StoredAttribute } from '../netcdf4/index.js';

/** Whether a stored attribute is what the writer makes of a value. */
export function isSameAttribute(stored: StoredAttribute, value: AttributeValue): boolean {
  if (typeof stored === 'string' || typeof value === 'string') return stored === value;
  const given = typeof value === 'number' || typeof value === 'bigint' ? [value] : value;
  return (
    stored.length === given.length &&
    Array.from<unknown>(stored).every((item, i) => Object.is(item, Array.from<unknown>(given)[i]))
  );
}
