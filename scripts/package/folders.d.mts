export const DIST: string

/** The folder of the packaged app, e.g. dist/linux-unpacked; on macOS the .app itself. */
export function appFolder(arch?: string, where?: { platform?: string; dist?: string }): string
/** The program to start in such a folder. */
export function appProgram(folder: string, platform?: string): string
