/* Evidence of a published package: the law, rules and service that its hash names. */
import { findPackageRecord } from '@renshe/contracts'
import { concatBytes, fromBase64Url, toBase64Url } from '@renshe/crypto'
import { evidenceOf } from '@renshe/ledger'
import { evidenceRecord } from '@renshe/proof'
import type { Member } from '../member.ts'
import { assembleEvidence, type MadeEvidence } from './assemble-evidence.ts'
import { findEmitter } from './events-of-block.ts'
import { EvidenceRefused } from './evidence-refused.ts'

/**
 * Makes the evidence of a package, with its document opened.
 *
 * @param hash  hex, of the package
 * @throws EvidenceRefused `PACKAGE_UNKNOWN`; `PACKAGE_FOUNDED` for one that the genesis document itself
 *         brought: whoever trusts the chain trusts its hash
 */
export function makeRuleEvidence(
  member: Member,
  hash: string,
  since: number | null = null,
): MadeEvidence {
  const { copy } = member.ledger
  const record = findPackageRecord(member.ledger.view(), hash)
  if (record === undefined || record.publishedHeight === null) {
    throw new EvidenceRefused('PACKAGE_UNKNOWN', { package: hash })
  }
  const write = evidenceOf(copy).writeAt(record.publishedHeight, 'catalogue/package', [hash])
  const act = findEmitter(copy, record.publishedHeight, 'PackagePublished', ['package', hash])
  if (write === undefined || act === undefined) {
    throw new EvidenceRefused('PACKAGE_FOUNDED', { package: hash })
  }
  const bytes = record.parts.map((part) => {
    const { bytes: own } = member.ask('catalogue.getPart', { part }) as { bytes: string }
    return fromBase64Url(own)
  })
  const content = toBase64Url(concatBytes(...bytes))
  return assembleEvidence(
    copy,
    {
      kind: 'rule',
      acts: [act],
      opened: [
        {
          of: 'records/0',
          tree: 'document',
          index: 0,
          leaf: null,
          path: [],
          sections: [{ content }],
        },
      ],
      records: [evidenceRecord(write)],
    },
    since,
  )
}
