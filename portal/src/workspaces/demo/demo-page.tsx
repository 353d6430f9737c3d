/* The first minute: who takes part, the story scene by scene, played or walked. */
import './demo.css'
import { Button } from 'antd'
import { Link } from 'react-router'
import { exactMoment } from '../../format/moments.ts'
import { Page } from '../../patterns/page/page.tsx'
import { Asked, Empty } from '../../patterns/states/states.tsx'
import { Tag } from '../../patterns/tag/tag.tsx'
import {
  type Demonstration,
  type Scene,
  setTouring,
  useDemonstration,
} from '../../patterns/tour/demonstration.ts'
import { useFirstHead } from '../../patterns/verify-panel/verify.ts'
import { Problem } from '../../session/api.ts'
import { signInAddress } from '../../session/session.tsx'
import { Icon } from '../../shell/icons.tsx'
import { PARTY_COLOURS } from '../../theme/tokens.ts'
import { useLocale, useWords } from '../../words/locale.tsx'
import { usePlay } from './play.ts'
import { useStartOver } from './start-over.ts'
import { demoWords } from './words.ts'

/** `/demo`. */
export function DemoPage() {
  const say = useWords(demoWords)
  const demonstration = useDemonstration()
  useFirstHead()
  const isAbsent = demonstration.error instanceof Problem && demonstration.error.status === 404
  return (
    <Page title={say('title')}>
      {isAbsent ? (
        <Empty action={<Link to="/explore/blocks">{say('endRecords')}</Link>}>
          {say('noHost')}
        </Empty>
      ) : (
        <Asked of={demonstration} rows={8}>
          {(known) => <Story demonstration={known} />}
        </Asked>
      )}
    </Page>
  )
}

function Story({ demonstration }: { readonly demonstration: Demonstration }) {
  const say = useWords(demoWords)
  const { scenes, payroll, people } = demonstration
  const next = scenes.find(({ status }) => status === 'now')
  return (
    <div className="demo">
      <p className="demo-lead">{say('lead', { count: payroll.count })}</p>
      <Actions demonstration={demonstration} next={next} />
      <div className="demo-grid">
        <section aria-label={say('parties')}>
          <h2>{say('parties')}</h2>
          <ul className="demo-parties">
            {people.map((person) => (
              <PartyCard key={person.party} person={person} next={next} />
            ))}
          </ul>
        </section>
        <section aria-label={say('story')}>
          <h2>{say('story')}</h2>
          <ol className="demo-scenes">
            {scenes.map((scene) => (
              <SceneLine key={scene.id} scene={scene} people={people} />
            ))}
          </ol>
        </section>
      </div>
      <section className="demo-end card">
        <h2>{say('endTitle')}</h2>
        <div className="row">
          <Link to="/explore/blocks">{say('endRecords')}</Link>
          <a href={signInAddress('worker', '/hall/records/annuity')}>{say('endStatement')}</a>
          <Link to="/explore/verify">{say('endVerify')}</Link>
          <Link to="/tools">{say('endTools')}</Link>
        </div>
      </section>
    </div>
  )
}

/** Walk, play, start over, and the clock beside them. */
function Actions({
  demonstration,
  next,
}: {
  readonly demonstration: Demonstration
  readonly next: Scene | undefined
}) {
  const say = useWords(demoWords)
  const { scenes, clock, run } = demonstration
  const isBegun = scenes.some(({ status }) => status === 'done')
  const play = usePlay(demonstration)
  return (
    <>
      <div className="demo-actions">
        {next === undefined ? null : (
          <a
            className="demo-walk"
            href={signInAddress(next.account, next.path)}
            onClick={() => setTouring(true)}
          >
            <Icon name="arrow" size={16} />
            {say(isBegun ? 'goOn' : 'walk')}
          </a>
        )}
        {next === undefined || !next.canStandIn ? null : (
          <Button
            size="large"
            icon={<Icon name={play.isPlaying ? 'dash' : 'play'} />}
            onClick={play.isPlaying ? play.pause : play.begin}
          >
            {say(play.isPlaying ? 'pause' : 'play')}
          </Button>
        )}
        {isBegun ? <StartOver run={run} /> : null}
        <span className="quiet demo-clock">
          <Icon name="clock" />
          {say('clock', { at: exactMoment(clock.now).slice(0, 16) })}
        </span>
      </div>
      {play.error === null ? null : (
        <p role="alert" className="demo-failed">
          {say('failed', { why: play.error })}
        </p>
      )}
    </>
  )
}

