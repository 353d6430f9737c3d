// Goal: what an issuer's metadata say never makes this node ask inside its own machine or network.
// Method: a table of addresses that a hostile discovery document could name; none may be connected to.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { IssuerUnreachable, issuerRequests } from './ask-issuer.ts'

const GET = { method: 'GET', headers: {} }

describe('threat 27: a request to an issuer', () => {
  it.each([
    ['http://id.example/token', 'no TLS'],
    ['https://elsewhere.example/token', 'not named'],
    ['https://id.example:444/token', 'not named'],
    ['file:///etc/passwd', 'not named'],
    ['https://127.0.0.1/token', 'closed range'],
    ['https://127.1/token', 'closed range'],
    ['https://2130706433/token', 'closed range'],
    ['https://0x7f.0.0.1/token', 'closed range'],
    ['https://10.0.0.8/token', 'closed range'],
    ['https://169.254.169.254/token', 'closed range'],
    ['https://[::1]/token', 'closed range'],
    ['https://[::ffff:7f00:1]/token', 'closed range'],
    ['https://[fd00::1]/token', 'closed range'],
    ['https://localhost/token', 'closed range'],
  ])('to %s is not made', async (address, why) => {
    const named = ['127.0.0.1', '10.0.0.8', '169.254.169.254', '[::1]', '[::ffff:7f00:1]']
    const hosts = [...named, '[fd00::1]', 'localhost']
    const ask = issuerRequests({ issuer: 'https://id.example', hosts })
    await expect(ask(address, GET)).rejects.toThrow(IssuerUnreachable)
    await expect(ask(address, GET)).rejects.toThrow(why)
  })

  it('is given up where the answer is too long, too slow, or leads elsewhere', async () => {
    const server = createServer(({ url }, response) => {
      if (url === '/long') response.end(Buffer.alloc(1024 * 1024 + 1))
      else if (url === '/slow') response.write('{')
      else response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const ask = issuerRequests({ issuer, patienceMs: 500 })
    await expect(ask(`${issuer}/long`, GET)).rejects.toThrow('its answer is too long')
    await expect(ask(`${issuer}/slow`, GET)).rejects.toThrow('it does not answer')
    await expect(ask(`${issuer}/else`, GET)).rejects.toThrow('it leads elsewhere')
    server.closeAllConnections()
    server.close()
  })

  it('goes into a private network where its range is named, and only there', async () => {
    const hosts = ['127.0.0.1:1', '10.0.0.8']
    const ask = issuerRequests({
      issuer: 'https://id.example',
      hosts,
      privateRanges: ['127.0.0.0/8'],
    })
    await expect(ask('https://127.0.0.1:1/', GET)).rejects.toThrow('does not answer')
    await expect(ask('https://10.0.0.8/', GET)).rejects.toThrow('closed range')
  })
})
