import { expect, it } from 'vitest'
import { inLanguage, isInBoth } from './code-language'

const PYTHON =
  '**Python** (add `import time`)\n\n```python\na = 1\n\nb = 2\n```\n\n```python\nc = 3\n```'
const NODE = '**Node**: likewise,\nin two lines.\n\n```js\nconst a = 1\n```'
const TEXT = `Before.\n\n${PYTHON}\n\n${NODE}\n\nAfter, with **Node** in it.`

it('keeps the parts of one language, and everything that has none', () => {
  expect(inLanguage(TEXT, 'Python')).toBe(`Before.\n\n${PYTHON}\n\nAfter, with **Node** in it.`)
  expect(inLanguage(TEXT, 'Node')).toBe(`Before.\n\n${NODE}\n\nAfter, with **Node** in it.`)
})

it.each([
  [TEXT, true],
  [PYTHON, false],
  [`${PYTHON}\n\nAs in **Node**.`, false],
  ['', false],
])('tells whether there is a choice in %j', (text, both) => {
  expect(isInBoth(text)).toBe(both)
})
