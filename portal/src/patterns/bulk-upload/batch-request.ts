/* The request that signs the rows of a draft: what comes back sealed is compared with the rows that were uploaded. */
import type { JsonObject } from '@renshe/crypto'
import { packageToSay, serviceOf } from '../../package/package-document.ts'
import { usePackageTexts } from '../../package/use-package.ts'
import { useSession } from '../../session/session.tsx'
import { followsOf } from '../sign-dialog/consequences.ts'
import type { Recorded, SigningRequest } from '../sign-dialog/signing.ts'
import { clauseOfRefusal } from '../step-form/step-clauses.ts'
import { type StepInUse, useStepTitle } from '../step-form/step-in-use.ts'
import { csvOf, saveFile } from './csv.ts'
import { type DraftPlace, type DraftSummary, draftRows } from './drafts.ts'
import type { useUpload } from './upload.ts'

interface BatchTerms {
  readonly id: string
  readonly place: DraftPlace
  readonly upload: Pick<ReturnType<typeof useUpload>, 'table'>
  readonly onRecorded?: (recorded: Recorded) => void
}

/** Makes the request for a draft as it stands. */
export function useBatchRequest(inUse: StepInUse, { id, place, onRecorded }: BatchTerms) {
  const { loaded, found, step, definition } = inUse
  const { api } = useSession()
  const texts = usePackageTexts(loaded)
  const title = useStepTitle(inUse)
  return (draft: DraftSummary, onlyGood: boolean): SigningRequest => {
    const { section } = place
    const input = { case: found.id, step: step.step, n: step.n }
    let rows: readonly JsonObject[] = []
    return {
      id,
      title,
      terms: packageToSay(loaded),
      texts,
      follows: followsOf(serviceOf(loaded), found.parties, step.step, null),
      clauseOf: (code) => clauseOfRefusal(definition, code, texts),
      prepare: async (client, told) => {
        const all = await draftRows(api, place, 'all', (done) =>
          told({ key: 'rowsBack', done, of: draft.rows }),
        )
        rows = all.flatMap(({ values }) => (values === null ? [] : [values]))
        told({ key: 'sealing', done: 0, of: 0 })
        const batch = { section, rows, draft: { onlyGood } }
        return client.prepare('cases.actOnStep', input, { batch }, (done, of) =>
          told({ key: 'recomputing', done, of }),
        )
      },
      download: (name) => {
        const names = Object.keys(rows[0] ?? {})
        const lines = rows.map((row) => names.map((one) => String(row[one] ?? '')))
        saveFile(csvOf([names.map((one) => texts.field(one)), ...lines]), name)
      },
      ...(onRecorded === undefined ? {} : { onRecorded }),
    }
  }
}
