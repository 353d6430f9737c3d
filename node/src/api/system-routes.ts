/* What machines ask of a node: whether it works, its counters, and the document of its API. */
import { Type } from 'typebox'
import { API_BASE, type ApiRoute, everyone } from './route.ts'

/** Routes of the node as a process. */
export const systemRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: '/healthz',
    operationId: 'system.health',
    summary: 'Says whether this node works.',
    access: 'public',
    mayRead: everyone,
    replies: { 200: Type.Object({ status: Type.String(), finalHeight: Type.Integer() }) },
    run: ({ parts }) => {
      const { state, finalHeight, reason } = parts.host.engine.status()
      const isWell = reason === null
      return { status: isWell ? 200 : 503, json: { status: state, finalHeight } }
    },
  },
  {
    method: 'GET',
    path: '/metrics',
    operationId: 'system.metrics',
    summary: 'Gives the counters of this node in the text format of Prometheus.',
    access: 'public',
    mayRead: everyone,
    replies: { 200: 'text/plain' },
    run: ({ parts }) => ({
      status: 200,
      text: parts.metrics.text(parts.host, parts.sessions.size),
      type: 'text/plain; version=0.0.4; charset=utf-8',
    }),
  },
  {
    method: 'GET',
    path: `${API_BASE}/openapi.json`,
    operationId: 'system.openApi',
    summary: 'Gives the document of this API.',
    access: 'public',
    mayRead: everyone,
    replies: { 200: 'application/json' },
    run: ({ parts }) => ({ status: 200, json: parts.document }),
  },
]
