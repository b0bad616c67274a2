// Unit tests (*.test.ts) run on pure code; *.int.test.ts run on real PostgreSQL and NATS, *.e2e.test.ts on whole plants.
const common = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/packages/testing/src/strip-types.mjs' },
  testEnvironment: 'node',
  // 'import' must not be added here: `pg` resolves to a build that jest cannot load with it.
  testEnvironmentOptions: { customExportConditions: ['@plantops/source', 'node', 'node-addons'] },
};

export default {
  // Each worker has a NATS server of its own; one that is handed in is shared, so its test files go one after the other.
  maxWorkers: process.env['PLANTOPS_TEST_NATS_URL'] === undefined ? 2 : 1,
  testTimeout: 30_000,
  reporters: ['default', '<rootDir>/packages/testing/src/closing-line.mjs'],
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/{packages,services}/*/src/**/!(*.int|*.e2e).test.ts'] },
    {
      ...common,
      displayName: 'int',
      testMatch: ['<rootDir>/{packages,services}/*/src/**/*.int.test.ts'],
      globalSetup: '<rootDir>/packages/testing/src/global-setup.ts',
      globalTeardown: '<rootDir>/packages/testing/src/global-teardown.ts',
    },
    { ...common, displayName: 'e2e', testMatch: ['<rootDir>/{packages,services}/*/src/**/*.e2e.test.ts'] },
  ],
};
