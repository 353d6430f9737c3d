/*
 * Puts a program of many modules into one file: it starts in a fraction of the time, and on the way the operating
 * system can be replaced and a bug sown.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import type { SeededBug } from './seeded-bugs.fixture.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What is to be put together. */
export interface ProgramTerms {
  /** Module that is run, from the root of the project. */
  readonly entry: string
  readonly name: string
  /** Whether disk, LMDB and timers are simulated ones. */
  readonly isSimulated?: boolean
  readonly bug?: SeededBug
}

/**
 * Builds a program; gives the path of its file.
 *
 * @throws Error if the text that a bug replaces is not there exactly once
 */
export async function buildProgram(terms: ProgramTerms): Promise<string> {
  const { entry, name, isSimulated = false, bug } = terms
  const folder = join(ROOT, 'node_modules', '.cache', 'renshe-faults')
  mkdirSync(folder, { recursive: true })
  const outfile = join(folder, `${name}-${process.pid}.mjs`)
  const sown = { count: 0 }
  await build({
    entryPoints: [join(ROOT, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'error',
    plugins: [...(isSimulated ? [replacedSystem()] : []), packagesOutside(), ownSources(bug, sown)],
  })
  if (bug !== undefined && sown.count !== 1) throw new Error(`bug ${bug.name} was not sown`)
  return outfile
}

const REPLACED: Readonly<Record<string, string>> = {
  'node:fs': 'simulated-fs.fixture.ts',
  'node:fs/promises': 'simulated-fs-promises.fixture.ts',
  'node:timers/promises': 'simulated-timers.fixture.ts',
  lmdb: 'simulated-lmdb.fixture.ts',
}

/** Our own code gets the simulated system; the simulation itself the real one. */
function replacedSystem(): Plugin {
  return {
    name: 'replaced-system',
    setup({ onResolve }) {
      onResolve({ filter: /^(node:fs|node:fs\/promises|node:timers\/promises|lmdb)$/ }, (asked) => {
        const isOfSimulation = asked.importer.includes('/demo/simulate/')
        const replaced = REPLACED[asked.path]
        if (isOfSimulation || replaced === undefined) return undefined
        return { path: join(ROOT, 'demo/simulate', replaced) }
      })
    },
  }
}

/** Packages of others stay where they are. */
function packagesOutside(): Plugin {
  return {
    name: 'packages-outside',
    setup({ onResolve }) {
      onResolve({ filter: /^[^./]/ }, ({ path }) =>
        path.startsWith('@renshe/') ? undefined : { path, external: true, sideEffects: false },
      )
    },
  }
}

/** Our sources know where they lie, wherever the program is; one of them may get a bug. */
function ownSources(bug: SeededBug | undefined, sown: { count: number }): Plugin {
  return {
    name: 'own-sources',
    setup({ onLoad }) {
      onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
        let text = readFileSync(path, 'utf8')
        if (bug !== undefined && relative(ROOT, path) === bug.file) {
          const parts = text.split(bug.instead)
          if (parts.length !== 2) throw new Error(`bug ${bug.name}: its text is not there once`)
          text = parts.join(bug.put)
          sown.count += 1
        }
        const here = JSON.stringify(pathToFileURL(path).href)
        const contents = text.replaceAll('import.meta.url', here)
        return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts', resolveDir: dirname(path) }
      })
    },
  }
}
