/* The story's bar at the foot of every page of a demonstration, while a visitor follows it. */
import './tour-bar.css'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import { signInAddress, useSession } from '../../session/session.tsx'
import { useLocale, useWords } from '../../words/locale.tsx'
import {
  type Demonstration,
  isTouring,
  type Scene,
  setTouring,
  standInBody,
  useDemonstration,
} from './demonstration.ts'
import { tourWords } from './words.ts'

/** Shows the next scene, who does it, and two ways to do it. */
export function TourBar() {
  const [isOn, setIsOn] = useState(isTouring)
  useEffect(() => {
    const listen = (): void => setIsOn(isTouring())
    addEventListener('renshe-tour', listen)
    return () => removeEventListener('renshe-tour', listen)
  }, [])
  const demonstration = useDemonstration(isOn)
  if (!isOn || demonstration.data === undefined) return null
  return <Bar demonstration={demonstration.data} />
}

function Bar({ demonstration }: { readonly demonstration: Demonstration }) {
  const say = useWords(tourWords)
  const { scenes } = demonstration
  const at = scenes.findIndex(({ status }) => status === 'now')
  const scene = scenes[at]
  return (
    <aside className="tour-bar" aria-label={say('bar')}>
      <progress max={scenes.length} value={at < 0 ? scenes.length : at} aria-label={say('bar')} />
      {scene === undefined || scene.id === 'statement' ? (
        <Over />
      ) : (
        <NextScene scene={scene} n={at + 1} demonstration={demonstration} />
      )}
      <Button type="text" onClick={() => setTouring(false)}>
        {say('leave')}
      </Button>
    </aside>
  )
}

function NextScene({
  scene,
  n,
  demonstration: { scenes, people },
}: {
  readonly scene: Scene
  readonly n: number
  readonly demonstration: Demonstration
}) {
  const say = useWords(tourWords)
  const { locale } = useLocale()
  const standIn = useStandIn()
  const person = people.find(({ party }) => party === scene.party)
  const label = person?.accounts.find(({ name }) => name === scene.account)?.label[locale] ?? ''
  return (
    <>
      <div className="tour-bar-scene">
        <span className="quiet">{say('place', { n, count: scenes.length })}</span>
        <b>
          {person?.memberName[locale]} · {scene[locale]}
        </b>
        {scene.seen === null ? null : <span className="quiet">{scene.seen[locale]}</span>}
        {standIn.error === null ? null : (
          <span role="alert" className="tour-bar-error">
            {say('notDone', { why: standIn.error.message })}
          </span>
        )}
      </div>
      <a className="tour-bar-go" href={signInAddress(scene.account, scene.path)}>
        {say('go', { who: label })}
      </a>
      {scene.canStandIn ? (
        <Button loading={standIn.isPending} onClick={() => standIn.mutate(scene.id)}>
          {say(standIn.isPending ? 'standingIn' : 'standIn')}
        </Button>
      ) : null}
    </>
  )
}

function Over() {
  const say = useWords(tourWords)
  return (
    <>
      <div className="tour-bar-scene">
        <b>{say('over')}</b>
      </div>
      <a className="tour-bar-go" href={signInAddress('worker', '/hall/records/annuity')}>
        {say('toEnd')}
      </a>
      <Link to="/demo">{say('toStart')}</Link>
    </>
  )
}

/** Lets the sample officers do a scene, and everything before it that is not done. */
export function useStandIn() {
  const { api } = useSession()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (scene: string) => api.post('/demonstration/stand-in', standInBody(scene)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['chain'] }),
  })
}
