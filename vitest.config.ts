import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // What takes long for its processes and harvests runs with the matrix.
    exclude: ['test/matrix/**', 'test/**/*.slow.test.ts'],
    // Left to itself the runner keeps one core idle, which on two cores is half of them.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
