/* The packages of the annuity's stories: a test founds sooner without the others. */
import { fileURLToPath } from 'node:url'
import { foundingPackages } from '../../cli/src/service/founding-packages.ts'
import { PackageFolders } from '../../cli/src/service/package-folders.ts'
import type { PackageSource } from './demonstration.ts'

class AnnuityFolders extends PackageFolders {
  override names(): string[] {
    const wanted = /^(annuity-|calendar$|identifiers$|demonstration$)/
    return super.names().filter((name) => wanted.test(name))
  }
}

/** Built once for all that a test opens. */
export function annuityPackages(): PackageSource {
  const roots = ['../../services', '../packages'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  const built = foundingPackages(roots.map((root) => new AnnuityFolders(root)))
  return { hash: 'annuity', build: async () => built }
}
