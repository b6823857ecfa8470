import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ran } from '../testing'

const EXAMPLE = 'examples/weighted-turns-of-nginx.roundabout-scenario'

describe('roundabout export', () => {
  it('prints a single file, and what differs apart from it', async () => {
    const { status, out, told } = await ran(['export', EXAMPLE, '--to', 'haproxy', '-port', '3100'])
    expect(status).toBe(0)
    expect(out).toMatch(/^# .*exported from Roundabout for HAProxy\./)
    expect(out).toContain('bind 127.0.0.1:3100')
    expect(told).toContain('- HAProxy routes a connection once, by its first message')
    expect(told).toContain('the order of the turns is HAProxy’s wheel')
  })

  it('writes several files into a folder, and needs one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'roundabout-export-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const real = join(folder, 'real')
    const refused = await ran(['export', EXAMPLE, '--to', 'nginx'])
    expect(refused).toMatchObject({ status: 2, out: '' })
    expect(refused.told).toContain('add --output FOLDER')
    const { status, out } = await ran(['export', EXAMPLE, '--to', 'nginx', '--output', real])
    expect(status).toBe(0)
    const names = ['nginx.conf', 'roundabout.js', 'nginx-ports.conf']
    expect(out.split('\n')).toEqual(names.map((name) => join(real, name)))
    expect((await readdir(real)).toSorted()).toEqual(names.toSorted())
    expect(await readFile(join(real, 'nginx.conf'), 'utf8')).toContain('js_preread')
  })

  it.each([
    [
      'package.json',
      'package.json cannot be written: a file or folder of that name is there already.',
    ],
    ['package.json/real', 'package.json/real cannot be written: a part of its path is no folder.'],
  ])('says why it cannot write into %s', async (output, told) => {
    const { status, told: words } = await ran([
      'export',
      EXAMPLE,
      '--to',
      'nginx',
      '-output',
      output,
    ])
    expect([status, words.split('\n').at(-1)]).toEqual([2, told])
  })

  it('prints all of it as a line of JSON', async () => {
    const { out, told } = await ran(['export', EXAMPLE, '--to', 'envoy', '--json'])
    expect(told).toBe('')
    const printed = JSON.parse(out)
    expect(printed).toMatchObject({ target: 'envoy', tested: null })
    expect(printed.differences[0]).toContain('Envoy does not look into messages')
    expect(printed.files).toEqual([
      { name: 'envoy.yaml', text: expect.stringContaining('WRITTEN, NOT RUN') },
    ])
  })

  it('says in one sentence that there is no such program', async () => {
    const { status, told } = await ran(['export', EXAMPLE, '--to', 'apache'])
    expect(status).toBe(2)
    expect(told).toContain('one of haproxy, nginx, envoy, compose')
  })
})
