// Where a test finds the app and the programs that run it.
import { resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')

export function electronPath(): string {
  return setting('ELECTRON_PATH')
}

export function chromiumPath(): string {
  return setting('CHROMIUM_PATH')
}

function setting(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set: \`npm test\` finds and sets it.`)
  return value
}
