import type { PackageFolders } from './package-folders.ts'

/**
 * Canonical bytes of every package of some folders, what is used before what uses it.
 *
 * @throws AuthorMistake of the first package that cannot be built
 */
export function foundingPackages(folders: readonly PackageFolders[]): Uint8Array[] {
  return folders.flatMap((one) => {
    const ordered: string[] = []
    const visit = (name: string): void => {
      if (ordered.includes(name)) return
      for (const used of one.build(name).document.uses) visit(used)
      ordered.push(name)
    }
    for (const name of one.names()) visit(name)
    return ordered.map((name) => one.build(name).bytes)
  })
}
