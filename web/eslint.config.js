// One configuration for scripts, templates and specs; formatting belongs to prettier alone.
import vue from 'eslint-plugin-vue'
import ts from 'typescript-eslint'

const leftToPrettier = [
  'first-attribute-linebreak',
  'html-closing-bracket-newline',
  'html-closing-bracket-spacing',
  'html-indent',
  'html-quotes',
  'html-self-closing',
  'max-attributes-per-line',
  'multiline-html-element-content-newline',
  'mustache-interpolation-spacing',
  'singleline-html-element-content-newline',
]

export default ts.config(
  { ignores: ['dist', 'node_modules', 'packages/api-client/schema.d.ts'] },
  ...ts.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    rules: {
      ...Object.fromEntries(leftToPrettier.map((rule) => [`vue/${rule}`, 'off'])),
      'no-console': 'error',
      eqeqeq: 'error',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-macros-order': 'error',
      'vue/enforce-style-attribute': ['error', { allow: ['scoped'] }],
      'vue/no-v-html': 'error',
      'vue/require-default-prop': 'off',
      'vue/no-undef-components': [
        'error',
        { ignorePatterns: ['^El[A-Z]', '^el-', 'RouterLink', 'RouterView'] },
      ],
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['**/*.spec.ts'],
    rules: {
      // One way each: a turn of the loop is too little for a page, and `waitFor` knows nothing of the bounds of this suite.
      'no-restricted-imports': [
        'error',
        { paths: [{ name: '@vue/test-utils', importNames: ['flushPromises'], message: 'settle()' }] },
      ],
      'no-restricted-properties': [
        'error',
        ...['waitFor', 'waitUntil'].map((property) => ({ object: 'vi', property, message: 'expect.poll()' })),
      ],
    },
  },
  {
    files: ['scripts/**', '*.config.js'],
    rules: { 'no-console': 'off' },
  },
)
