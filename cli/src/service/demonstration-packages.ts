import { fileURLToPath } from 'node:url'

/** What the genesis of the demonstration publishes: every service, and the sample area code. */
export async function demonstrationPackages(): Promise<Uint8Array[]> {
  const { PackageFolders } = await import('./package-folders.ts')
  const { foundingPackages } = await import('./founding-packages.ts')
  const roots = ['../../../services', '../../../demo/packages'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  return foundingPackages(roots.map((root) => new PackageFolders(root)))
}
