import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['dist/', 'src/paraglide/', 'public/', 'engine/', 'e2e/fixtures/out/', '.cache/'] },
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: globals.browser } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
  },
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // An interface may be met with nothing to do.
      '@typescript-eslint/no-empty-function': 'off',
      // Reactivity in src/state is by $state fields alone; its maps are private bookkeeping.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
);
