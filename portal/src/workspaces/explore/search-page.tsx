/* Find by number: exact matches only, never by person. */
import './explore.css'
import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { Page } from '../../patterns/page/page.tsx'
import { Problem } from '../../session/api.ts'
import { useSession } from '../../session/session.tsx'
import { useWords } from '../../words/locale.tsx'
import { recordWords } from './record-words.ts'

const [TRANSACTION, HEIGHT] = [/^[0-9a-f]{64}$/, /^(0|[1-9][0-9]{0,14})$/]

/** Looks a number up. */
export function SearchPage() {
  const say = useWords(recordWords)
  const { api } = useSession()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [answer, setAnswer] = useState<'notANumber' | 'notFound' | null>(null)
  const find = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const number = text.trim().toLowerCase()
    const isTransaction = TRANSACTION.test(number)
    if (!isTransaction && !HEIGHT.test(number)) {
      setAnswer('notANumber')
      return
    }
    const path = isTransaction ? `/transactions/${number}` : `/blocks/${number}`
    try {
      await api.get(path)
      navigate(isTransaction ? `/explore/tx/${number}` : `/explore/blocks/${number}`)
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 0) throw error
      setAnswer('notFound')
    }
  }
  return (
    <Page title={say('searchTitle')}>
      <p className="quiet">{say('searchIntro')}</p>
      <form className="search-form" onSubmit={(event) => void find(event)}>
        <label htmlFor="number">{say('searchLabel')}</label>
        <div className="row">
          <Input
            id="number"
            className="search-input"
            value={text}
            autoComplete="off"
            spellCheck={false}
            aria-describedby="search-answer"
            onChange={(event) => {
              setText(event.target.value)
              setAnswer(null)
            }}
          />
          <Button type="primary" htmlType="submit">
            {say('find')}
          </Button>
        </div>
        <p id="search-answer" role="status">
          {answer === null ? '' : say(answer)}
        </p>
      </form>
    </Page>
  )
}
