// The kinds of files that the app opens, by their extensions.
export const RECORDING_EXTENSION = 'roundabout'
export const SCENARIO_EXTENSION = 'roundabout-scenario'
export const LESSON_EXTENSION = 'roundabout-lesson'

export type FileKind = 'recording' | 'scenario' | 'lesson'

/** Undefined if the name does not end in one of the extensions. */
export function fileKindOf(name: string): FileKind | undefined {
  const lower = name.toLowerCase()
  if (lower.endsWith(`.${SCENARIO_EXTENSION}`)) return 'scenario'
  if (lower.endsWith(`.${LESSON_EXTENSION}`)) return 'lesson'
  return lower.endsWith(`.${RECORDING_EXTENSION}`) ? 'recording' : undefined
}

/** Returns the name without its extension. */
export function withoutExtension(name: string): string {
  const extensions = [RECORDING_EXTENSION, SCENARIO_EXTENSION, LESSON_EXTENSION]
  return name.replace(new RegExp(`\\.(${extensions.join('|')})$`, 'i'), '')
}
