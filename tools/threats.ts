// The attacks that the project answers, and where. Tests are found by the number in their titles.

/** One attack. */
export interface Threat {
  readonly number: number
  readonly attack: string
  readonly defence: string
  /** Files that hold the defence; empty while nothing of it is built. */
  readonly files: readonly string[]
  /** What of it is not built yet; left out if nothing is missing. */
  readonly missing?: string
}

/** Every attack, in order. A new public surface adds its own here. */
export const THREATS: readonly Threat[] = [
  {
    number: 1,
    attack: 'an administrator edits the node’s own files',
    defence:
      'the block log is framed and checksummed, rows of the state too, state digests stand in signed blocks; `renshe verify` executes all blocks again',
    files: ['ledger/src/segment.ts', 'ledger/src/checked-table.ts', 'ledger/src/log-scan.ts'],
  },
  {
    number: 2,
    attack: 'an insider looks people up in bulk',
    defence:
      'a read needs a grant and, where asked, a case; budgets per officer and day; many different people in a day, and many emergencies in a month, are told to supervisors',
    files: ['contracts/src/access/read-sections.ts', 'contracts/src/access/read-budget.ts'],
    missing: 'the list of reads that a citizen sees in the portal',
  },
  {
    number: 3,
    attack: 'a read without receipt',
    defence: 'half B leaves the vault only against a committed, final, own read',
    files: ['node/src/vault/release.ts', 'contracts/src/access/check-release.ts'],
  },
  {
    number: 4,
    attack: 'replay of a signed transaction',
    defence:
      'signer and nonce are spent by every included transaction until it expires; chain and action stand inside the body; the set survives restarts',
    files: ['kernel/src/inclusion.ts', 'ledger/src/spent-set.ts', 'node/src/api/signed-request.ts'],
  },
  {
    number: 5,
    attack: 'malleable signatures or encodings',
    defence: 'the txId is a hash of the body; r‖s of 64 bytes in range; strict DER and base64url',
    files: ['crypto/src/signature-value.ts', 'crypto/src/bytes.ts', 'kernel/src/transaction.ts'],
  },
  {
    number: 6,
    attack: 'the leader signs two blocks at one height',
    defence:
      'one cosigned checkpoint per block; a witness refuses a second block and keeps the proof; two heads name who signed both; a vote takes the member out',
    files: ['proof/src/checkpoint-lines.ts', 'ledger/src/embedded/witness.ts'],
  },
  {
    number: 7,
    attack: 'another history is shown to one citizen',
    defence:
      'whoever kept a head demands consistency; cosigners and threshold come from the policy that was pinned',
    files: ['proof/src/check-finality.ts', 'proof/src/check-inclusion.ts', 'ledger/src/genesis.ts'],
    missing: 'the portal that keeps the last checkpoint in the browser and shows the red tick',
  },
  {
    number: 8,
    attack: 'a colluding majority rewrites the past',
    defence:
      'heads stand in every evidence file and with witnesses; two that disagree expose the signers',
    files: ['proof/src/checkpoint-lines.ts', 'proof/src/check-inclusion.ts'],
  },
  {
    number: 9,
    attack: 'a key of a validator, member or officer is stolen',
    defence:
      'keys sealed by passphrase, files that others may read are refused; revocation by height; two administrators for changes of keys',
    files: [
      'node/src/keys/key-store.ts',
      'contracts/src/membership/revoke-certificate.ts',
      'contracts/src/membership/register-officer.ts',
    ],
    missing: 'hardware keys',
  },
  {
    number: 10,
    attack: 'a certificate authority mis-issues',
    defence:
      'member id in issuer, leaf and chain must agree; long-lived certificates only after registration on chain',
    files: ['crypto/src/certificate-path.ts', 'contracts/src/membership/present-certificate.ts'],
  },
  {
    number: 11,
    attack: 'key certificates expire together',
    defence: 'renewal with the same key, told ahead by `renshe doctor`; no restart',
    files: ['node/src/relays/renewals.ts', 'node/src/operate/doctor.ts'],
    missing: 'TLS certificates between members; a dashboard at 90, 30, 7 and 1 days',
  },
  {
    number: 12,
    attack: 'law, rule or catalogue is tampered with',
    defence:
      'a content hash per version, quorum, cooling-off, no retroactive date; worked examples run again at publication',
    files: [
      'contracts/src/catalogue/propose-package.ts',
      'contracts/src/catalogue/publication.ts',
      'contracts/src/governance/cast-vote.ts',
      'contracts/src/governance/enact-proposal.ts',
    ],
  },
  {
    number: 13,
    attack: 'a poisoned service package',
    defence:
      'packages are data; FEEL without clock, chance or I/O; meters for steps, depth, size and patterns',
    files: [
      'contracts/src/cases/limits.ts',
      'rules/src/compile/compiler.ts',
      'rules/src/text/pattern.ts',
    ],
  },
  {
    number: 14,
    attack: 'members compute different results',
    defence:
      'integers and exact decimals, code-point order, no clock, locale or map order in consensus code; held by the tidy test',
    files: ['kernel/src/execution.ts', 'ledger/src/execute-block.ts', 'tools/tidy.test.ts'],
  },
  {
    number: 15,
    attack: 'time is manipulated',
    defence:
      'block time never goes back and is bounded by the witnesses’ clocks; clocks of cases count block time by the published calendar',
    files: ['ledger/src/embedded/witness.ts', 'contracts/src/cases/clocks.ts'],
  },
  {
    number: 16,
    attack: 'a title panel is picked, or a vote is read',
    defence: 'commit–reveal draw, walked in public order; choices sealed',
    files: [],
    missing: 'all of it: professional titles are a later service',
  },
  {
    number: 17,
    attack: 'hashes of ID numbers are enumerated',
    defence:
      'salted commitments; the index of persons is keyed and off chain; no bare hash of a personal field',
    files: ['crypto/src/commitment.ts', 'crypto/src/person-index.ts'],
  },
  {
    number: 18,
    attack: 'a person is followed across services',
    defence: 'a record id is drawn for each record; padding; an index under a key of each vault',
    files: ['crypto/src/batch-sealer.ts', 'crypto/src/padding.ts', 'node/src/vault/seal.ts'],
    missing: 'a reference per person and purpose, which comes with services for citizens',
  },
  {
    number: 19,
    attack: 'a ciphertext is registered again under a softer policy',
    defence: 'owner, record, entry hash and level stand in the header, hence in the key',
    files: ['crypto/src/section.ts', 'crypto/src/section-header.ts'],
  },
  {
    number: 20,
    attack: 'one ciphertext with two texts',
    defence: 'key commitment before decryption, plaintext commitment after',
    files: ['crypto/src/section.ts'],
  },
  {
    number: 21,
    attack: 'a wrap is moved to another holder or purpose',
    defence: 'its context is authenticated data and part of the key',
    files: ['crypto/src/wrap.ts', 'node/src/vault/release-store.ts'],
  },
  {
    number: 22,
    attack: 'a revoked holder keeps reading',
    defence: 'release checks the grant now, not when it was read',
    files: ['contracts/src/access/check-release.ts', 'node/src/vault/release.ts'],
  },
  {
    number: 23,
    attack: 'erasure is faked, or a backup resurrects',
    defence: 'erasure record with confirmations, weekly R, tombstones replayed before service',
    files: [
      'contracts/src/access/erase-sections.ts',
      'contracts/src/access/confirm-erasure.ts',
      'node/src/vault/release-store.ts',
    ],
    missing:
      'the vault that deletes on the order and replays tombstones after a restore; what exists: the erasure record with missing confirmations, refused reads and releases, an erased half that stays erased over crashes, and no backup contains R',
  },
  {
    number: 24,
    attack: 'consent is forged, nudged, or given by an abusive guardian',
    defence:
      'the person’s own signature over the terms, with the hash of the published notice; a guardian needs a mandate and waits; a window needs a second officer; withdrawn by one act',
    files: [
      'contracts/src/access/issue-grant.ts',
      'contracts/src/access/issue-signer.ts',
      'contracts/src/access/withdraw-consent.ts',
    ],
    missing: 'the pages on which people consent and withdraw',
  },
  {
    number: 25,
    attack: 'script injection',
    defence: 'CSP, Trusted Types, no raw HTML',
    files: [],
    missing: 'all of it: there is no portal',
  },
  {
    number: 26,
    attack: 'CSRF, clickjacking, session fixation, a stolen cookie',
    defence:
      'origin checks, a token per session, `__Host-` cookies, a new id at sign-in, sign-ins bound to the browser that began, no frames',
    files: [
      'node/src/api/authenticate.ts',
      'node/src/api/session.ts',
      'node/src/sign-in/begun-sign-ins.ts',
      'node/src/sign-in/own-path.ts',
    ],
  },
  {
    number: 27,
    attack: 'SSRF through a connector, webhook, issuer or logo URL',
    defence:
      'no code opens connections outside the rooms for it; an issuer is asked at named hosts only, at an address that was judged, without redirects',
    files: ['node/src/connectors/issuer/ask-issuer.ts', 'tools/tidy.test.ts'],
  },
  {
    number: 28,
    attack: 'exhaustion by size, depth, archive, pattern or number',
    defence:
      'a named maximum on everything before it is parsed; streams; tables of hostile input per entry point',
    files: [
      'kernel/src/limits.ts',
      'crypto/src/json.ts',
      'node/src/files/limits.ts',
      'node/src/files/zip-archive.ts',
      'node/src/connectors/bank/simple-types.ts',
    ],
    missing: 'slow clients and fair queues per member, which come with HTTP',
  },
  {
    number: 29,
    attack: 'two readings of one text',
    defence: 'one strict parser: refused, not repaired',
    files: ['crypto/src/json.ts', 'kernel/src/transaction.ts'],
  },
  {
    number: 30,
    attack: 'a poisoned dependency',
    defence:
      'exact pins, one lockfile with integrity hashes from one registry, install scripts by allow-list, five dependencies in `crypto`; no code made from text',
    files: ['package-lock.json', 'tools/tidy.test.ts'],
    missing:
      'a bill of materials and reproducible releases; an altered integrity hash is noticed by `npm ci` itself',
  },
  {
    number: 31,
    attack: 'a member reads its own disk; a server shows one thing and has another signed',
    defence:
      'personal data, free text and files only in sealed sections; totals of few people refused; whoever signs recomputes every commitment',
    files: [
      'contracts/src/cases/limits.ts',
      'node/src/prepare/check-openings.ts',
      'node/src/prepare/check-body.ts',
    ],
    missing: 'the browser that recomputes and words what it signs',
  },
]
