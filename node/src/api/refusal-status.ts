/* Which HTTP status a refusal has: a table for codes whose name does not say it, rules for the rest. */
import type {
  AccessRefusal,
  CatalogueRefusal,
  GovernanceRefusal,
  MembershipRefusal,
  ReleaseFault,
} from '@renshe/contracts'
import type { InclusionCode } from '@renshe/kernel'
import type { DeterminingRefused } from '../determine/determining-refused.ts'
import type { DraftRefusal } from '../drafts/draft-refused.ts'
import type { UploadRefusal } from '../drafts/uploads.ts'

/** Codes of the API itself, before any contract is asked. */
export type ApiCode =
  | 'NOT_FOUND'
  | 'SIGN_IN_REQUIRED'
  | 'SIGN_IN_REFUSED'
  | 'SIGN_IN_UNAVAILABLE'
  | 'REQUEST_SIGNATURE'
  | 'REQUEST_REPLAYED'
  | 'CLIENT_CERTIFICATE'
  | 'ORIGIN_REFUSED'
  | 'SESSION_TOKEN'
  | 'ROLE_REQUIRED'
  | 'BODY_TOO_LARGE'
  | 'BODY_MALFORMED'
  | 'MEDIA_TYPE'
  | 'INPUT_INVALID'
  | 'KEY_REUSED'
  | 'TOO_MANY'
  | 'SIGNER_NOT_YOURS'
  | 'NODE_FAULT'
  | 'CONTRACT_FAULT'
  | 'ENGINE_BUSY'
  | 'UNAVAILABLE'
  | 'QUERY_UNKNOWN'
  | 'HEIGHT_UNKNOWN'
  | 'HEIGHT_NOT_KEPT'
  | 'LIMIT_EXCEEDED'
  | 'PEER_UNKNOWN'
  | 'PEER_CHANGED_CONTENT'
  | ReleaseFault
  | DeterminingRefused['code']
  | UploadRefusal

/** Every closed code: one that is added to a union without a status does not compile. */
type ClosedCode =
  | ApiCode
  | InclusionCode
  | AccessRefusal['code']
  | CatalogueRefusal['code']
  | GovernanceRefusal['code']
  | MembershipRefusal['code']
  | DraftRefusal['code']

const API: Record<ApiCode, number> = {
  NOT_FOUND: 404,
  SIGN_IN_REQUIRED: 401,
  SIGN_IN_REFUSED: 401,
  SIGN_IN_UNAVAILABLE: 503,
  REQUEST_SIGNATURE: 401,
  REQUEST_REPLAYED: 401,
  CLIENT_CERTIFICATE: 401,
  ORIGIN_REFUSED: 403,
  SESSION_TOKEN: 403,
  ROLE_REQUIRED: 403,
  BODY_TOO_LARGE: 413,
  BODY_MALFORMED: 400,
  MEDIA_TYPE: 415,
  INPUT_INVALID: 422,
  KEY_REUSED: 422,
  TOO_MANY: 429,
  SIGNER_NOT_YOURS: 403,
  NODE_FAULT: 500,
  CONTRACT_FAULT: 500,
  ENGINE_BUSY: 503,
  UNAVAILABLE: 503,
  QUERY_UNKNOWN: 404,
  HEIGHT_UNKNOWN: 404,
  HEIGHT_NOT_KEPT: 410,
  LIMIT_EXCEEDED: 422,
  PEER_UNKNOWN: 503,
  PEER_CHANGED_CONTENT: 502,
  READ_NOT_FOUND: 404,
  READ_TOO_OLD: 410,
  GRANT_NOT_IN_FORCE: 409,
  GRANT_SUSPENDED: 409,
  GRANT_REVOKED: 409,
  HOLDER_KEY_UNKNOWN: 422,
  STEP_NOT_OPEN: 409,
  STEP_NOT_DETERMINED: 422,
  ROWS_ERASED: 409,
  OWNER_FIRST: 409,
  OWNER_UNBOUND: 409,
  BALANCES_UNKNOWN: 409,
  PIECE_OUT_OF_TURN: 409,
  PIECE_SIZE: 422,
  UPLOAD_INCOMPLETE: 409,
  UPLOAD_HASH: 422,
}

const INCLUSION: Record<InclusionCode, number> = {
  TX_MALFORMED: 400,
  TX_VERSION: 400,
  TX_CHAIN: 422,
  TX_EXPIRED: 409,
  TX_HORIZON: 422,
  NONCE_SPENT: 409,
  SIGNER_UNKNOWN: 403,
  SIGNER_NOT_YET: 403,
  SIGNER_EXPIRED: 403,
  SIGNER_REVOKED: 403,
  SIGNATURE_KIND: 422,
  SIGNATURE_INVALID: 422,
}

