/**
 * Named maximums of cases: what keeps a hostile or careless package from growing without bound
 * (threat 13). A state value may have 196,608 bytes (ledger-bytes section 15); records stop before.
 */
export const CASE_LIMITS = {
  /** Steps that one case may ever open, all rounds and instances together. */
  steps: 1_000,
  /** Steps of one case that may be open at once. */
  openSteps: 100,
  /** How often one step may be opened again. */
  rounds: 100,
  /** Bytes of the canonical JSON of a case or step record. */
  recordBytes: 180_000,
  /** Effects of one outcome after `if`, and lines of one journal after `each`. */
  effects: 64,
  lines: 1_000,
  /** Child cases that one act may open. */
  children: 20,
  /** Open cases that one `rebind` may touch. */
  rebound: 100,
  /** Members of a party that is `many`. */
  partyMembers: 100,
  /** Elements of a `many` field. */
  fieldElements: 100,
  /** Characters of the value of `unique`, of a register key, and of a code. */
  keyCharacters: 128,
  codeCharacters: 64,
  /** Notices that a case remembers; older ones stay in its events. */
  notices: 100,
  /** FEEL texts that one act may evaluate, and loop rounds, calls and items that one of them may use. */
  evaluations: 2_000,
  feelSteps: 50_000,
} as const

/** Name of a maximum. */
export type CaseLimit = keyof typeof CASE_LIMITS

/** Rows of a batch (ledger-bytes section 15). */
export const BATCH_ROWS = 100_000

/**
 * Fewest rows of a batch whose control totals become public, unless its section says otherwise: the
 * totals of fewer people would tell what one of them earns (threat 31).
 */
export const LEAST_PUBLIC_ROWS = 5
