/* Every act of a case as evidence files in one archive, with the page that checks them without a connection. */
import { useState } from 'react'
import { saveFile } from '../../../format/save-file.ts'
import { type ArchiveEntry, makeArchive } from '../../../patterns/journal/archive.ts'
import { evidenceBytes, headToExtend } from '../../../patterns/journal/ticks-cell.tsx'
import type { CaseWithSteps } from '../../../patterns/step-clock/case-shown.ts'
import type { Api } from '../../../session/api.ts'
import { useSession } from '../../../session/session.tsx'
import { Icon } from '../../../shell/icons.tsx'
import { useWords } from '../../../words/locale.tsx'
import { contributionWords } from './words.ts'

/** Acts of a case: its opening, and what ended each step, in the order of the ledger. */
function actsOf({ case: shown, steps }: CaseWithSteps): readonly (readonly [string, string])[] {
  const ended = steps
    .filter(({ endedBy }) => endedBy !== null)
    .sort((one, other) => (one.order ?? 0) - (other.order ?? 0))
  const acts = ended.flatMap(({ step, submissions, endedBy }) => [
    ...submissions.map(({ txId }) => [step, txId] as const),
    ...(endedBy === null ? [] : [[step, endedBy.txId] as const]),
  ])
  const all: readonly (readonly [string, string])[] = [['open', shown.opener.txId], ...acts]
  return all.filter(([, txId], index) => all.findIndex(([, other]) => other === txId) === index)
}

async function bundleOf(api: Api, chain: string, found: CaseWithSteps): Promise<Uint8Array> {
  const head = await headToExtend(api, chain)
  const files: ArchiveEntry[] = []
  for (const [index, [step, txId]] of actsOf(found).entries()) {
    const number = String(index + 1).padStart(2, '0')
    const bytes = await evidenceBytes(api, txId, head)
    files.push({ path: `${number}-${step}-${txId.slice(0, 8)}.renshe.json`, bytes })
  }
  const { bytes } = await api.download('/verifier.html')
  return makeArchive([...files, { path: 'verifier.html', bytes }])
}

/** Downloads the archive. */
export function EvidenceBundle({ found }: { readonly found: CaseWithSteps }) {
  const say = useWords(contributionWords)
  const { api, chain } = useSession()
  const [state, setState] = useState<'ready' | 'busy' | 'failed'>('ready')
  const save = async (): Promise<void> => {
    setState('busy')
    try {
      const bytes = await bundleOf(api, chain.chain, found)
      saveFile(bytes, `${found.case.id}.zip`, 'application/zip')
      setState('ready')
    } catch {
      setState('failed')
    }
  }
  const label = state === 'busy' ? 'bundling' : state === 'failed' ? 'bundleFailed' : 'bundle'
  return (
    <button
      type="button"
      className="small-button"
      disabled={state === 'busy'}
      onClick={() => void save()}
    >
      <Icon name="down" />
      {say(label)}
    </button>
  )
}
