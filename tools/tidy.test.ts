// Goal: hold the rules of the house that a machine can hold.
// Method: parse every tracked source file and compare it with the tables below; each failure names file and line.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  type AstNode,
  lineAt,
  projectFiles,
  projectRoot,
  readSource,
  walk,
} from './source-files.ts'

const sources = projectFiles('.ts', '.tsx')
  .filter((path) => !path.endsWith('.gen.ts'))
  .map(readSource)
const product = sources.filter(({ path }) => isProduct(path))

describe('rooms', () => {
  /** What each room may import: the table of the design. */
  const arrows: Record<string, readonly string[]> = {
    crypto: [],
    rules: [],
    proof: ['crypto'],
    kernel: ['crypto'],
    contracts: ['kernel', 'rules', 'crypto', 'proof'],
    client: ['crypto', 'proof'],
    portal: ['client', 'crypto', 'proof', 'rules'],
    ledger: ['kernel', 'crypto', 'proof'],
    node: ['crypto', 'proof', 'rules', 'kernel', 'contracts', 'ledger'],
    cli: ['contracts', 'rules', 'proof', 'crypto', 'kernel', 'ledger', 'node', 'demo', 'portal'],
    demo: ['contracts', 'rules', 'proof', 'crypto', 'kernel', 'ledger', 'node'],
  }

  it('import only what the table of rooms allows', () => {
    const wrong = product.flatMap(({ path, imports }) => {
      const room = roomOf(path)
      const allowed = arrows[room]
      if (allowed === undefined) return []
      return imports
        .map((name) => importedRoom(path, name))
        .filter((other) => other !== undefined && other !== room && !allowed.includes(other))
        .map((other) => `${path} imports ${other}`)
    })
    expect(wrong).toEqual([])
  })

  it('reach into no other room: what others use leaves by its index', () => {
    const wrong = product.flatMap(({ path, imports }) =>
      imports
        .filter((name) => name.startsWith('.') && roomOf(resolvePath(path, name)) !== roomOf(path))
        .map((name) => `${path}: ${name}`),
    )
    expect(wrong).toEqual([])
  })

  it('let the browser rooms touch nothing of Node outside their Node files', () => {
    const pure = /^(proof|rules|kernel|contracts)\/src\//
    const wrong = product
      .filter(({ path }) => pure.test(path) && !path.includes('/page/build'))
      .flatMap(({ path, imports }) =>
        imports.filter((n) => n.startsWith('node:')).map((n) => `${path}: ${n}`),
      )
    expect(wrong).toEqual([])
  })

  it('keep the order of the contract modules', () => {
    const order =
      'vocabulary membership governance catalogue registers access funds supervision cases'.split(
        ' ',
      )
    const wrong = product.flatMap(({ path, imports }) => {
      const [, module] = /^contracts\/src\/([a-z]+)\//.exec(path) ?? []
      if (module === undefined) return []
      return imports.flatMap((name) => {
        const [, other] = /\.\.\/([a-z]+)\//.exec(name) ?? []
        if (other === undefined || !order.includes(other)) return []
        return order.indexOf(other) > order.indexOf(module) ? [`${path} imports ${other}`] : []
      })
    })
    expect(wrong).toEqual([])
  })
})

