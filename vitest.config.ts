import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // What takes long for its processes and harvests runs with the matrix.
    exclude: ['test/matrix/**', 'test/**/*.slow.test.ts'],
    // Left to itself the runner keeps one core idle, which on two cores is half of them.
    maxWorkers: '100%',
    // The files of a worker share their modules, which are loaded once: half the time. So no file here mocks a module, and whoever
    // changes what others see puts it back. The matrix keeps its files apart.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
