// The packages under test: made once, by the public command, into a folder of their own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestProject } from 'vitest/node'
import { appFolder } from '../../scripts/package/folders.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    packages: Packages
  }
}

interface Packages {
  /** The app's folder, and the packages made of it. */
  folder: string
  deb: string
  tarball: string
  rpm: string
  checksums: string
  /** The command's output. */
  output: string
}

const ROOT = resolve(import.meta.dirname, '../..')

export default async function makePackages(project: TestProject) {
  const dist = mkdtempSync(join(tmpdir(), 'roundabout-packages-'))
  // An ordinary user starts the app from here.
  chmodSync(dist, 0o755)
  const output = await run('scripts/package.mjs', [
    ...['--targets', 'deb,tar.gz,rpm', '--arch', process.arch, '--fast', '--output', dist],
  ])
  const named = (end: string) => {
    const file = readdirSync(dist).find((name) => name.endsWith(end))
    if (file === undefined) throw new Error(`There is no ${end} among the packages.\n${output}`)
    return join(dist, file)
  }
  project.provide('packages', {
    folder: appFolder(process.arch, { dist }),
    deb: named('.deb'),
    tarball: named('.tar.gz'),
    rpm: named('.rpm'),
    checksums: named('SHA256SUMS.txt'),
    output,
  })
  return () => rmSync(dist, { recursive: true, force: true })
}

async function run(script: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [script, ...args], { cwd: ROOT })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${script} ended with ${code}.\n${output}`)
  return output
}
