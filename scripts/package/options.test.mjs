import { describe, expect, it } from 'vitest'
import { readOptions } from './options.mjs'

describe('the command line of npm run package', () => {
  it('makes everything for the system that it runs on', () => {
    const everything = (platform) => {
      const { targets, arches, named } = readOptions([], platform)
      return { targets, arches, named }
    }
    const named = { targets: false, arches: false }
    expect(everything('linux')).toEqual({
      targets: ['deb', 'rpm', 'AppImage', 'tar.gz'],
      arches: ['x64', 'arm64'],
      named,
    })
    expect(everything('win32')).toEqual({
      targets: ['nsis', 'zip'],
      arches: ['x64', 'arm64'],
      named,
    })
    expect(everything('darwin')).toEqual({
      targets: ['dmg', 'zip'],
      arches: ['universal'],
      named,
    })
  })

  it('takes values with a blank or an equals sign', () => {
    const wanted = { kind: 'run', targets: ['deb', 'tar.gz'], arches: ['x64'], output: 'there' }
    const spaced = ['--targets', 'deb,tar.gz', '--arch', 'x64', '--output', 'there']
    expect(readOptions(spaced, 'linux')).toMatchObject(wanted)
    const joined = ['--targets=deb,tar.gz', '--arch=x64', '--output=there']
    expect(readOptions(joined, 'linux')).toMatchObject(wanted)
  })

  it('makes only the folder, for this machine, with --dir', () => {
    expect(readOptions(['--dir'], 'linux')).toMatchObject({ targets: [], arches: [process.arch] })
  })

  it('knows what was asked for by name, since leaving that out is a failure', () => {
    expect(readOptions(['--targets', 'deb'], 'linux').named).toEqual({
      targets: true,
      arches: false,
    })
    expect(readOptions(['--arch', 'x64'], 'linux').named).toEqual({ targets: false, arches: true })
    expect(readOptions(['--dir'], 'linux').named.arches).toBe(true)
  })

  it.each([
    [['--dri'], 'Unknown option "--dri".'],
    [['deb'], 'Unknown option "deb".'],
    [['--arch'], '--arch needs a value.'],
    [['--targets', '--fast'], '--targets needs a value.'],
    [['--fast=yes'], '--fast takes no value.'],
    [['--dir', '--targets', 'deb'], 'Choose --dir or --targets, not both.'],
    [['--targets', 'msi'], 'There is no package "msi" on this system.'],
    [['--arch', 'riscv64'], 'There is no architecture "riscv64" on this system.'],
  ])('refuses %j in words', (args, words) => {
    const { kind, error } = readOptions(args, 'linux')
    expect(kind).toBe('error')
    expect(error).toContain(words)
  })

  it('says where it makes no packages', () => {
    expect(readOptions([], 'sunos')).toEqual({
      kind: 'error',
      error: 'No packages are made on sunos.',
    })
  })
})
