/* Providers and routes. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import { createBrowserRouter, Navigate, Outlet, RouterProvider } from 'react-router'
import { Failed, Waiting } from './patterns/states/states.tsx'
import { Problem } from './session/api.ts'
import { SessionProvider, useSession } from './session/session.tsx'
import { BrokenPage, NotFoundPage, Shell } from './shell/shell.tsx'
import { antdLocales } from './theme/antd-locales.ts'
import { antdTheme } from './theme/tokens.ts'
import { LocaleProvider, useLocale } from './words/locale.tsx'
import { WORKSPACES } from './workspaces/workspaces.ts'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal stays one; what was not answered is asked again.
      retry: (count, error) => error instanceof Problem && error.status === 0 && count < 3,
      refetchOnWindowFocus: false,
    },
  },
})

function Root() {
  return (
    <SessionProvider
      waiting={<Waiting />}
      failed={(error, again) => <Failed error={error} again={again} />}
    >
      <Shell />
    </SessionProvider>
  )
}

/** Where one begins: the story of a demonstration, one's own work, or what is public. */
function Beginning() {
  const { chain, session } = useSession()
  if (chain.isDemonstration) return <Navigate to="/demo" replace />
  const own = WORKSPACES.find(({ id, isFor }) => id !== 'demo' && isFor(session))
  return <Navigate to={own?.prefix ?? '/explore'} replace />
}

const router = createBrowserRouter([
  {
    element: <Root />,
    errorElement: (
      <LocaleProvider>
        <BrokenPage />
      </LocaleProvider>
    ),
    children: [
      { path: '/', element: <Beginning /> },
      {
        element: <Outlet />,
        errorElement: <BrokenPage />,
        hydrateFallbackElement: <Waiting />,
        children: WORKSPACES.flatMap(({ routes }) => [...routes]),
      },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
])

function Themed() {
  const { locale } = useLocale()
  return (
    <ConfigProvider
      theme={{ ...antdTheme, zeroRuntime: true }}
      locale={antdLocales[locale]}
      button={{ autoInsertSpace: false }}
    >
      <RouterProvider router={router} />
    </ConfigProvider>
  )
}

/** The portal. */
export function App() {
  return (
    <LocaleProvider>
      <QueryClientProvider client={queries}>
        <Themed />
      </QueryClientProvider>
    </LocaleProvider>
  )
}
