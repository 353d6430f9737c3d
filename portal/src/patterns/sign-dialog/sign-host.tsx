/* Where the sign dialog lies: above the pages, loaded by the first who signs. */
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useLocation } from 'react-router'
import { useAskedSignature } from './asked-signature.ts'

const SignDialog = lazy(async () => ({
  default: (await import('./sign-dialog.tsx')).SignDialog,
}))

/** Shows the act that is to be signed, if there is one; leaving the page puts it away. */
export function SignHost() {
  const { asked, close } = useAskedSignature()
  const { pathname } = useLocation()
  const place = useRef(pathname)
  useEffect(() => {
    if (place.current === pathname) return
    place.current = pathname
    if (asked !== null) close(false)
  }, [pathname, asked, close])
  if (asked === null) return null
  const { request, session } = asked
  return (
    <Suspense fallback={null}>
      <SignDialog key={request.id} request={request} session={session} close={close} />
    </Suspense>
  )
}
