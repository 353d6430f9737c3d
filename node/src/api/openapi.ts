/* The document of the API, made from the declarations of its routes. */
import type { Json, JsonObject } from '@renshe/crypto'
import { closedSchema } from '@renshe/kernel'
import type { TObject, TSchema } from 'typebox'
import { ProblemDocument } from './problem.ts'
import { API_BASE, type ApiRoute } from './route.ts'

/** Makes the OpenAPI 3.1 document. */
export function openApiOf(routes: readonly ApiRoute[]): JsonObject {
  const paths: Record<string, Record<string, Json>> = {}
  for (const route of routes) {
    const path = paths[route.path] ?? {}
    path[route.method.toLowerCase()] = operationOf(route)
    paths[route.path] = path
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Renshe node',
      version: '0.1.0',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: 'Made from the actions and queries of the contracts. Money is yuan as text.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: plain(ProblemDocument) },
      responses: {
        Problem: {
          description: 'Problem document (RFC 9457)',
          content: {
            'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
          },
        },
      },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-renshe' },
        signature: {
          type: 'apiKey',
          in: 'header',
          name: 'Signature',
          description: 'HTTP message signature (RFC 9421) with the application key of a system',
        },
      },
    },
  }
}

function operationOf(route: ApiRoute): JsonObject {
  const { operationId, summary, access } = route
  const [tag = ''] = operationId.split('.')
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')]
  return {
    operationId: operationIdOf(route),
    summary,
    tags: [tag],
    security: access === 'public' ? [{}, { session: [] }, { signature: [] }] : SECURED,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...requestOf(route),
    responses: responsesOf(route),
  }
}

const SECURED: Json = [{ session: [] }, { signature: [] }]

/** One id per operation: an action is prepared, a query is asked, the rest has its own. */
function operationIdOf({ path, operationId }: ApiRoute): string {
  if (path.startsWith(`${API_BASE}/actions/`)) return `${operationId}.prepare`
  return operationId
}

function parametersOf(schema: TObject | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return []
  const required = (schema.required ?? []) as readonly string[]
  return Object.entries(schema.properties).map(([name, own]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: plain(own as TSchema),
  }))
}

function requestOf({ body, media = [], isIdempotent }: ApiRoute): JsonObject {
  if (body === undefined && media.length === 0) return {}
  const content: Record<string, Json> = {}
  if (body !== undefined) content['application/json'] = { schema: plain(closedSchema(body)) }
  for (const type of media) content[type] = { schema: { type: 'string', format: 'binary' } }
  const description = 'An `Idempotency-Key` header makes a repetition safe.'
  return {
    requestBody: { required: true, content, ...(isIdempotent === true ? { description } : {}) },
  }
}

function responsesOf({ replies }: ApiRoute): JsonObject {
  const made: Record<string, Json> = {}
  for (const [status, reply] of Object.entries(replies)) {
    const content =
      typeof reply === 'string'
        ? { [reply]: { schema: { type: 'string' } } }
        : { 'application/json': { schema: plain(reply) } }
    made[status] = { description: 'Answer', content }
  }
  made.default = { $ref: '#/components/responses/Problem' }
  return made
}

function plain(schema: TSchema): JsonObject {
  return JSON.parse(JSON.stringify(schema)) as JsonObject
}

/** The document as it is committed. */
export function openApiText(routes: readonly ApiRoute[]): string {
  return `${JSON.stringify(openApiOf(routes), null, 1)}\n`
}
