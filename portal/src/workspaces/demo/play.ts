/* Plays the story: one scene after another, each a real signed act of the sample officers. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Demonstration } from '../../patterns/tour/demonstration.ts'
import { useSession } from '../../session/session.tsx'

/** A scene stays on the screen at least so long, so that a person can follow. */
const SCENE_MS = 1_300

/** Begins and pauses the play; it ends before the scene that only a person can look at. */
export function usePlay({ scenes }: Demonstration) {
  const { api } = useSession()
  const queries = useQueryClient()
  const [isPlaying, setIsPlaying] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const playing = useRef(false)
  useEffect(
    () => () => {
      playing.current = false
    },
    [],
  )
  const begin = async (): Promise<void> => {
    playing.current = true
    setIsPlaying(true)
    setError(null)
    const left = scenes.filter(({ status, canStandIn }) => status !== 'done' && canStandIn)
    for (const { id } of left) {
      if (!playing.current) break
      const began = performance.now()
      try {
        await api.post('/demonstration/stand-in', { scene: id, through: true })
      } catch (problem) {
        setError((problem as Error).message)
        break
      }
      await queries.invalidateQueries({ queryKey: ['chain'] })
      const rest = SCENE_MS - (performance.now() - began)
      if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest))
    }
    playing.current = false
    setIsPlaying(false)
  }
  const pause = (): void => {
    playing.current = false
    setIsPlaying(false)
  }
  return { isPlaying, error, begin: () => void begin(), pause }
}
