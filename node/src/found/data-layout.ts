import { join } from 'node:path'

/** Where things lie in a data folder; `node/README.md` draws it. */
export interface DataLayout {
  readonly folder: string
  readonly genesisFile: string
  readonly packagesFolder: string
  /** Which members run here; no secrets. */
  readonly nodeFile: string
  packageFile(hash: string): string
  member(id: string): MemberLayout
}

/** Folders of one member. */
export interface MemberLayout {
  readonly folder: string
  readonly keys: string
  readonly ledger: string
  readonly vault: string
  readonly release: string
  readonly bank: string
  /** Cursors of the relays: what was done, so that nothing is done twice. */
  readonly relays: string
}

/** The layout of a data folder; nothing is made or read. */
export function dataLayout(folder: string): DataLayout {
  const packagesFolder = join(folder, 'packages')
  return {
    folder,
    genesisFile: join(folder, 'genesis.json'),
    packagesFolder,
    nodeFile: join(folder, 'node.json'),
    packageFile: (hash) => join(packagesFolder, `${hash}.json`),
    member: (id) => memberLayout(join(folder, 'members', id)),
  }
}

function memberLayout(folder: string): MemberLayout {
  const part = (name: string): string => join(folder, name)
  return {
    folder,
    keys: part('keys'),
    ledger: part('ledger'),
    vault: part('vault'),
    release: part('release'),
    bank: part('bank'),
    relays: part('relays'),
  }
}
