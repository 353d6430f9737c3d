/* The request that signs the rows of a draft: what comes back sealed is compared with the rows that were uploaded. */
import type { Client } from '@renshe/client'
import type { JsonObject } from '@renshe/crypto'
import { packageToSay, serviceOf } from '../../package/package-document.ts'
import { usePackageTexts } from '../../package/use-package.ts'
import { useSession } from '../../session/session.tsx'
import { useWords } from '../../words/locale.tsx'
import { followsOf } from '../sign-dialog/consequences.ts'
import type {
  PreparedToSign,
  Recorded,
  SigningProgress,
  SigningRequest,
} from '../sign-dialog/signing.ts'
import { clauseOfRefusal } from '../step-form/step-clauses.ts'
import { type StepInUse, useStepTitle } from '../step-form/step-in-use.ts'
import { compareRows } from './compare-rows.ts'
import { csvOf, saveFile } from './csv.ts'
import { type DraftPlace, type DraftRow, type DraftSummary, draftRows } from './drafts.ts'
import type { useUpload } from './upload.ts'
import { uploadWords } from './words.ts'

interface BatchTerms {
  readonly id: string
  readonly place: DraftPlace
  readonly upload: Pick<ReturnType<typeof useUpload>, 'compared' | 'corrected' | 'columns'>
  readonly onRecorded?: (recorded: Recorded) => void
}

/** Makes the request for a draft as it stands. */
export function useBatchRequest(inUse: StepInUse, terms: BatchTerms) {
  const { id, place, onRecorded } = terms
  const { loaded, found, step, definition } = inUse
  const { api } = useSession()
  const texts = usePackageTexts(loaded)
  const title = useStepTitle(inUse)
  const compare = useComparison(inUse, terms)
  return (draft: DraftSummary, onlyGood: boolean): SigningRequest => {
    let rows: readonly JsonObject[] = []
    const prepare = async (
      client: Client,
      told: (progress: SigningProgress) => void,
    ): Promise<PreparedToSign> => {
      const all = await draftRows(api, place, 'all', (done) =>
        told({ key: 'rowsBack', done, of: draft.rows }),
      )
      const note = await compare(all)
      rows = all.flatMap(({ values }) => (values === null ? [] : [values]))
      const batch = { section: place.section, rows, draft: { onlyGood } }
      const input = { case: found.id, step: step.step, n: step.n }
      told({ key: 'sealing', done: 0, of: rows.length })
      const made = await client.prepare(
        'cases.actOnStep',
        input,
        { batch },
        (done, of) => told({ key: 'recomputing', done, of }),
        ({ rows: done }) => told({ key: 'sealing', done, of: rows.length }),
      )
      return { ...made, note }
    }
    return {
      id,
      title,
      terms: packageToSay(loaded),
      texts,
      follows: followsOf(serviceOf(loaded), found.parties, step.step, null),
      clauseOf: (code) => clauseOfRefusal(definition, code, texts),
      prepare,
      download: (name) => {
        const names = Object.keys(rows[0] ?? {})
        const lines = rows.map((row) => names.map((one) => String(row[one] ?? '')))
        saveFile(csvOf([names.map((one) => texts.field(one)), ...lines]), name)
      },
      ...(onRecorded === undefined ? {} : { onRecorded }),
    }
  }
}

/** Compares the rows of a draft with the person's own file, and says how far. */
function useComparison({ loaded }: StepInUse, { upload }: BatchTerms) {
  const say = useWords(uploadWords)
  const texts = usePackageTexts(loaded)
  return async (rows: readonly DraftRow[]): Promise<string> => {
    const { compared, corrected, columns } = upload
    if (compared.current === null) return say('notCompared')
    const { same, differs } = compareRows(rows, compared.current, columns, texts, corrected.rows())
    if (differs !== null) {
      const { PreparedRefused } = await import('@renshe/client')
      throw new PreparedRefused('file')
    }
    return say('compared', { rows: same })
  }
}
