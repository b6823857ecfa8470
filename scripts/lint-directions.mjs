// Checks who imports whom, by the rules in .dependency-cruiser.cjs. Exit code 1 on a breach.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

// TypeScript 7 offers dependency-cruiser no parser, so it uses swc, but it omits swc's `tsx` option
// and fails on JSX. This turns the option on before dependency-cruiser takes the function.
const swc = require('@swc/core')
const parseFile = swc.parseFileSync
swc.parseFileSync = (file, options) => parseFile(file, { ...options, tsx: file.endsWith('.tsx') })

const { cruise } = await import('dependency-cruiser')
const { forbidden, options } = require('../.dependency-cruiser.cjs')

const { output, exitCode } = await cruise(['src'], {
  ...options,
  ruleSet: { forbidden },
  validate: true,
  outputType: 'err-long',
})
console.log(output.trim())
process.exitCode = exitCode > 0 ? 1 : 0
