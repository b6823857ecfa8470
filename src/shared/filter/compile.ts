// Compiles a filter's tree to one test. Cheap tests run first, so that bytes are parsed only if all
// of those match.
import {
  COST,
  extraField,
  FILTER_KEYS,
  type FilterKey,
  joinWords,
  keyNamed,
  type PacketTest,
} from './keys'
import { nearest } from './spelling'
import { FilterError, type FilterTree } from './syntax'

interface CostedTest {
  test: PacketTest
  cost: number
}

/** Throws a FilterError if a key or a value is unknown. */
export function compile(tree: FilterTree): PacketTest {
  return compileTree(tree).test
}

function compileTree(tree: FilterTree): CostedTest {
  switch (tree.kind) {
    case 'text': {
      if (!tree.quoted) refuseComparison(tree)
      const text = tree.text.toLowerCase()
      return { cost: COST.text, test: (packet) => packet.has(text) }
    }
    case 'key': {
      const key = keyOf(tree)
      return anyOf(tree.values.map((value) => ({ cost: key.cost, test: key.test(value) })))
    }
    case 'not': {
      const { test, cost } = compileTree(tree.part)
      return { cost, test: (packet) => !test(packet) }
    }
    case 'any':
      return anyOf(tree.parts.map(compileTree))
    case 'all':
      return allOf(tree.parts.map(compileTree))
  }
}

function allOf(questions: readonly CostedTest[]): CostedTest {
  const tests = cheapestFirst(questions)
  return { cost: highestCost(questions), test: (packet) => tests.every((test) => test(packet)) }
}

function anyOf(questions: readonly CostedTest[]): CostedTest {
  const tests = cheapestFirst(questions)
  const [only] = tests
  const test: PacketTest =
    only && tests.length === 1 ? only : (packet) => tests.some((one) => one(packet))
  return { cost: highestCost(questions), test }
}

function cheapestFirst(questions: readonly CostedTest[]): PacketTest[] {
  return [...questions].sort((a, b) => a.cost - b.cost).map(({ test }) => test)
}

function highestCost(questions: readonly CostedTest[]): number {
  return Math.max(...questions.map(({ cost }) => cost))
}

/** Programs elsewhere write `type=0` and `size>100`; as a text to search for, that would find nothing without a word. */
function refuseComparison({ text, from, to }: Extract<FilterTree, { kind: 'text' }>): void {
  const [, written = '', sign = '', value = ''] =
    /^([a-z][\w-]*)(==?|[<>]=?)([^"“]*)/i.exec(text) ?? []
  const key = keyNamed(written)
  if (!key) return
  const isEqual = sign.startsWith('=')
  const comparison = isEqual || !key.compares ? '' : sign
  const reason = isEqual || key.compares ? '' : `“${key.name}:” is not compared by “${sign}”. `
  throw new FilterError(`${reason}Did you mean “${key.name}:${comparison}${value}”?`, from, to)
}

function keyOf(tree: Extract<FilterTree, { kind: 'key' }>): FilterKey {
  if (tree.field !== undefined) return extraField(tree.field)
  const key = keyNamed(tree.key)
  if (key) return key
  const names = FILTER_KEYS.map(({ name }) => name)
  const near = nearest(tree.key, names)
  const place = [tree.from, tree.from + tree.key.length + 1] as const
  if (near !== undefined) {
    throw new FilterError(`There is no “${tree.key}:”. Did you mean “${near}:”?`, ...place)
  }
  throw new FilterError(
    `There is no “${tree.key}:”, but ${joinWords(names.slice(0, 6).map((name) => `“${name}:”`))} and more. For any field of the message write “field.${tree.key}:”; to search for a text with a colon, put it in quotation marks.`,
    ...place,
  )
}
