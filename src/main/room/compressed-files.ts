// The files of the built pages with what is sent of them: phones on a crowded network get them compressed.
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { type PageFile, readPageFiles } from '../web/files'

export interface CompressedFile extends PageFile {
  readonly zipped: Buffer
}

export async function compressed(folder: string): Promise<ReadonlyMap<string, CompressedFile>> {
  const zip = promisify(gzip)
  const files = new Map<string, CompressedFile>()
  for (const [path, file] of await readPageFiles(folder)) {
    files.set(path, { ...file, zipped: await zip(file.body) })
  }
  return files
}
