// An option whose text a schema checks: an id, a policy.
import * as v from 'valibot'
import { UNQUOTED } from '../../shared/issue-text'
import type { Option } from './option'

export function schemaOption(
  schema: v.GenericSchema<string>,
  { value, help }: { value: string; help: string },
): Option<string | undefined> {
  return {
    value,
    help,
    without: undefined,
    read(text, name) {
      if (text === undefined) return { ok: false, error: `${name} needs a value; it got nothing.` }
      const parsed = v.safeParse(schema, text, UNQUOTED)
      if (parsed.success) return { ok: true, value: parsed.output }
      return { ok: false, error: `${name}: ${parsed.issues[0].message}` }
    },
  }
}
