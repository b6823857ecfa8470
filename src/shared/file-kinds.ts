// The kinds of files that the app opens, by their extensions.
export const RECORDING_EXTENSION = 'roundabout'
export const SCENARIO_EXTENSION = 'roundabout-scenario'

export type FileKind = 'recording' | 'scenario'

/** Undefined if the name has neither extension. */
export function fileKindOf(name: string): FileKind | undefined {
  const lower = name.toLowerCase()
  if (lower.endsWith(`.${SCENARIO_EXTENSION}`)) return 'scenario'
  return lower.endsWith(`.${RECORDING_EXTENSION}`) ? 'recording' : undefined
}

/** Returns the name without its extension. */
export function withoutExtension(name: string): string {
  return name.replace(new RegExp(`\\.(${RECORDING_EXTENSION}|${SCENARIO_EXTENSION})$`, 'i'), '')
}
