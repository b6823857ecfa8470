import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readPageFiles } from './files'

it('are those of the folder and of the ones in it, by their paths', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'roundabout-files-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<title>')
  await writeFile(join(folder, 'assets/app.js'), 'export {}')
  await writeFile(join(folder, 'assets/app.js.map'), '{}')
  await writeFile(join(folder, 'notes'), 'no type')
  await symlink('/etc/hostname', join(folder, 'link.json'))

  const files = await readPageFiles(folder)
  expect([...files.keys()].toSorted()).toEqual(['/assets/app.js', '/index.html'])
  expect(files.get('/assets/app.js')).toMatchObject({
    body: Buffer.from('export {}'),
    type: 'text/javascript; charset=utf-8',
    etag: expect.stringMatching(/^"[\w-]+"$/),
  })
})