/** Status by the code, where all members of a union are spelled out and the compiler counts them. */
const CLOSED: Record<ClosedCode, number> = {
  ...API,
  ...INCLUSION,
  GRANT_NOT_FOUND: 404,
  GRANT_NOT_YOURS: 403,
  CASE_REQUIRED: 422,
  SECTION_NOT_COVERED: 403,
  FIELDS_NOT_COVERED: 403,
  CONDITION_NOT_MET: 403,
  SECOND_OFFICER_REQUIRED: 403,
  QUOTA_SPENT: 429,
  OFFICER_BUDGET_SPENT: 429,
  BATCH_PROOF: 422,
  READ_EMPTY: 422,
  GRANT_NOT_SUSPENDED: 409,
  READ_NOT_YOURS: 403,
  READ_CONFIRMED: 409,
  HAND_OVER_NOT_FOUND: 404,
  HAND_OVER_NOT_YOURS: 403,
  HAND_OVER_DONE: 409,
  HAND_OVER_ITEMS: 422,
  HAND_OVER_ITEM: 422,
  RECORD_NOT_YOURS: 403,
  BATCH_EXISTS: 409,
  SHARING_FORBIDDEN: 403,
  PART_ENCODING: 422,
  PART_HASH: 422,
  PACKAGE_EXISTS: 409,
  PART_MISSING: 422,
  PACKAGE_SIZE: 422,
  PACKAGE_HASH: 422,
  PACKAGE_NOT_CANONICAL: 422,
  LIBRARY_NOT_PUBLISHED: 422,
  PACKAGE_REFUSED: 422,
  NAME_TAKEN: 409,
  RETROACTIVE: 422,
  EXAMPLE_FAILED: 422,
  PACKAGE_NOT_FOUND: 404,
  PACKAGE_NOT_PUBLISHED: 409,
  FOUNDING_PACKAGES: 422,
  FOUNDING_BYTES_MISSING: 422,
  RULE_NOT_FOUND: 404,
  NOT_A_VOTER: 403,
  RESPONSIBLE_NOT_A_VOTER: 422,
  PARAMETER_UNKNOWN: 422,
  PARAMETER_VALUE: 422,
  QUORUM_INVALID: 422,
  POLICY_INVALID: 422,
  POLICY_MEMBER: 422,
  PROTOCOL_HEIGHT: 422,
  PROTOCOL_NOT_HIGHER: 422,
  PROPOSAL_NOT_FOUND: 404,
  PROPOSAL_NOT_OPEN: 409,
  VOTING_CLOSED: 409,
  VOTING_STILL_OPEN: 409,
  MEMBER_CONCERNED: 403,
  ALREADY_VOTED: 409,
  PROPOSAL_NOT_PASSED: 409,
  COOLING_OFF: 409,
  MEMBER_NOT_FOUND: 404,
  MEMBER_EXISTS: 409,
  MEMBER_NOT_ACTIVE: 409,
  MEMBER_NOT_SUSPENDED: 409,
  CERTIFICATE_MALFORMED: 422,
  CERTIFICATE_EXISTS: 409,
  AUTHORITY_UNKNOWN: 422,
  AUTHORITY_EXISTS: 409,
  CERTIFICATE_REFUSED: 422,
  KEY_NOT_IN_SUITES: 422,
  KEYHOLDER_NOT_FOUND: 404,
  KEYHOLDER_NOT_ACTIVE: 409,
  CONFIRMATION_NOT_NEEDED: 409,
  SECOND_ADMINISTRATOR_REQUIRED: 403,
  UNIT_NOT_FOUND: 404,
  UNIT_EXISTS: 409,
  UNIT_IN_USE: 409,
  CERTIFICATE_NOT_FOUND: 404,
  CERTIFICATE_REVOKED: 409,
  SECTION_HAS_NO_ROWS: 422,
  COLUMN_NOT_IN_TABLES: 422,
  DRAFT_OF_OTHER_RULES: 409,
  DRAFT_DISCARDED: 404,
  DRAFT_CHANGED: 409,
  TOO_MANY_ROWS: 413,
  TOO_MANY_FILES: 409,
  FILES_TOO_LARGE: 413,
  FILE_NOT_FOUND: 404,
  ROW_NOT_FOUND: 404,
  COLUMN_UNKNOWN: 422,
  BAD_ROWS: 409,
}

/** Endings of codes, in checking order; packages bring codes of their own, hence a last rule. */
const RULES: readonly (readonly [ending: string, status: number])[] = [
  ['_NOT_FOUND', 404],
  ['_NOT_YOURS', 403],
  ['_NOT_FOR_YOU', 403],
  ['ROLE_MISSING', 403],
  ['UNIT_MISSING', 403],
  ['FOUR_EYES', 403],
  ['NOT_THE_CUSTODIAN', 403],
  ['NOT_A_TELLER', 403],
  ['OPENER_NOT_PARTY', 403],
  ['TOO_LARGE', 413],
  ['_EXISTS', 409],
  ['_TAKEN', 409],
  ['_NOT_OPEN', 409],
  ['_CLOSED', 409],
  ['_ENDED', 409],
  ['_DONE', 409],
  ['_STALE', 409],
  ['_WAITS', 409],
  ['_OVERDUE', 409],
  ['_TOO_EARLY', 409],
  ['_TOO_LATE', 409],
  ['_STATE', 409],
  ['_RECORDED', 409],
  ['_ALREADY_RAISED', 409],
  ['_ALREADY_ACKNOWLEDGED', 409],
  ['_NOT_DUE', 409],
  ['NOTHING_LAPSED', 409],
  ['_NOT_OVER', 409],
  ['_NOT_WAITING', 409],
  ['_NOT_IN_FORCE', 409],
]

/** A contract understood what was asked, and says no. */
const REFUSED = 422

/** The HTTP status of a refusal's code. */
export function statusOfCode(code: string): number {
  if (Object.hasOwn(CLOSED, code)) return CLOSED[code as ClosedCode]
  return RULES.find(([ending]) => code.endsWith(ending))?.[1] ?? REFUSED
}
