/**
 * Named maximums of the API; what exceeds one is refused before it is parsed, where a length is known.
 *
 * @source shared security terms of the HTTP API: body, depth, keys, strings, header, time
 */
export const API_LIMITS = {
  bodyBytes: 1024 * 1024,
  uploadBytes: 50 * 1024 * 1024,
  jsonDepth: 32,
  jsonMembers: 1_000,
  jsonElements: 10_000,
  jsonNameBytes: 128,
  textBytes: 64 * 1024,
  /** A body of a transaction and a part of a package are one text each. */
  longTextBytes: 512 * 1024,
  headerBytes: 16 * 1024,
  requestMs: 30_000,
  /** How long a submission waits until it is final before it is answered with a ticket. */
  waitMs: 10_000,
  /** How long work is waited for before a ticket is given to who takes one. */
  patienceMs: 2_000,
  pendingTransactions: 10_000,
  /** Of these, what one member may have waiting: a flood of one leaves room for the others. */
  pendingOfMember: 4_000,
  preparedActs: 1_000,
  preparedMs: 10 * 60_000,
  /** Openings in one page of a prepared batch. */
  openingsPage: 500,
  /** Reads whose pages are being asked for, and how long after the first. */
  openedReads: 20,
  openedReadMs: 60_000,
  blocksPage: 50,
  /** Transactions in a page of blocks, unless one block has more. */
  blocksPageActs: 500,
  draftRowsPage: 500,
  idempotencyKeys: 10_000,
  idempotencyMs: 24 * 3_600_000,
  sessions: 10_000,
  officerIdleMs: 15 * 60_000,
  personIdleMs: 30 * 60_000,
  sessionMs: 8 * 3_600_000,
  /** A signed request may be this old or, by another clock, this young. */
  signatureAgeMs: 60_000,
  /** Four thousand signed requests a second, each remembered for twice their age. */
  nonces: 500_000,
  /** Sign-ins of one account that may fail before it must wait. */
  signInTries: 5,
  signInPauseMs: 60_000,
  /** How long a sign-in may take from its beginning to the issuer's answer. */
  signInMs: 10 * 60_000,
  /** Passwords that are judged at one time. */
  passwordsAtWork: 4,
  /** Keys that are certified in one session, and for one officer in ten minutes. */
  keysOfSession: 20,
  keysOfOfficer: 60,
  keyRateMs: 10 * 60_000,
  /** Newest looks at one account that are told at one time. */
  personReads: 500,
  eventStreams: 200,
  eventHeartbeatMs: 15_000,
} as const
