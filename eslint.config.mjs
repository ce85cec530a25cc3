import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Imports point down only: what each package may import of the others (ARCHITECTURE.md has the picture). */
const allowed = {
  core: [],
  // Of what runs, analysis takes the random streams alone, which load no TensorFlow.js.
  analysis: ['core', 'core/random'],
  backends: ['core', 'wasm-kernels'],
  callbacks: ['core'],
  datasets: ['core'],
  formats: ['core', 'layers'],
  layers: ['core'],
  models: ['core', 'layers'],
  regularizers: ['core'],
  reporters: ['core'],
  testing: ['core', 'wasm-kernels'],
  'wasm-kernels': [],
};

const downward = Object.entries(allowed).map(([name, below]) => ({
  files: [`packages/${name}/src/**/*.ts`],
  ignores: ['**/*.test.ts', '**/*.test-support.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(wellfit$|@wellfit/(?!(${[...below, '-'].join('|')})$))`,
            message: `@wellfit/${name} may import only: ${below.join(', ') || 'no other package'}.`,
          },
        ],
      },
    ],
  },
}));

/** Only the command and the backends touch the process and the console. */
const noProcess = {
  files: ['packages/*/src/**/*.ts'],
  ignores: ['packages/cli/**', 'packages/backends/**', '**/*.test.ts'],
  rules: { 'no-restricted-globals': ['error', 'process', 'console'], 'no-console': 'error' },
};

export default tseslint.config(
  { ignores: ['**/dist/', '**/assembly/', '**/.tsbuild/', '.nx/', 'runs/', 'coverage/'] },
  eslint.configs.recommended,
  {
    files: ['packages/**/*.ts', 'integration/**/*.ts', 'examples/**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.test.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        URL: 'readonly',
        clearTimeout: 'readonly',
        setTimeout: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
      },
    },
  },
  ...downward,
  noProcess,
);
