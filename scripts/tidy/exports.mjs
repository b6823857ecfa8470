// What modules export and import, as far as the tidy test asks: which exports nobody imports, and which names are exported
// by modules of several folders.
import { dirname, join } from 'node:path/posix'
import { parseSync } from '@swc/core'

const MODULE = /(?<![.]d)[.](ts|tsx|mjs)$/
const ALL = '*'

/**
 * Returns `{ file, isTest, names, uses }` of each module: `names` that it declares and exports, and `uses` of other modules' exports
 * as `file#name`, where the name `*` stands for all.
 */
export function readModules(sources) {
  const modules = sources.filter(({ file }) => MODULE.test(file))
  const files = new Set(modules.map(({ file }) => file))
  return modules.map(({ file, text, isTest }) => ({ ...readModule(file, text, files), isTest }))
}

/** Returns `file: name` of each export that no other module imports. */
export function unusedExports(modules) {
  const used = new Set(modules.flatMap(({ uses }) => uses))
  return modules.flatMap(({ file, names }) =>
    used.has(`${file}#${ALL}`)
      ? []
      : names.filter((name) => !used.has(`${file}#${name}`)).map((name) => `${file}: ${name}`),
  )
}

/** Returns `name: files` for each name that modules of several folders declare and export. */
export function namesAlike(modules) {
  const byName = new Map()
  for (const { file, names } of modules) {
    for (const name of names) byName.set(name, [...(byName.get(name) ?? []), file])
  }
  return [...byName]
    .filter(([name, files]) => name !== 'default' && new Set(files.map(dirname)).size > 1)
    .map(([name, files]) => `${name}: ${files.join(', ')}`)
    .sort()
}

function readModule(file, text, files) {
  const { body } = parseSync(text, { syntax: 'typescript', tsx: !file.endsWith('.ts') })
  const names = []
  const uses = []
  const imported = new Set()
  const use = (source, name) => {
    const target = resolve(file, source, files)
    if (target !== undefined) uses.push(`${target}#${name}`)
  }
  for (const item of body) {
    switch (item.type) {
      case 'ImportDeclaration':
        for (const specifier of item.specifiers) {
          use(item.source.value, importedName(specifier))
          imported.add(specifier.local.value)
        }
        break
      case 'ExportDeclaration':
        names.push(...declaredNames(item.declaration))
        break
      case 'ExportDefaultDeclaration':
      case 'ExportDefaultExpression':
        names.push('default')
        break
      case 'ExportAllDeclaration':
        use(item.source.value, ALL)
        break
      case 'ExportNamedDeclaration':
        for (const { orig, exported } of item.specifiers) {
          if (item.source) use(item.source.value, orig.value)
          else if (!imported.has(orig.value)) names.push((exported ?? orig).value)
        }
        break
    }
  }
  // An import within an expression or a type gives the whole module.
  for (const [, source] of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) use(source, ALL)
  return { file, names, uses }
}

function importedName({ type, imported, local }) {
  if (type === 'ImportDefaultSpecifier') return 'default'
  return type === 'ImportNamespaceSpecifier' ? ALL : (imported ?? local).value
}

function declaredNames(declaration) {
  if (declaration.type !== 'VariableDeclaration') {
    return [(declaration.identifier ?? declaration.id).value]
  }
  return declaration.declarations.flatMap(({ id }) => boundNames(id))
}

function boundNames(pattern) {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.value]
    case 'ObjectPattern':
      return pattern.properties.flatMap(boundNames)
    case 'AssignmentPatternProperty':
      return [pattern.key.value]
    case 'KeyValuePatternProperty':
      return boundNames(pattern.value)
    case 'AssignmentPattern':
      return boundNames(pattern.left)
    case 'RestElement':
      return boundNames(pattern.argument)
    case 'ArrayPattern':
      return pattern.elements.filter(Boolean).flatMap(boundNames)
    default:
      return []
  }
}

/** The module of ours that a source names; undefined for packages, styles and data. */
function resolve(file, source, files) {
  if (!source.startsWith('.')) return undefined
  const path = join(dirname(file), source.replace(/[?].*$/, ''))
  return [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find((name) => files.has(name))
}
