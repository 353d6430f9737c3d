/* The portal's files are built on first start and kept by the hash of everything they are made of. */
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { extname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'
import { antdStyles } from './antd-styles.ts'

/** How the portal is built. */
export interface BuildPortal {
  /** Folder that keeps what was built; `.cache/portal` of the project unless told. */
  readonly cacheFolder?: string
  /** Hears in one sentence that a build has begun; silent where it is there already. */
  readonly onBuild?: () => void
}

const ROOM = fileURLToPath(new URL('..', import.meta.url))
const PROJECT = join(ROOM, '..')
/** What the files are made of. */
const SOURCES = ['portal/src', 'portal/build', 'client/src', 'crypto/src', 'proof/src', 'rules/src']
const FILES = ['portal/index.html', 'portal/package.json', 'package-lock.json']

/**
 * Builds the portal unless the same content was built before.
 *
 * @returns folder with `index.html` and hashed `assets/`, each text also as `.gz` and `.br`
 */
export async function buildPortal(settings: BuildPortal = {}): Promise<string> {
  const { cacheFolder = join(PROJECT, '.cache', 'portal'), onBuild } = settings
  const folder = join(cacheFolder, contentHash())
  if (existsSync(join(folder, 'index.html'))) return folder
  onBuild?.()
  const making = `${folder}.${process.pid}`
  mkdirSync(cacheFolder, { recursive: true })
  await inProduction(() =>
    build({
      root: ROOM,
      configFile: false,
      logLevel: 'warn',
      plugins: [antdStyles()],
      build: {
        rolldownOptions: {
          onwarn: (warning, warn) => {
            // "use client" of Ant Design means nothing here.
            if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning)
          },
        },
        // Sizes are held by a test, in compressed bytes.
        chunkSizeWarningLimit: 1_000,
        outDir: making,
        emptyOutDir: true,
        target: 'es2022',
        // A strict policy admits no inline files.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
      },
    }),
  )
  compress(making)
  rmSync(folder, { recursive: true, force: true })
  renameSync(making, folder)
  return folder
}

/**
 * What is kept by its content must not depend on who builds: under NODE_ENV=test or development the bundler
 * would take React's development build, which is larger and slower.
 */
async function inProduction(work: () => Promise<unknown>): Promise<void> {
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    await work()
  } finally {
    if (before === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = before
  }
}

function contentHash(): string {
  const hash = createHash('sha256')
  const paths = [...FILES, ...SOURCES.flatMap((folder) => filesBelow(join(PROJECT, folder)))]
  for (const path of paths) {
    const file = path.startsWith(PROJECT) ? path : join(PROJECT, path)
    hash.update(relative(PROJECT, file)).update('\0').update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 20)
}

/** Files that reach a browser: no tests. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(test|fixture)\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function compress(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !['.html', '.js', '.css', '.svg'].includes(extname(entry.name))) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = readFileSync(path)
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
    const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 }
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: quality }))
  }
}
