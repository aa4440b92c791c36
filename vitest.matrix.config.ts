import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/matrix/**/*.test.ts', 'test/**/*.slow.test.ts'],
    maxWorkers: '100%',
    testTimeout: 1_800_000,
    hookTimeout: 300_000,
  },
});