describe('consensus code', () => {
  const rooms = /^(kernel|contracts|rules|proof)\/src\//
  const members: Record<string, string> = {
    normalize: 'text is taken as it comes',
    toUpperCase: 'case tables differ between Node versions',
    toLowerCase: 'case tables differ between Node versions',
    toLocaleUpperCase: 'locale',
    toLocaleLowerCase: 'locale',
    toLocaleString: 'locale',
    localeCompare: 'order is by code point',
  }
  const globals: Record<string, string> = {
    Intl: 'locale data differ between Node versions',
    Date: 'the only time is block time; civil dates have their own arithmetic',
    RegExp: 'regular expressions differ between engines and can take for ever',
    process: 'environment',
    performance: 'clock',
    setTimeout: 'clock',
    fetch: 'network',
    parseFloat: 'floating point',
  }

  it('threat 14: calls no clock, chance, environment, locale or floating point', () => {
    const wrong = product
      .filter(
        ({ path }) => rooms.test(path) && !path.includes('/page/') && !path.includes('/testing'),
      )
      .flatMap(({ path, text, program }) => {
        const found: string[] = []
        const tell = (node: AstNode, why: string) =>
          found.push(
            `${path}:${lineAt(text, node.start)} ${text.slice(node.start, node.start + 40).split('\n')[0]}: ${why}`,
          )
        walk(program, (node, parent) => {
          if (node.type === 'MemberExpression') {
            const name = (node.property as AstNode).name as string
            const object = (node.object as AstNode).name as string
            if (Object.hasOwn(members, name) && node.computed !== true)
              tell(node, members[name] ?? '')
            if (
              object === 'Math' &&
              !['min', 'max', 'clz32', 'imul'].includes(name) &&
              !isIntegerMath(name)
            )
              tell(node, 'floating point')
          }
          if (
            node.type === 'Identifier' &&
            Object.hasOwn(globals, node.name as string) &&
            isReference(node, parent)
          ) {
            tell(node, globals[node.name as string] as string)
          }
          if (node.type === 'Literal' && node.regex !== undefined) tell(node, 'regular expression')
          if (
            node.type === 'Literal' &&
            typeof node.value === 'number' &&
            !Number.isSafeInteger(node.value)
          )
            tell(node, 'floating point')
        })
        return found
      })
    expect(wrong).toEqual([])
  })

  it('threat 30: forbids code made from text everywhere', () => {
    const wrong = product.flatMap(({ path, text, program, imports }) => {
      const found: string[] = []
      walk(program, (node) => {
        const callee =
          node.type === 'CallExpression' || node.type === 'NewExpression'
            ? (node.callee as AstNode)
            : undefined
        const isEval =
          callee?.type === 'Identifier' && ['eval', 'Function'].includes(`${callee.name}`)
        const isComputed =
          node.type === 'ImportExpression' && (node.source as AstNode).type !== 'Literal'
        if (isEval || isComputed) found.push(`${path}:${lineAt(text, node.start)}`)
      })
      return [...found, ...(imports.includes('node:vm') ? [`${path} imports node:vm`] : [])]
    })
    expect(wrong).toEqual([])
  })
})

describe('connections', () => {
  /** Folders that may open connections or wait for them, each with its own allow-list. */
  const allowed = [
    'node/src/connectors/',
    'node/src/api/',
    'node/src/sign-in/',
    'client/',
    'portal/src/session/',
  ]
  const modules = ['net', 'tls', 'http', 'https', 'http2', 'dgram', 'dns'].flatMap((name) => [
    name,
    `node:${name}`,
    `node:${name}/promises`,
  ])
  const globals = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']

  it('threat 27: are opened nowhere but in the rooms for it', () => {
    const wrong = product
      .filter(({ path }) => !allowed.some((folder) => path.startsWith(folder)))
      .flatMap(({ path, text, program, imports }) => {
        const found = imports.filter((name) => modules.includes(name)).map((n) => `${path}: ${n}`)
        walk(program, (node, parent) => {
          if (node.type !== 'Identifier' || !globals.includes(`${node.name}`)) return
          if (isReference(node, parent)) found.push(`${path}:${lineAt(text, node.start)}`)
        })
        return found
      })
    expect(wrong).toEqual([])
  })
})

describe('size', () => {
  // A file or function over its budget says why, as `// budget: …` in its first lines or above it.
  const [mostLines, mostFunctionLines, mostColumns] = [400, 60, 120]

  it('has no file over its budget without a reason', () => {
    const wrong = sources
      .filter(({ path }) => !path.includes('.test'))
      .filter(
        ({ text }) =>
          text.split('\n').length > mostLines + 1 && !text.slice(0, 600).includes('budget:'),
      )
      .map(({ path, text }) => `${path}: ${text.split('\n').length} lines`)
    expect(wrong).toEqual([])
  })

  it('has no function over its budget without a reason', () => {
    const functions = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']
    const wrong = product.flatMap(({ path, text, program, comments }) => {
      const found: string[] = []
      walk(program, (node) => {
        if (!functions.includes(node.type)) return
        const lines = lineAt(text, node.end) - lineAt(text, node.start) + 1
        if (lines <= mostFunctionLines) return
        const excused = comments.some(
          (c) =>
            c.value.includes('budget:') &&
            c.end <= node.start &&
            lineAt(text, node.start) - lineAt(text, c.end) <= 12,
        )
        if (!excused) found.push(`${path}:${lineAt(text, node.start)}: ${lines} lines`)
      })
      return found
    })
    expect(wrong).toEqual([])
  })

  it('has no line that runs off the page', () => {
    // A sentence inside quotes cannot be broken by the formatter and is not code.
    const code = (line: string) => line.replace(/'[^']*'|"[^"]*"|`[^`]*`/g, '')
    const wrong = sources
      // The sources of generated pages are prose.
      .filter(({ path }) => !path.includes('.test') && !/^tools\/[a-z]+-page\.ts$/.test(path))
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .flatMap((line, index) =>
            code(line).length > mostColumns && !line.includes('http')
              ? [`${path}:${index + 1}`]
              : [],
          ),
      )
    expect(wrong).toEqual([])
  })
})

