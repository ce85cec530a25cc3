/** Tests import the TypeScript sources (export condition `@wellfit/source`), so no build is needed for them. */
export default {
  rootDir: '.',
  testMatch: [
    '<rootDir>/packages/*/src/**/*.test.ts',
    '<rootDir>/integration/**/*.test.ts',
    '<rootDir>/examples/**/*.test.ts',
  ],
  modulePathIgnorePatterns: ['/dist/', '/.nx/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  // TypeScript's Node rules write `./x.js` for the file `./x.ts`.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@wellfit/source', 'node', 'node-addons'] },
  reporters: ['default', '<rootDir>/tools/plain-summary.mjs'],
  maxWorkers: 2,
  testTimeout: 60_000,
};
