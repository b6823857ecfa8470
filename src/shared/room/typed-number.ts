// A number as people type it into the answer to a question.

/**
 * Reads `1,200`, as the app itself writes it, `1 200`, `12,5`, `12.5` and `12.5 ms`. Returns undefined for what is no number.
 */
export function typedNumber(text: string, unit = ''): number | undefined {
  const trimmed = text.trim()
  const bare = trimmed.endsWith(unit) ? trimmed.slice(0, trimmed.length - unit.length) : trimmed
  const compact = bare.replace(/\s/g, '').replace('−', '-')
  const isGrouped = /^-?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(compact)
  const plain = isGrouped ? compact.replaceAll(',', '') : compact.replace(',', '.')
  if (!/^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return undefined
  const value = Number(plain)
  return Number.isFinite(value) ? value : undefined
}
