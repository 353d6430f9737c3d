/* Serves the demonstration to browsers, and begins it again when a visitor asks. */
import { type Served, serve } from '@renshe/node'
import { type Demonstration, openDemonstration, type PackageSource } from './demonstration.ts'
import { DemonstrationFolder } from './demonstration-folder.ts'
import { signInAccounts } from './people.ts'
import { demonstrationRoutes } from './routes.ts'
import type { Words } from './scene.ts'

export { DemonstrationInUse } from './demonstration-folder.ts'
export { openBrowser } from './open-browser.ts'

/** How the demonstration is served. */
export interface DemonstrationServing {
  /** Where it lies; founded there if it does not. */
  readonly folder: string
  /** 0: a free one. */
  readonly port: number
  /** Those of `services/` and `demo/packages/`. */
  readonly packages: PackageSource
  readonly people?: number
  /** Throws away what lies there and founds it again. */
  readonly fresh?: boolean
  /** Makes the portal's files, as soon as the folder is held; without it only the API is served. */
  readonly pages?: () => Promise<string>
  readonly onProgress?: (words: Words) => void
  readonly onNotice?: (notice: string) => void
}

/** A demonstration at work. */
export interface ServedDemonstration {
  readonly url: string
  readonly port: number
  readonly chain: string
  /** The demonstration of the moment: another after starting over. */
  readonly demonstration: () => Demonstration
  /** Rejects when starting over failed: the process had better end. */
  readonly failed: Promise<never>
  /** Ends server, host and bank, and gives the folder back; again without effect. */
  readonly stop: () => Promise<void>
}

/**
 * Opens and serves the demonstration of a folder on the loopback.
 *
 * @throws DemonstrationInUse; the system's error where the port is taken
 */
export async function serveDemonstration(
  settings: DemonstrationServing,
): Promise<ServedDemonstration> {
  const folder = new DemonstrationFolder(settings.folder)
  try {
    const pages = await settings.pages?.()
    const server = new DemonstrationServer(settings, folder, pages)
    await server.open(settings.fresh === true, settings.port)
    return server.shown()
  } catch (error) {
    folder.release()
    throw error
  }
}

class DemonstrationServer {
  readonly #settings: DemonstrationServing
  readonly #folder: DemonstrationFolder
  readonly #pages: string | undefined
  #demonstration: Demonstration | undefined
  #served: Served | undefined
  #restarting: Promise<void> = Promise.resolve()
  #isRestarting = false
  #stopping: Promise<void> | undefined
  #fail: (error: unknown) => void = () => {}
  readonly #failed: Promise<never>

  constructor(
    settings: DemonstrationServing,
    folder: DemonstrationFolder,
    pages: string | undefined,
  ) {
    this.#settings = settings
    this.#pages = pages
    this.#folder = folder
    this.#failed = new Promise((_, reject) => {
      this.#fail = reject
    })
    // Whoever awaits it hears it; nobody has to.
    this.#failed.catch(() => {})
  }

  async open(fresh: boolean, port: number): Promise<void> {
    const { packages, people, onProgress, onNotice } = this.#settings
    const demonstration = await openDemonstration({
      folder: this.#folder,
      packages,
      fresh,
      ...(people === undefined ? {} : { people }),
      ...(onProgress === undefined ? {} : { onProgress }),
      ...(onNotice === undefined ? {} : { onNotice }),
    })
    this.#demonstration = demonstration
    try {
      const { host, founded } = demonstration
      const salt = host.member(host.nodeFile.operator).random(16)
      this.#served = await serve(host, {
        port,
        accounts: await signInAccounts(founded.worker, salt),
        extraRoutes: demonstrationRoutes({
          demonstration,
          startOver: () => this.#startOver(),
          now: Date.now,
        }),
        onLog: (line) => {
          if (line.event === 'fault') onNotice?.(JSON.stringify(line))
        },
        ...(this.#pages === undefined ? {} : { pages: this.#pages }),
      })
    } catch (error) {
      await demonstration.stop()
      throw error
    }
  }

  shown(): ServedDemonstration {
    const demonstration = (): Demonstration => this.#opened().demonstration
    const { served } = this.#opened()
    const { url, port } = served
    return {
      url,
      port,
      chain: demonstration().host.chain,
      demonstration,
      failed: this.#failed,
      stop: () => {
        this.#stopping ??= this.#stop()
        return this.#stopping
      },
    }
  }

  #opened(): { readonly demonstration: Demonstration; readonly served: Served } {
    const [demonstration, served] = [this.#demonstration, this.#served]
    if (demonstration === undefined || served === undefined) throw new Error('nothing is served')
    return { demonstration, served }
  }

  /** The answer to who asked goes out first. */
  #startOver(): void {
    if (this.#isRestarting) return
    this.#isRestarting = true
    this.#restarting = new Promise((resolve) => setTimeout(resolve, ANSWER_MS))
      .then(() => this.#begin())
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#isRestarting = false
      })
  }

  async #begin(): Promise<void> {
    const { served, demonstration } = this.#opened()
    await served.stop()
    await demonstration.stop()
    this.#folder.forget()
    await this.open(false, served.port)
  }

  async #stop(): Promise<void> {
    await this.#restarting
    const { served, demonstration } = this.#opened()
    await served.stop()
    await demonstration.stop()
    this.#folder.release()
  }
}

const ANSWER_MS = 100
