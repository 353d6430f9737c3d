/* Options of `renshe start` that say how the node is served; read in `serve-settings.ts`. */
import type { OptionSpec } from '../shell/command.ts'

/** Options of `renshe start` that say how the node is served. */
export const SERVE_OPTIONS: readonly OptionSpec[] = [
  {
    flags: '--address <ip>',
    about: {
      zh: '监听的地址，缺省为本机回环；其他地址须同时给出 TLS 证书',
      en: 'address to listen on, the loopback by default; another one needs TLS',
    },
  },
  {
    flags: '--url <origin>',
    about: {
      zh: '浏览器访问本节点的地址，如 https://node.example；不给则只能在本机登录',
      en: 'where browsers see this node, as https://node.example; without it people sign in here only',
    },
  },
  {
    flags: '--tls-cert <file>',
    about: { zh: 'TLS 证书链（PEM）', en: 'certificate chain for TLS 1.3 (PEM)' },
  },
  { flags: '--tls-key <file>', about: { zh: 'TLS 私钥（PEM）', en: 'its private key (PEM)' } },
  {
    flags: '--tls-clients',
    about: {
      zh: '成员系统可用链上登记的客户端证书连接（双向 TLS）',
      en: 'systems may prove themselves by their client certificate that the chain has (mTLS)',
    },
  },
  {
    flags: '--accounts <file>',
    about: { zh: '可登录的账户（JSON）', en: 'who may sign in (JSON)' },
  },
  {
    flags: '--issuer <file>',
    about: {
      zh: '以另一个 OpenID Connect 签发方代替内置的（JSON）',
      en: 'another OpenID Connect issuer in place of the embedded one (JSON)',
    },
  },
  {
    flags: '--issuer-key <file>',
    about: {
      zh: '本节点在该签发方的 P-256 私钥（PEM）',
      en: 'this node’s P-256 key at that issuer (PEM)',
    },
  },
  {
    flags: '--log',
    about: {
      zh: '把日志（每行一个 JSON，不含个人信息）写到标准错误',
      en: 'write the log to standard error, one JSON a line, without personal data',
    },
  },
  {
    flags: '--portal',
    about: {
      zh: '提供门户网页；首次使用时构建',
      en: 'serve the portal’s pages; they are built on first use',
    },
  },
  {
    flags: '--pages <dir>',
    about: { zh: '构建好的网页所在文件夹', en: 'folder of the built pages' },
  },
]
