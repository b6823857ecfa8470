// Names in a configuration for policies and servers, whose ids may be any text.
import type { ProtocolId } from '../ids'

/** A different name for each id, of letters, digits, `_` and `-`. */
export function safeNames(
  prefix: string,
  ids: readonly ProtocolId[],
): ReadonlyMap<ProtocolId, string> {
  const taken = new Set<string>()
  return new Map(
    ids.map((id) => {
      const plain = prefix + id.replaceAll(/[^A-Za-z0-9_-]/g, '_')
      let name = plain
      for (let number = 2; taken.has(name); number++) name = `${plain}_${number}`
      taken.add(name)
      return [id, name]
    }),
  )
}

/** A text in a comment: control characters would end its line. */
export function inComment(text: string): string {
  return text.replaceAll(/\p{C}/gu, '?')
}