const ROLES = {
  employer: ['roleEmployer', PARTY_COLOURS.employer],
  trustee: ['roleTrustee', PARTY_COLOURS.trustee],
  accountManager: ['roleAccountManager', PARTY_COLOURS.accountManager],
  custodian: ['roleCustodian', PARTY_COLOURS.custodian],
  investmentOne: ['roleInvestmentOne', PARTY_COLOURS.investmentManagers],
  investmentTwo: ['roleInvestmentTwo', PARTY_COLOURS.investmentManagers],
  bank: ['roleBank', PARTY_COLOURS.bank],
  supervisor: ['roleSupervisor', PARTY_COLOURS.supervisor],
  worker: ['roleWorker', '#46525e'],
} as const

type PartyName = keyof typeof ROLES

function PartyCard({
  person: { party, memberName, accounts },
  next,
}: {
  readonly person: Demonstration['people'][number]
  readonly next: Scene | undefined
}) {
  const say = useWords(demoWords)
  const { locale } = useLocale()
  if (!(party in ROLES)) return null
  const name = party as PartyName
  const [role, colour] = ROLES[name]
  const [account] = accounts
  const isNow = next?.party === party
  const path = name === 'supervisor' ? '/supervision' : '/institution'
  return (
    <li className={`card demo-party ${isNow ? 'is-now' : ''}`}>
      <i style={{ background: colour }} aria-hidden="true" />
      <div>
        <b>{say(role)}</b>
        <span>{name === 'worker' ? account?.label[locale] : memberName[locale]}</span>
        <p className="quiet">{say(name)}</p>
      </div>
      {account === undefined ? null : (
        <a
          href={signInAddress(account.name, name === 'worker' ? '/hall/records/annuity' : path)}
          aria-label={`${say('asThis')}：${say(role)} ${memberName[locale]}`}
        >
          {say('asThis')}
        </a>
      )}
    </li>
  )
}

const STATES = {
  done: { tone: 'verified', icon: 'check' },
  now: { tone: 'current', icon: 'clock' },
  later: { tone: 'neutral', icon: 'dash' },
} as const

function SceneLine({
  scene,
  people,
}: {
  readonly scene: Scene
  readonly people: Demonstration['people']
}) {
  const say = useWords(demoWords)
  const { locale } = useLocale()
  const { party, status, seen, txId } = scene
  const member = people.find((person) => person.party === party)?.memberName[locale] ?? ''
  const { tone, icon } = STATES[status]
  return (
    <li className={`demo-scene is-${status}`}>
      <Tag tone={tone} icon={icon}>
        {say(status)}
      </Tag>
      <div>
        <span className="demo-scene-who">{member}</span> {scene[locale]}
        {seen === null || status !== 'now' ? null : (
          <p className="quiet">{say('seen', { text: seen[locale] })}</p>
        )}
      </div>
      {txId === undefined ? null : <Link to={`/explore/tx/${txId}`}>{say('receipt')}</Link>}
    </li>
  )
}

function StartOver({ run }: { readonly run: string }) {
  const say = useWords(demoWords)
  const { ask, isAsking, isRunning, confirm, cancel } = useStartOver(run)
  if (isRunning) return <span role="status">{say('startingOver')}</span>
  if (!isAsking) return <Button onClick={ask}>{say('startOver')}</Button>
  return (
    <span className="demo-sure" role="alertdialog" aria-label={say('startOver')}>
      {say('sure')}
      <Button danger onClick={confirm}>
        {say('startOver')}
      </Button>
      <Button onClick={cancel}>{say('keep')}</Button>
    </span>
  )
}