describe('names', () => {
  it('says things in the words of the glossary', () => {
    const banned = glossarySynonyms()
    expect(banned.size).toBeGreaterThan(10)
    const wrong = product.flatMap(({ path, text, program }) => {
      const found: string[] = []
      walk(program, (node) => {
        if (node.type !== 'Identifier') return
        const better = banned.get(node.name as string)
        if (better !== undefined)
          found.push(`${path}:${lineAt(text, node.start)} ${node.name as string}: say ${better}`)
      })
      return found
    })
    expect(wrong).toEqual([])
  })

  it('gives one identifier one Chinese term, and one Chinese term one identifier', () => {
    const rows = glossaryRows()
    const identifiers = rows.map(([identifier]) => identifier)
    const terms = rows.flatMap(([, zh]) => (zh ?? '').split('/').map((one) => one.trim()))
    expect(identifiers.filter((one, index) => identifiers.indexOf(one) !== index)).toEqual([])
    expect(terms.filter((one, index) => terms.indexOf(one) !== index)).toEqual([])
  })

  it('has no drawer without a subject', () => {
    const drawers = /(^|\/)(utils?|helpers?|common|misc|shared|manager|data|info)(\/|\.tsx?$)/
    expect(sources.map(({ path }) => path).filter((path) => drawers.test(path))).toEqual([])
  })

  it('has one index per package and none inside', () => {
    const inside = sources
      .map(({ path }) => path)
      .filter((path) => path.endsWith('/index.ts') && path.split('/').length !== 3)
    expect(inside).toEqual([])
  })
})

describe('exports', () => {
  it('are documented where they are declared', () => {
    const byPath = new Map(sources.map((source) => [source.path, source]))
    const wrong: string[] = []
    for (const index of sources.filter(({ path }) =>
      /^[a-z]+\/src\/index(\.browser)?\.ts$/.test(path),
    )) {
      for (const { name, from } of reexports(index.program)) {
        const source = byPath.get(resolvePath(index.path, from))
        if (source === undefined) continue
        if (!isDocumented(source.text, source.program, name, byPath, source.path))
          wrong.push(`${source.path}: ${name}`)
      }
    }
    expect([...new Set(wrong)]).toEqual([])
  })

  it('are never default, except where a tool demands it', () => {
    const wrong = product
      .filter(({ program }) =>
        (program.body as AstNode[]).some((n) => n.type === 'ExportDefaultDeclaration'),
      )
      .map(({ path }) => path)
    expect(wrong).toEqual([])
  })
})

describe('personal data', () => {
  it('threat 17: is never hashed bare: no hash call takes an identity number, name or phone', () => {
    const personal = /\b(memberId|idNumber|residentId|personId|phone|socialSecurityNo)\b/
    const hashes = ['sha256', 'sm3', 'ledgerHash']
    const wrong = product.flatMap(({ path, text, program }) => {
      const found: string[] = []
      walk(program, (node) => {
        const callee =
          node.type === 'CallExpression' ? ((node.callee as AstNode).name as string) : ''
        if (hashes.includes(callee) && personal.test(text.slice(node.start, node.end))) {
          found.push(`${path}:${lineAt(text, node.start)}`)
        }
      })
      return found
    })
    expect(wrong).toEqual([])
  })
})

