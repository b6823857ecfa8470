export interface Part {
  name: string
  bytes: number
}

/** The parts of the app in `folder`, largest first. */
export function listParts(folder: string): Part[]
export function formatParts(parts: readonly Part[]): string[]
export function formatBytes(bytes: number): string
