// The kinds of files that the app opens, by how their names end.
export const RECORDING_EXTENSION = 'roundabout'
export const SCENARIO_EXTENSION = 'roundabout-scenario'

export type FileKind = 'recording' | 'scenario'

/** Undefined where the name is that of neither. */
export function fileKindOf(name: string): FileKind | undefined {
  const lower = name.toLowerCase()
  if (lower.endsWith(`.${SCENARIO_EXTENSION}`)) return 'scenario'
  return lower.endsWith(`.${RECORDING_EXTENSION}`) ? 'recording' : undefined
}

/** The name without how it ends. */
export function withoutExtension(name: string): string {
  return name.replace(new RegExp(`\\.(${RECORDING_EXTENSION}|${SCENARIO_EXTENSION})$`, 'i'), '')
}
