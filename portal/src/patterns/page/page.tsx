import './page.css'
import { type ReactNode, useEffect, useRef } from 'react'
import { useLocation } from 'react-router'
import { useLocale } from '../../words/locale.tsx'

/** What a page has at its top. */
interface PageProps {
  /** The answer of the page, as its one heading. */
  readonly title: string
  /** Where it lies, for example a plan. */
  readonly crumb?: ReactNode
  /** States beside the title. */
  readonly tags?: ReactNode
  /** Buttons at its end. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page with its one heading, which gets the focus when one comes from another page. */
export function Page({ title, crumb, tags, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { pathname } = useLocation()
  const { locale } = useLocale()
  useEffect(() => {
    document.title = `${title} · ${locale === 'zh' ? '人社链' : 'Renshe'}`
  }, [title, locale])
  useEffect(() => heading.current?.focus({ preventScroll: true }), [pathname])
  return (
    <div className="page">
      {crumb === undefined ? null : <div className="page-crumb">{crumb}</div>}
      <div className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {tags}
        {actions === undefined ? null : <div className="page-actions">{actions}</div>}
      </div>
      {children}
    </div>
  )
}

/** A part of a page: a card with its heading. */
export function Section({
  title,
  aside,
  children,
  label,
}: {
  readonly title?: string
  readonly aside?: ReactNode
  readonly children: ReactNode
  /** Name of a section without a heading. */
  readonly label?: string
}) {
  return (
    <section className="card section" aria-label={title ?? label}>
      {title === undefined ? null : (
        <header className="section-head">
          <h2>{title}</h2>
          {aside}
        </header>
      )}
      {children}
    </section>
  )
}
