// SHA256SUMS.txt: one line a file, as `sha256sum --check` reads it.
import { createHash } from 'node:crypto'
import { createReadStream, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'

export async function writeChecksums(folder, files) {
  const lines = []
  for (const file of [...files].sort()) lines.push(`${await sha256(file)}  ${basename(file)}\n`)
  const list = join(folder, 'SHA256SUMS.txt')
  writeFileSync(list, lines.join(''))
  return list
}

async function sha256(file) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
