/* Back to the beginning: asked once more, then the host is another run. */
import { useState } from 'react'
import { setTouring } from '../../patterns/tour/demonstration.ts'
import { useSession } from '../../session/session.tsx'

const [ASK_AGAIN_MS, TRIES] = [700, 120]

/** Asks, confirms, and waits until the demonstration is a new run. */
export function useStartOver(run: string) {
  const { api } = useSession()
  const [state, setState] = useState<'idle' | 'asking' | 'running'>('idle')
  const confirm = async (): Promise<void> => {
    setState('running')
    await api.post('/demonstration/start-over', {})
    for (let attempt = 0; attempt < TRIES; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
      // While the host is opened again nobody answers.
      const now = await api.get<{ run: string }>('/demonstration').catch(() => null)
      if (now !== null && now.run !== run) break
    }
    setTouring(false)
    // Sessions of the old run are gone: everything is asked anew.
    location.assign('/demo')
  }
  return {
    isAsking: state === 'asking',
    isRunning: state === 'running',
    ask: () => setState('asking'),
    cancel: () => setState('idle'),
    confirm: () => void confirm(),
  }
}
