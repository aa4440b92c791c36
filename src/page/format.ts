/** Numbers, sizes and times as the page writes them. UTC and English, whatever the machine is set to. */
import { civilTime } from '../calendar.js';

/** `1,234,567`; a dash for what is unknown. */
export function number(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',') : '–';
}

/** `1 station`, `2,931 stations`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** Bytes in decimal units. */
export function bytes(value: number): string {
  if (value < 1e3) return `${value} B`;
  if (value < 1e6) return `${(value / 1e3).toFixed(0)} kB`;
  return value < 1e9 ? `${(value / 1e6).toFixed(1)} MB` : `${(value / 1e9).toFixed(2)} GB`;
}

/** A share in per cent, never `0 %` for something nor `100 %` for less than all. */
export function share(part: number, whole: number): string {
  if (!(whole > 0)) return '–';
  const percent = (100 * part) / whole;
  if (part > 0 && percent < 0.1) return '< 0.1 %';
  if (part < whole && percent > 99.9) return '> 99.9 %';
  return `${percent.toFixed(1)} %`;
}

/** `1958-03-01` of seconds since 1900-01-01; a dash for NaN. */
export function day(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  const { year, month, day: date } = civilTime(seconds);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/** `2026-11-21 03:17 UTC` of an ISO 8601 time; the text itself where it is not such a time. */
export function minute(iso: string): string {
  const [, date, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(iso) ?? [];
  return date === undefined ? iso : `${date} ${time} UTC`;
}

/** Degrees with hemisphere: `48.25° N`. */
export function degrees(value: number, positive: string, negative: string): string {
  return Number.isFinite(value) ? `${Math.abs(value).toFixed(2)}° ${value < 0 ? negative : positive}` : '–';
}
