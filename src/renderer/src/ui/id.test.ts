import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { Id, Name } from './Id'

/** The spans' texts: all but the last of several may be cut. */
function partsOf(markup: string): string[] {
  return [...markup.matchAll(/(?<=^|>)[^<>]+/g)].map(([text]) => text)
}
const name = (text: string) => renderToStaticMarkup(createElement(Name, { text }))

it('cuts the id of a name in its middle, and no word', () => {
  const id = `group-${'7'.repeat(53)}-east`
  expect(partsOf(name(`Outside server ${id}`))).toEqual([
    'Outside server',
    ' ',
    `group-${'7'.repeat(53)}`,
    '-east',
  ])
  expect(partsOf(name('client a long one'))).toEqual(['client', ' ', 'a lon', 'g one'])
  expect(name(`client ${id}`)).toContain(`title="client ${id}"`)
})

it('leaves a name without an id in one piece', () => {
  expect(partsOf(name('an unknown program'))).toEqual(['an unknown program'])
  expect(partsOf(name('proxy'))).toEqual(['proxy'])
})

it('leaves a short name as it is', () => {
  expect(name('client 1')).toBe('<bdi><span class="id-word">client</span> 1</bdi>')
  expect(renderToStaticMarkup(createElement(Id, { before: 'policy ', text: '111' }))).toBe(
    '<bdi><span class="id-word">policy</span> 111</bdi>',
  )
})

it('shows control characters of an id as escapes', () => {
  expect(renderToStaticMarkup(createElement(Id, { text: '1\u202e2\n3' }))).toContain('1\\u202E2\\n')
})
