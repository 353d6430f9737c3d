/* The packages of the annuity's stories: a test founds sooner without the others. */
import { fileURLToPath } from 'node:url'
import { foundingPackages } from '../../cli/src/service/founding-packages.ts'
import { PackageFolders } from '../../cli/src/service/package-folders.ts'

class AnnuityFolders extends PackageFolders {
  override names(): string[] {
    const wanted = /^(annuity-|calendar$|identifiers$|demonstration$)/
    return super.names().filter((name) => wanted.test(name))
  }
}

/** Canonical bytes, libraries first. */
export function annuityPackages(): Uint8Array[] {
  const roots = ['../../services', '../packages'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  return foundingPackages(roots.map((root) => new AnnuityFolders(root)))
}
