#!/usr/bin/env node
// The command line in the clone: installs and builds what is missing, then runs the built one.
import { ensureBuild } from '../scripts/lib/ensure-build.mjs'
import { ensureDependencies } from '../scripts/lib/ensure-dependencies.mjs'
import { checkNodeVersion } from '../scripts/lib/node-version.mjs'

checkNodeVersion()
await ensureDependencies()
await ensureBuild()
await import('../out/main/roundabout.cjs')
