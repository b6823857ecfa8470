// Finds the mistakes that make an Electron app unsafe, with the checks of Doyensec's Electronegativity. Its own runner stays
// unused: it asks GitHub for translations and releases at each start, and needs an API that TypeScript 7 does not have.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import { inModules } from '../lib/project.mjs'

const HOME = inModules('@doyensec/electronegativity')
const require = createRequire(join(HOME, 'package.json'))
/** The checks look their descriptions up in a global; the name of a finding is enough here. */
globalThis.__ ??= (name) => name

const { ESLintAst, TreeSettings } = require('./dist/finder/ast.js')
const { Finder } = require('./dist/finder/finder.js')
const { GlobalChecks } = require('./dist/finder/globalchecks.js')
const { sourceExtensions, sourceTypes } = require('./dist/parser/types.js')
const babel = require('@babel/parser')
const cheerio = require('cheerio')

/** Compares the app's Electron with the releases, which it fetches. */
const NEEDS_NETWORK = 'availablesecurityfixesglobalcheck'
const TEST = /[.]test[.]tsx?$|[/\\]testing[^/\\]*[.]tsx?$/

/** Returns every source under `folder`, without tests, as `{ file, content }`. */
export function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => extname(name).slice(1) in sourceExtensions && !TEST.test(name))
    .sort()
    .map((name) => ({
      file: name.replaceAll('\\', '/'),
      content: readFileSync(join(folder, name), 'utf8'),
    }))
}

/** Returns `{ rule, file, line, sample }` of each finding. Throws if a source cannot be parsed. */
export async function scan(sources, electronVersion) {
  const globalChecks = new GlobalChecks([], [NEEDS_NETWORK])
  const finder = new Finder([], [])
  const found = []
  for (const { file, content } of sources) {
    const type = sourceExtensions[extname(file).slice(1)]
    const data = type === sourceTypes.HTML ? parseHtml(content) : parseTypeScript(content)
    found.push(...(await finder.find(file, data, type, content, null, electronVersion)))
  }
  const findings = await globalChecks.getResults(found, true)
  return findings
    .filter(({ visibility }) => !visibility?.globalCheckDisabled)
    .map(({ id, file, location, sample }) => ({ rule: id, file, line: location.line, sample }))
}

function parseTypeScript(content) {
  const data = babel.parse(content, { sourceType: 'module', plugins: ['jsx', 'typescript'] })
  data.astParser = new ESLintAst(
    new TreeSettings({ propertyName: 'ObjectProperty', stringLiteral: 'StringLiteral' }),
  )
  // Does not follow the values of variables; Electronegativity does not either for TypeScript.
  data.Scope = {
    resolveVarValue: (node) => node.arguments[0],
    updateFunctionScope: () => {},
  }
  return data
}

function parseHtml(content) {
  return cheerio.load(content, {
    xmlMode: true,
    withStartIndices: true,
    lowerCaseTags: true,
    lowerCaseAttributeNames: true,
  })
}
