/* All calculators as the questions that people ask. */
import './calculators.css'
import { Link } from 'react-router'
import { Page } from '../../patterns/page/page.tsx'
import { Icon } from '../../shell/icons.tsx'
import { useLocale, useWords } from '../../words/locale.tsx'
import { CALCULATORS } from './every-calculator.ts'
import { toolWords } from './words.ts'

/** The landing page. */
export function ToolsPage() {
  const say = useWords(toolWords)
  const { locale } = useLocale()
  return (
    <div className="tools">
      <Page title={say('title')}>
        <p className="tools-intro">{say('intro')}</p>
        <ul className="tools-list">
          {CALCULATORS.map(({ id, title, question, about }) => (
            <li key={id}>
              <Link to={`/tools/${id}`} className="card">
                <small>{title[locale]}</small>
                <b>{question[locale]}</b>
                <span>{about[locale]}</span>
                <Icon name="arrow" size={18} />
              </Link>
            </li>
          ))}
        </ul>
        <p className="quiet tools-note">{say('notice')}</p>
      </Page>
    </div>
  )
}
