import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import ts from 'typescript'

/** One import of one file; `to` is a path in lib/, or the name of a package. */
export interface Import {
  readonly from: string
  readonly to: string
  /** Gone after compilation. `import { type X }` is not: verbatimModuleSyntax keeps the import itself. */
  readonly isTypeOnly: boolean
}

/** The imports of one file, re-exports and `import()` among them. `file` is its path in lib/. */
export function importsOf(file: string, text: string): Import[] {
  const imports: Import[] = []
  const add = (specifier: ts.Node | undefined, isTypeOnly: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return
    const { text: name } = specifier
    imports.push({
      from: file,
      to: name.startsWith('.') ? posix.join(dirname(file), name) : name,
      isTypeOnly,
    })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022))
  return imports
}

/** All files of lib/ and all their imports. Run from the root of the repository, as mocha is. */
export function importsOfLib(): { files: string[]; imports: Import[] } {
  const files = readdirSync('lib', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.replaceAll('\\', '/'))
  return { files, imports: files.flatMap((file) => importsOf(file, readFileSync(join('lib', file), 'utf8'))) }
}

/** A way from a file back to itself, if there is one. */
export function cycleOf(imports: readonly Import[]): string[] | undefined {
  const next = new Map<string, string[]>()
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to])
  const finished = new Set<string>()
  const search = (file: string, way: readonly string[]): string[] | undefined => {
    const start = way.indexOf(file)
    if (start !== -1) return [...way.slice(start), file]
    if (finished.has(file)) return undefined
    for (const target of next.get(file) ?? []) {
      const cycle = search(target, [...way, file])
      if (cycle !== undefined) return cycle
    }
    finished.add(file)
    return undefined
  }
  for (const file of next.keys()) {
    const cycle = search(file, [])
    if (cycle !== undefined) return cycle
  }
  return undefined
}

/** Everything that is loaded with a file: files and packages. */
export function reachedFrom(file: string, imports: readonly Import[]): Set<string> {
  const reached = new Set([file])
  for (const at of reached) {
    for (const { from, to, isTypeOnly } of imports) if (from === at && !isTypeOnly) reached.add(to)
  }
  return reached
}
