import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PackageFolders } from '../service/package-folders.ts'
import { type Given, textOption } from '../shell/command.ts'
import { usage } from '../shell/failure.ts'
import { pathOf } from '../shell/read-input.ts'
import type { Session } from '../shell/session.ts'
import { AskedRules } from './asked-rules.ts'
import { loadShelf, type RuleShelf } from './rule-shelf.ts'

/** Packages that come with this program. */
export const OWN_SERVICES = fileURLToPath(new URL('../../../services', import.meta.url))

/** The folder of packages that was named, or the one beside this program. */
export function servicesFolder(session: Session, given: Given): PackageFolders {
  const named = textOption(given, 'services')
  const folder = named === undefined ? OWN_SERVICES : pathOf(session, named)
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw usage(
      `应为服务包所在的文件夹；没有 ${named ?? folder}。`,
      `Expected a folder of packages; there is no ${named ?? folder}.`,
    )
  }
  return new PackageFolders(folder)
}

/** Rules, parameters and calendar of the packages. */
export function openShelf(session: Session, given: Given): RuleShelf {
  return loadShelf(servicesFolder(session, given))
}

/** The same, where each package is read when a question needs it. */
export function openAskedRules(session: Session, given: Given): AskedRules {
  return new AskedRules(servicesFolder(session, given))
}

/** Says on standard error which packages are missing, and why. */
export function warnOfBroken(session: Session, { broken }: Pick<RuleShelf, 'broken'>): void {
  for (const [name, why] of broken) {
    session.tell(
      session.say({
        zh: `服务包 ${name} 读不出：${why}`,
        en: `Package ${name} cannot be read: ${why}`,
      }),
    )
  }
}
