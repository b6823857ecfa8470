// Values for every setting, as its declaration allows them, and values that it refuses.
import fc from 'fast-check'
import * as v from 'valibot'
import type { Settings, ValuesOf } from '../../src/shared/settings/derive'
import { OFF, type Setting, type Value } from '../../src/shared/settings/setting'

/** Some values that the setting can have. */
export function goodValues(setting: Setting): fc.Arbitrary<Value> {
  switch (setting.kind) {
    case 'text': {
      const { maxChars, schema } = setting
      const texts = fc.string({ maxLength: Math.min(maxChars, 30) })
      const all = fc.oneof(texts, fc.constant('x'.repeat(maxChars)), fc.constant('0, 12.5'))
      return all.filter((text) => v.is(schema, text)).map((text) => v.parse(schema, text))
    }
    case 'number': {
      const { min, max, isWhole } = setting
      const numbers = isWhole ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true })
      return numbers.filter((value) => v.is(setting.schema, value))
    }
    case 'flag':
      return fc.boolean()
    case 'choice':
      return fc.constantFrom(...setting.options.map(({ value }) => value))
    case 'feature': {
      const inUse = valuesOfAll(setting.settings).filter((values) => v.is(setting.schema, values))
      return fc.oneof(fc.constant(OFF), inUse)
    }
  }
}

/** A value for each of the settings. */
export function valuesOfAll<S extends Settings>(settings: S): fc.Arbitrary<ValuesOf<S>> {
  const all = Object.entries(settings).map(([name, setting]) => [name, goodValues(setting)])
  return fc.record(Object.fromEntries(all)) as fc.Arbitrary<unknown> as fc.Arbitrary<ValuesOf<S>>
}

/** Values that it refuses, and what the words about them have to say. */
export function badValues(setting: Setting): { values: readonly unknown[]; allowed: string[] } {
  switch (setting.kind) {
    case 'text':
      return {
        values: ['x'.repeat(setting.maxChars + 1), 1, null],
        allowed: [`${setting.maxChars}`],
      }
    case 'number': {
      const { min, max, isWhole } = setting
      const values = [min - 1, max + 1, Number.NaN, '1', ...(isWhole ? [min + 0.5] : [])]
      return { values, allowed: [`from ${min} to ${max}`, setting.unit] }
    }
    case 'flag':
      return { values: ['true', 1, null], allowed: ['true or false'] }
    case 'choice':
      return { values: ['', 'none', 1], allowed: setting.options.map(({ value }) => `“${value}”`) }
    case 'feature':
      return {
        values: ['on', true, 1, []],
        allowed: ['“off”', ...Object.keys(setting.settings).map((name) => `“${name}”`)],
      }
  }
}
