/* Acts of the core that no form of a package asks: said from their input, signed, and followed like any other. */
import type { ActionInputs } from '@renshe/client'
import type { JsonObject } from '@renshe/crypto'
import { useAskToSign } from '../../patterns/sign-dialog/asked-signature.ts'
import type { SayInput } from '../../patterns/sign-dialog/signing.ts'
import type { Bilingual } from '../../shell/workspace.ts'
import { useLocale } from '../../words/locale.tsx'
import { coreTexts } from './core-texts.ts'

/** One act that is to be signed. */
export interface CoreAct<Name extends keyof ActionInputs> {
  /** Names the act among those of the account. */
  readonly id: string
  readonly title: Bilingual
  readonly action: Name
  readonly input: ActionInputs[Name]
  readonly say: SayInput
  /** Called when the dialog is closed after the act was recorded, with what the contract answered. */
  readonly then?: (data: JsonObject) => void
}

/** Opens the sign dialog for an act. */
export function useSignedAct(): <Name extends keyof ActionInputs>(act: CoreAct<Name>) => void {
  const { locale } = useLocale()
  const ask = useAskToSign()
  return ({ id, title, action, input, say, then }) => {
    let answer: JsonObject = {}
    ask(
      {
        id,
        title,
        terms: say,
        texts: coreTexts(locale),
        follows: null,
        prepare: (client) => client.prepare(action, input),
        onRecorded: ({ data }) => {
          answer = data
        },
      },
      (isRecorded) => {
        if (isRecorded) then?.(answer)
      },
    )
  }
}
