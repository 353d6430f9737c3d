import { authorities, certificates } from '@renshe/kernel'
import type { RuleBook } from '../vocabulary/rule-book.ts'
import { closeUnit } from './close-unit.ts'
import { confirmRegistration } from './confirm-registration.ts'
import { dismissKeyholder } from './dismiss-keyholder.ts'
import { getMemberQuery } from './get-member.ts'
import { listCertificates } from './list-certificates.ts'
import { listEncryptionKeys } from './list-encryption-keys.ts'
import { listMembers } from './list-members.ts'
import { listOfficers } from './list-officers.ts'
import { listUnits } from './list-units.ts'
import { presentCertificate } from './present-certificate.ts'
import {
  authorityDocuments,
  chains,
  encryptionKeys,
  keyholders,
  members,
  nodeCertificates,
  units,
} from './records.ts'
import { registerOfficer } from './register-officer.ts'
import { registerSystem } from './register-system.ts'
import { registerUnit } from './register-unit.ts'
import { revokeCertificate } from './revoke-certificate.ts'

/** Actions, queries and collections of membership. */
export const membershipBook: RuleBook = {
  actions: [
    closeUnit,
    confirmRegistration,
    dismissKeyholder,
    presentCertificate,
    registerOfficer,
    registerSystem,
    registerUnit,
    revokeCertificate,
  ],
  queries: [
    getMemberQuery,
    listCertificates,
    listEncryptionKeys,
    listMembers,
    listOfficers,
    listUnits,
  ],
  collections: [
    authorities,
    authorityDocuments,
    certificates,
    chains,
    encryptionKeys,
    keyholders,
    members,
    nodeCertificates,
    units,
  ],
}
