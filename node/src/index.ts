/** The server of a member: wires contracts, ledger, vault, connectors and people together. */
export { type DataLayout, dataLayout, type MemberLayout } from './found/data-layout.ts'
export { type ConsortiumTerms, foundConsortium } from './found/found-consortium.ts'
export {
  type FoundingFile,
  type FoundingMember,
  type FoundingOfficer,
  FoundingRefused,
  type FoundingTerms,
  foundingFileBytes,
  makeFoundingFile,
  readFoundingFile,
} from './found/founding-member.ts'
export {
  assembleGenesis,
  completeGenesis,
  type GenesisSignature,
  type GenesisTerms,
  signGenesis,
} from './found/genesis-ceremony.ts'
export { type NodeFile, type NodeMember, readNodeFile, writeNodeFile } from './found/node-file.ts'
export { Host, type HostReport, openHost } from './host.ts'
export { type HostClock, scriptedClock, wallClock } from './host-clock.ts'
export type { HostSettings } from './host-parts.ts'
export { type Acted, type ActingAs, ActRefused, Member } from './member.ts'
export type { MemberLedger } from './real-ledger.ts'
