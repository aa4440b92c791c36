/** Whether the levels of a report lead up or down, told by their times: nothing in older messages says it. */
import { Z_TYPE } from '../../records/variables.js';

/** What the levels of a report so far tell. One object serves all reports of a reader. */
export interface Course {
  /** The last level that has a time since launch: s, and its vertical coordinate with its type. */
  elapsed: number;
  z: number;
  zType: number;
  /** Steps from level to level that led up and down in the course of time. */
  up: number;
  down: number;
  /** The earliest time since launch of a level, s; NaN where no level has one. */
  firstElapsed: number;
}

/** A balloon bobs, and times are rounded: so many steps of a hundred may lead up in a descent. */
const BOBBING_PERCENT = 5;

export function createCourse(): Course {
  return { elapsed: Number.NaN, z: Number.NaN, zType: -1, up: 0, down: 0, firstElapsed: Number.NaN };
}

/** Forgets the levels of the report before. */
export function restartCourse(course: Course): void {
  course.elapsed = Number.NaN;
  course.zType = -1;
  course.up = 0;
  course.down = 0;
  course.firstElapsed = Number.NaN;
}

/** Takes the next level of the report into account; `elapsed` is NaN where it has no time. */
export function continueCourse(course: Course, elapsed: number, z: number, zType: number): void {
  if (Number.isNaN(elapsed)) return;
  if (!(elapsed >= course.firstElapsed)) course.firstElapsed = elapsed;
  if (zType === course.zType) {
    const rise = (zType === Z_TYPE.pressure ? course.z - z : z - course.z) * (elapsed - course.elapsed);
    if (rise > 0) course.up++;
    else if (rise < 0) course.down++;
  }
  course.elapsed = elapsed;
  course.z = z;
  course.zType = zType;
}

/** Whether the report as a whole leads down: one that goes up and down again does not. */
export function leadsDown({ up, down }: Course): boolean {
  return down > 0 && up * 100 <= down * BOBBING_PERCENT;
}
