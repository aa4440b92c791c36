/** Barbs of launches whose winds turn, measured on the finished drawing. */
import { describe, expect, it } from 'vitest';
import { createChart, svgText } from '../../src/plot/drawing.js';
import { drawBarbs } from '../../src/plot/wind-barbs.js';
import { createRandom } from '../support/random.js';

type Line = [x0: number, y0: number, x1: number, y1: number];

const FONT_SIZE = 14.2;

/** The barbs of winds from the ground up, `gap` pixels apart: of each its foot, and its lines on the page. */
function barbsOf(
  winds: readonly { speed: number; direction: number }[],
  gap: number,
  isSouthern = false,
): { foot: number; lines: Line[] }[] {
  const size = { width: 400, height: 1200, fontSize: FONT_SIZE };
  const chart = createChart(size, { prefix: 'x', title: '', description: '' });
  const placed = winds.map((wind, i) => ({ ...wind, pressure: 1000 - i, height: 1100 - i * gap }));
  const column = { x: 200, y: (wind: { height: number }) => wind.height, top: 100, bottom: 1100 };
  drawBarbs(chart, placed, { ...column, fontSize: FONT_SIZE }, isSouthern);
  return [...svgText(chart).matchAll(/<g transform="([^"]*)">(.*?)<\/g>|<circle[^>]*>/g)].map(
    ([all, transform = '', paths = '']) => {
      if (all.startsWith('<circle')) {
        const [cx, cy, r] = ['cx', 'cy', 'r'].map((name) =>
          Number(new RegExp(`\\b${name}="([^"]*)"`).exec(all)?.[1]),
        ) as [number, number, number];
        const corner = (i: number): [number, number] => [
          cx + r * Math.cos((i * Math.PI) / 12),
          cy + r * Math.sin((i * Math.PI) / 12),
        ];
        return { foot: cy, lines: Array.from({ length: 24 }, (_, i) => [...corner(i), ...corner(i + 1)]) };
      }
      const [x = 0, y = 0, degrees = 0] = [...transform.matchAll(/-?[\d.]+/g)].map(Number);
      const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      const lines: Line[] = [];
      for (const [path] of paths.matchAll(/M[^M"]*/g)) {
        const points = [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, a, b]): [number, number] => [
          x + Number(a) * cos - Number(b) * sin,
          y + Number(a) * sin + Number(b) * cos,
        ]);
        const ring = path.includes('Z') ? [...points, points[0] as [number, number]] : points;
        for (let i = 1; i < ring.length; i++)
          lines.push([...(ring[i - 1] as [number, number]), ...(ring[i] as [number, number])]);
      }
      return { foot: y, lines };
    },
  );
}

/** Points along a line, half a pixel apart. */
function pointsOf([x0, y0, x1, y1]: Line): [number, number][] {
  const n = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) * 2));
  return Array.from({ length: n + 1 }, (_, i) => [x0 + ((x1 - x0) * i) / n, y0 + ((y1 - y0) * i) / n]);
}

/** Least distance in pixels of any two barbs of a drawing. */
function leastDistance(barbs: readonly { lines: Line[] }[]): number {
  const clouds = barbs.map(({ lines }) => lines.flatMap(pointsOf));
  let least = Number.POSITIVE_INFINITY;
  for (const [i, a] of clouds.entries())
    for (const b of clouds.slice(i + 1, i + 5))
      for (const [x, y] of a) for (const [u, v] of b) least = Math.min(least, Math.hypot(x - u, y - v));
  return least;
}

const random = createRandom(7);
const SETS: [string, { speed: number; direction: number }[]][] = [
  [
    'that turn by 37 degrees a level',
    Array.from({ length: 60 }, (_, i) => ({ speed: 8 + i, direction: (i * 37) % 360 })),
  ],
  [
    'that change between north and south',
    Array.from({ length: 60 }, (_, i) => ({ speed: 42, direction: i % 2 === 0 ? 360 : 180 })),
  ],
  ['from the north', Array.from({ length: 60 }, () => ({ speed: 60, direction: 360 }))],
  [
    'of any direction',
    Array.from({ length: 60 }, () => ({ speed: random.between(0, 90), direction: random.between(0, 360) })),
  ],
];

describe('wind barbs', () => {
  it.each(SETS)('of winds %s do not touch', (_, winds) => {
    for (const gap of [4, 17, 27, 41])
      for (const isSouthern of [false, true]) {
        const barbs = barbsOf(winds, gap, isSouthern);
        expect(barbs.length, `${gap}`).toBeGreaterThanOrEqual(3);
        expect(leastDistance(barbs), `${gap}`).toBeGreaterThan(2);
      }
  });

  it('across their line stand closer than along it', () => {
    const count = (direction: number): number =>
      barbsOf(
        Array.from({ length: 500 }, () => ({ speed: 20, direction })),
        2,
      ).length;
    // 1,000 pixels: every 1.9 font sizes where nothing is in the way.
    expect(count(270)).toBe(36);
    expect(count(360)).toBeLessThan(36);
    expect(count(360)).toBeGreaterThan(25);
  });

  it('have all winds that stand clear of each other, calm ones as circles', () => {
    const winds = [0, 3, 12, 25, 51].map((speed) => ({ speed, direction: 200 }));
    const barbs = barbsOf(winds, 100);
    expect(barbs.map(({ foot }) => foot)).toEqual([1100, 1000, 900, 800, 700]);
    // 6, 23, 49 and 99 kt: a half; two and a half feathers; a pennant; two pennants. Each with its shaft.
    expect(barbs.map(({ lines }) => lines.length)).toEqual([24, 2, 4, 4, 7]);
  });
});
