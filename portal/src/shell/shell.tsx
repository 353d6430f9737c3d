/* The frame of every page: ribbon, header, navigation, and the page itself. */
import './shell.css'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { Link, NavLink, Outlet, useLocation } from 'react-router'
import { exactMoment, listMoment } from '../format/moments.ts'
import { Outbox } from '../patterns/outbox/outbox.tsx'
import { SignHost } from '../patterns/sign-dialog/sign-host.tsx'
import { type Liveness, useLiveness, useRoute } from '../session/asking.ts'
import { type ChainShown, signInAddress, useSession } from '../session/session.tsx'
import { useLocale, useWords } from '../words/locale.tsx'
import { WORKSPACES } from '../workspaces/workspaces.ts'
import { RoleSwitcher } from './role-switcher.tsx'
import { useSampleAccounts } from './sample-accounts.ts'
import { shellWords } from './words.ts'
import type { Workspace } from './workspace.ts'

const BankCounter = lazy(async () => ({
  default: (await import('../patterns/tour/bank-counter.tsx')).BankCounter,
}))
const TourBar = lazy(async () => ({
  default: (await import('../patterns/tour/tour-bar.tsx')).TourBar,
}))

/** The workspace that a path lies in. */
function workspaceOf(path: string): Workspace | undefined {
  return WORKSPACES.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`))
}

/** The frame. */
export function Shell() {
  const say = useWords(shellWords)
  const { pathname } = useLocation()
  const { session } = useSession()
  const liveness = useLiveness()
  const chain = useChainNow()
  const workspace = workspaceOf(pathname)
  const isAllowed = workspace === undefined || workspace.isFor(session)
  useEffect(() => {
    if (pathname !== '') window.scrollTo(0, 0)
  }, [pathname])
  return (
    <>
      <a className="skip-link" href="#main">
        {say('skip')}
      </a>
      {chain.isDemonstration ? <Ribbon chain={chain} /> : null}
      <Header workspace={workspace} />
      {liveness === 'reconnecting' ? (
        <p className="stale-banner" role="status">
          {say('stale', { at: listMoment(chain.time, chain.time) })}
        </p>
      ) : null}
      <div className={`frame frame-${workspace?.navigation ?? 'top'}`}>
        {workspace?.navigation === 'side' && isAllowed ? (
          <SideNavigation workspace={workspace} chain={chain} liveness={liveness} />
        ) : null}
        <main id="main" tabIndex={-1}>
          {chain.isDemonstration && workspace?.id === 'institution' ? (
            <Suspense fallback={null}>
              <BankCounter />
            </Suspense>
          ) : null}
          {isAllowed ? <Outlet /> : <NotAllowed isPublic={session === null} />}
        </main>
      </div>
      <SignHost />
      {chain.isDemonstration && pathname !== '/demo' ? (
        <Suspense fallback={null}>
          <TourBar />
        </Suspense>
      ) : null}
    </>
  )
}

/** The chain as it is now; the one of the session until it is asked again. */
function useChainNow(): ChainShown {
  const { chain } = useSession()
  const { data } = useRoute<ChainShown>('/chain')
  return data ?? chain
}

function Ribbon({ chain }: { readonly chain: ChainShown }) {
  const say = useWords(shellWords)
  return (
    <aside className="ribbon" aria-label={say('demonstration')}>
      <b>{say('demonstration')}</b>
      <span>{say('ribbon')}</span>
      <span className="ribbon-clock">
        {say('clock', { at: exactMoment(chain.time).slice(0, 16) })}
      </span>
    </aside>
  )
}

function Header({ workspace }: { readonly workspace: Workspace | undefined }) {
  const say = useWords(shellWords)
  const { locale, choose } = useLocale()
  const { chain } = useSession()
  return (
    <header className="header">
      <Brand workspace={workspace} />
      {workspace?.navigation === 'top' ? <TopNavigation workspace={workspace} /> : null}
      {chain.isDemonstration && workspace?.navigation === 'side' ? <RoleSwitcher /> : null}
      <div className="header-end">
        <Outbox />
        <Account />
        <button
          type="button"
          className="plain-button"
          lang={locale === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => choose(locale === 'zh' ? 'en' : 'zh')}
        >
          {say('language')}
        </button>
      </div>
    </header>
  )
}

/** Brand, and the other workspaces of this session behind it. */
function Brand({ workspace }: { readonly workspace: Workspace | undefined }) {
  const say = useWords(shellWords)
  const { locale } = useLocale()
  const { session, chain } = useSession()
  const open = WORKSPACES.filter(
    ({ id, isFor }) => isFor(session) && (id !== 'demo' || chain.isDemonstration),
  )
  return (
    <details className="brand" key={workspace?.id ?? 'none'}>
      <summary>
        <Mark />
        <span className="brand-name">{say('brand')}</span>
        <span className="brand-workspace">{workspace?.label[locale] ?? ''}</span>
        <span className="brand-more" aria-hidden="true" />
      </summary>
      <nav aria-label={say('workspaces')}>
        {open.map(({ id, prefix, label }) => (
          <Link key={id} to={prefix} aria-current={id === workspace?.id ? 'true' : undefined}>
            {label[locale]}
          </Link>
        ))}
      </nav>
    </details>
  )
}

function Mark() {
  return (
    <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#1b5e8c" />
      <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round">
        <path d="M16 6.5c0 6-3.2 12.6-9 17" />
        <path d="M16 12.5c1 4.6 4 8.6 9 11" />
      </g>
      <circle cx="16" cy="21.5" r="2.6" fill="#f4d58a" />
    </svg>
  )
}

function TopNavigation({ workspace }: { readonly workspace: Workspace }) {
  const say = useWords(shellWords)
  const { locale } = useLocale()
  if (workspace.items.length < 2) return null
  return (
    <nav
      className="top-navigation"
      aria-label={say('navigation', { name: workspace.label[locale] })}
    >
      {workspace.items.map(({ to, label }) => (
        <NavLink key={to} to={to} end={to === workspace.prefix}>
          {label[locale]}
        </NavLink>
      ))}
    </nav>
  )
}

function SideNavigation({
  workspace,
  chain,
  liveness,
}: {
  readonly workspace: Workspace
  readonly chain: ChainShown
  readonly liveness: Liveness
}) {
  const say = useWords(shellWords)
  const { locale } = useLocale()
  const { session } = useSession()
  const groups = new Set<string>()
  const items = workspace.items.filter(({ isFor }) => isFor?.(session) ?? true)
  return (
    <nav
      className="side-navigation"
      aria-label={say('navigation', { name: workspace.label[locale] })}
    >
      {items.map(({ to, label, group }) => {
        const isFirst = group !== undefined && !groups.has(group.en)
        if (group !== undefined) groups.add(group.en)
        return (
          <div key={to}>
            {isFirst ? <h2>{group[locale]}</h2> : null}
            <NavLink to={to} end={to === workspace.prefix}>
              {label[locale]}
            </NavLink>
          </div>
        )
      })}
      <p className="side-navigation-ledger">
        <i className={liveness === 'live' ? 'is-well' : 'is-away'} aria-hidden="true" />
        {say(liveness === 'reconnecting' ? 'ledgerAway' : 'ledgerWell')}
        <span>{say('block', { height: String(chain.finalHeight) })}</span>
      </p>
    </nav>
  )
}

/** Who is signed in, and the way out; the way in for the public. */
function Account() {
  const say = useWords(shellWords)
  const { locale } = useLocale()
  const { session, signOut } = useSession()
  const { pathname, search } = useLocation()
  const accounts = useSampleAccounts()
  if (session === null) {
    return (
      <a className="plain-button" href={signInAddress(null, `${pathname}${search}`)}>
        {say('signIn')}
      </a>
    )
  }
  const sample = accounts.find(
    ({ member, officer, kind }) =>
      member === session.member &&
      kind === session.kind &&
      (officer ?? session.name) === session.name,
  )
  return (
    <span className="account">
      <span className="account-member">{sample?.memberName[locale] ?? session.member}</span>
      <b>{sample?.label[locale] ?? session.name}</b>
      <button type="button" className="plain-button" onClick={() => void signOut()}>
        {say('signOut')}
      </button>
    </span>
  )
}

function NotAllowed({ isPublic }: { readonly isPublic: boolean }) {
  const say = useWords(shellWords)
  const { pathname, search } = useLocation()
  return (
    <Notice
      title={say(isPublic ? 'needsSignIn' : 'notForYou')}
      why={say(isPublic ? 'needsSignInWhy' : 'notForYouWhy')}
    >
      {isPublic ? (
        <a className="ant-btn-like" href={signInAddress(null, `${pathname}${search}`)}>
          {say('signIn')}
        </a>
      ) : (
        <Link className="ant-btn-like" to="/explore">
          {say('home')}
        </Link>
      )}
    </Notice>
  )
}

/** A page that says one thing. */
export function Notice({
  title,
  why,
  children,
}: {
  readonly title: string
  readonly why: string
  readonly children?: ReactNode
}) {
  return (
    <section className="notice">
      <h1>{title}</h1>
      <p>{why}</p>
      {children}
    </section>
  )
}

/** For addresses that are none. */
export function NotFoundPage() {
  const say = useWords(shellWords)
  return (
    <Notice title={say('notFoundTitle')} why={say('notFound')}>
      <Link className="ant-btn-like" to="/">
        {say('home')}
      </Link>
    </Notice>
  )
}

/** For what should not happen. */
export function BrokenPage() {
  const say = useWords(shellWords)
  return (
    <Notice title={say('broken')} why={say('brokenWhy')}>
      <button type="button" className="ant-btn-like" onClick={() => location.reload()}>
        {say('reload')}
      </button>
    </Notice>
  )
}
