import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOTS = ['../../../services', '../../../demo/packages'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
)

/** What the genesis of the demonstration publishes: every service, and the sample area code. */
export async function demonstrationPackages(): Promise<Uint8Array[]> {
  const { PackageFolders } = await import('./package-folders.ts')
  const { foundingPackages } = await import('./founding-packages.ts')
  return foundingPackages(ROOTS.map((root) => new PackageFolders(root)))
}

/** Hex SHA-256 over every file that those packages are made of: known long before they are built. */
export function demonstrationSources(): string {
  const hash = createHash('sha256')
  for (const root of ROOTS) {
    const files = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
    for (const file of files) {
      hash.update(`${relative(root, file)}\0`).update(readFileSync(file))
    }
  }
  return hash.digest('hex')
}
