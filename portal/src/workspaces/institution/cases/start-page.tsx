/* Opens a case of any published service: the form comes from the package. */
import './cases.css'
import type { JsonObject } from '@renshe/crypto'
import type { SaidText } from '@renshe/proof'
import { useMemo, useRef } from 'react'
import { useNavigate, useParams } from 'react-router'
import { type LoadedPackage, packageToSay, serviceOf } from '../../../package/package-document.ts'
import { textsOf } from '../../../package/package-texts.ts'
import { usePackageInForce, usePackageTexts } from '../../../package/use-package.ts'
import { Page, Section } from '../../../patterns/page/page.tsx'
import { useAskToSign } from '../../../patterns/sign-dialog/asked-signature.ts'
import { followsOfOpening } from '../../../patterns/sign-dialog/consequences.ts'
import type { SigningRequest } from '../../../patterns/sign-dialog/signing.ts'
import { Asked } from '../../../patterns/states/states.tsx'
import { useFormState } from '../../../patterns/step-form/form-state.ts'
import { clauseOfRefusal } from '../../../patterns/step-form/step-clauses.ts'
import { StepForm } from '../../../patterns/step-form/step-form.tsx'
import { useSession } from '../../../session/session.tsx'
import { useWords } from '../../../words/locale.tsx'
import { words } from '../../../words/words.ts'

const startWords = words(
  {
    title: '办理：{service}',
    crumb: '办理新的一件',
    by: '由{party}发起',
    clause: '依据 {clause}',
    waiting: '正在读取服务',
    checking: '正在确认这一步是否已入账，请不要重新提交。通常不超过 1 分钟。',
  },
  {
    title: 'Start: {service}',
    crumb: 'A new case',
    by: 'Opened by: {party}',
    clause: 'Basis {clause}',
    waiting: 'Reading the service',
    checking:
      'We are checking whether this step was recorded. Do not submit again. This usually takes less than a minute.',
  },
)

/** Page of `/institution/start/:service`. */
export function StartPage() {
  const { service = '' } = useParams()
  const say = useWords(startWords)
  const loaded = usePackageInForce(service)
  const { data } = loaded
  if (data === undefined) {
    return (
      <Page title={say('waiting')} crumb={say('crumb')}>
        <Asked of={loaded}>{() => null}</Asked>
      </Page>
    )
  }
  return <StartForm key={data.hash} loaded={data} />
}

/** Has the opening of a case signed, and goes to the case once it is recorded. */
function useOpening(loaded: LoadedPackage, id: string, title: SaidText) {
  const go = useNavigate()
  const ask = useAskToSign()
  const { session } = useSession()
  const texts = usePackageTexts(loaded)
  const opened = useRef<string | null>(null)
  const { opens } = serviceOf(loaded)
  return (fields: JsonObject): void => {
    const input = { service: loaded.document.name, fields }
    const request: SigningRequest = {
      id,
      title,
      terms: packageToSay(loaded),
      texts,
      follows: followsOfOpening(serviceOf(loaded), session?.member ?? null),
      clauseOf: (code) => clauseOfRefusal({ checks: opens.checks, outcomes: {} }, code, texts),
      prepare: (client) => client.prepare('cases.openCase', input),
      onRecorded: ({ data }) => {
        opened.current = String(data.case ?? '')
      },
    }
    ask(request, (isRecorded) => {
      if (isRecorded && opened.current !== null) void go(`/institution/cases/${opened.current}`)
    })
  }
}

function StartForm({ loaded }: { readonly loaded: LoadedPackage }) {
  const say = useWords(startWords)
  const texts = usePackageTexts(loaded)
  const { opens } = serviceOf(loaded)
  const { name } = loaded.document
  const title = useMemo(
    () => ({
      zh: `办理：${textsOf(loaded, 'zh').title}`,
      en: `Start: ${textsOf(loaded, 'en').title}`,
    }),
    [loaded],
  )
  const id = `open/${name}`
  const form = useFormState(id, title)
  const open = useOpening(loaded, id, title)
  return (
    <Page title={say('title', { service: texts.title })} crumb={say('crumb')}>
      <Section label={texts.title}>
        <p className="quiet start-lead">
          {texts.find('about') ?? ''} {say('by', { party: texts.party(opens.by) })}
        </p>
        {form.isInFlight ? (
          <p role="status">{say('checking')}</p>
        ) : (
          <div className="start-form">
            <StepForm
              loaded={loaded}
              step="open"
              fields={opens.fields}
              sections={[]}
              choices={[]}
              suggested={{}}
              form={form}
              parties={{}}
              sign={({ fields }) => {
                form.keep()
                open(fields)
              }}
            />
          </div>
        )}
      </Section>
    </Page>
  )
}