describe('threat 30: lockfile', () => {
  it('takes every package from the registry with an integrity hash, and no new install script', () => {
    const scripts = new Set(['esbuild', 'lmdb', 'msgpackr-extract', 'fsevents'])
    const lock = JSON.parse(readFileSync(`${projectRoot}package-lock.json`, 'utf8')) as {
      packages: Record<
        string,
        {
          integrity?: string
          resolved?: string
          link?: boolean
          hasInstallScript?: boolean
          inBundle?: boolean
        }
      >
    }
    const wrong = Object.entries(lock.packages).flatMap(([place, entry]) => {
      if (!place.startsWith('node_modules/') && !place.includes('/node_modules/')) return []
      if (entry.link === true) return []
      const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
      if (entry.integrity === undefined && entry.inBundle !== true) return [`${name}: no integrity`]
      // npm leaves out where a package came from when that is the registry that it was told to use.
      if (entry.resolved !== undefined) return [`${name}: from ${entry.resolved}`]
      return entry.hasInstallScript === true && !scripts.has(name)
        ? [`${name}: install script`]
        : []
    })
    expect(wrong).toEqual([])
  })

  it('lets crypto depend on five packages at most', () => {
    const manifest = JSON.parse(readFileSync(`${projectRoot}crypto/package.json`, 'utf8')) as {
      dependencies?: Record<string, string>
    }
    expect(Object.keys(manifest.dependencies ?? {}).length).toBeLessThanOrEqual(5)
  })

  it('pins every dependency exactly', () => {
    const wrong = projectFiles('package.json').flatMap((path) => {
      const manifest = JSON.parse(readFileSync(projectRoot + path, 'utf8')) as Record<
        string,
        Record<string, string>
      >
      return Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
        .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
        .map(([name, version]) => `${path}: ${name} ${version}`)
    })
    expect(wrong).toEqual([])
  })
})

function isProduct(path: string): boolean {
  return /^[a-z]+\/(src|bank|bin)\/|^demo\//.test(path) && !/\.(test|fixture)/.test(path)
}

function roomOf(path: string): string {
  return path.split('/')[0] ?? ''
}

function importedRoom(path: string, name: string): string | undefined {
  if (name.startsWith('@renshe/')) return name.slice('@renshe/'.length).split('/')[0]
  if (!name.startsWith('.')) return undefined
  return roomOf(resolvePath(path, name))
}

function resolvePath(from: string, relative: string): string {
  return new URL(relative, `file:///${from}`).pathname.slice(1)
}

/** A name is a reference to the global unless it is a member, a key, a type or a declaration of its own. */
function isReference(node: AstNode, parent: AstNode | undefined): boolean {
  if (parent === undefined) return false
  if (parent.type === 'MemberExpression') return parent.object === node
  if (parent.type === 'Property') return parent.value === node
  return ![
    'TSTypeReference',
    'TSPropertySignature',
    'ImportSpecifier',
    'TSQualifiedName',
    'ExportSpecifier',
    'TSLiteralType',
    'MethodDefinition',
    'PropertyDefinition',
  ].includes(parent.type)
}

function isIntegerMath(name: string): boolean {
  return ['floor', 'ceil', 'trunc', 'abs', 'sign'].includes(name)
}

function reexports(program: AstNode): { name: string; from: string }[] {
  return (program.body as AstNode[]).flatMap((node) => {
    const source = node.source as AstNode | null | undefined
    if (node.type !== 'ExportNamedDeclaration' || source === null || source === undefined) return []
    return (node.specifiers as AstNode[]).map((s) => ({
      name: (s.local as AstNode).name as string,
      from: source.value as string,
    }))
  })
}

function isDocumented(
  text: string,
  program: AstNode,
  name: string,
  byPath: ReadonlyMap<string, { text: string; program: AstNode; path: string }>,
  path: string,
): boolean {
  for (const { name: other, from } of reexports(program)) {
    if (other !== name || !from.startsWith('.')) continue
    const next = byPath.get(resolvePath(path, from))
    if (next !== undefined) return isDocumented(next.text, next.program, name, byPath, next.path)
  }
  for (const node of program.body as AstNode[]) {
    const declaration = (node.declaration ?? node) as AstNode
    const names =
      declaration.type === 'VariableDeclaration'
        ? (declaration.declarations as AstNode[]).map((d) => (d.id as AstNode).name)
        : [(declaration.id as AstNode | undefined)?.name]
    if (names.includes(name) && text.slice(0, node.start).trimEnd().endsWith('*/')) return true
  }
  return false
}

/** Rows of the tables in GLOSSARY.md: identifier, Chinese term, meaning, words never said instead. */
function glossaryRows(): string[][] {
  return readFileSync(`${projectRoot}GLOSSARY.md`, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    )
}

function glossarySynonyms(): Map<string, string> {
  return new Map(
    glossaryRows().flatMap(([identifier, , , never]) =>
      (never ?? '')
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== '')
        .map((word): [string, string] => [word, identifier ?? '']),
    ),
  )
}
