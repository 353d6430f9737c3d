/* Pages of the embedded issuer: plain HTML without script, Chinese or English, for a hall's old computers too. */
import { createHash } from 'node:crypto'

/** Language of a page. */
export type PageLanguage = 'zh' | 'en'

/** A sample account as it is offered. */
export interface OfferedAccount {
  readonly name: string
  readonly memberName: { readonly zh: string; readonly en: string }
  readonly label: { readonly zh: string; readonly en: string }
}

/** Why the page is shown again. */
export type PageNotice = 'REFUSED' | 'PAUSED'

const STYLE = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{
  margin:0;background:#f6f6f2;color:#17212b;
  font:16px/1.6 system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;
}
.ribbon{
  margin:0;padding:.375rem 1.25rem;background:#17212b;color:#fff;font-size:.875rem;
  text-align:center;
}
main{max-width:34rem;margin:0 auto;padding:3rem 1.25rem}
h1{font-size:1.5rem;line-height:1.3;margin:0 0 .25rem}
h2{font-size:1rem;margin:2rem 0 .5rem}
p{margin:.25rem 0 1rem;color:#4a5763}
.card{background:#fff;border:1px solid #e2e5e1;border-radius:6px;padding:1rem}
.list{padding:0;overflow:hidden}
.list h3{font-size:.8125rem;font-weight:600;margin:0;padding:.75rem 1rem .25rem;color:#4a5763}
.list button{
  display:block;width:100%;min-height:44px;padding:.5rem 1rem;border:0;
  border-top:1px solid #e2e5e1;background:none;color:#1b5e8c;font:inherit;text-align:left;
  cursor:pointer;
}
.list button:hover{background:#f6f6f2}
label{display:block;margin:0 0 .75rem}
input{
  display:block;width:100%;min-height:44px;margin-top:.25rem;padding:.5rem .75rem;
  border:1px solid #8a949c;border-radius:4px;background:#fff;color:inherit;font:inherit;
}
.main{
  min-height:44px;padding:.5rem 1.25rem;border:1px solid #1b5e8c;border-radius:4px;
  background:#1b5e8c;color:#fff;font:inherit;cursor:pointer;
}
.plain{
  min-height:44px;margin-top:1.5rem;padding:.5rem 0;border:0;background:none;color:#1b5e8c;
  font:inherit;text-decoration:underline;cursor:pointer;
}
.notice{border-left:4px solid #a65b00;padding:.5rem .75rem;background:#fff;color:#17212b}
:focus-visible{outline:3px solid #1b5e8c;outline-offset:2px}
a{color:#1b5e8c}
`

/** Policy of these pages: their own style, forms to this node, nothing else. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

const TEXTS = {
  zh: {
    title: '登录',
    ribbon: '演示环境：人员、单位和金额均为虚构',
    demo: '请选择以谁的身份进入，不需要密码。',
    own: '请用本单位开设的账户登录。',
    samples: '示例账户',
    other: '其他账户',
    account: '账户',
    password: '密码',
    enter: '登录',
    leave: '不登录，返回',
    REFUSED: '账户或密码不对。请核对后再试；仍不能登录，请联系本单位管理员。',
    PAUSED: '连续多次输错，这个账户暂停登录一分钟。之后可以再试。',
    over: '这次登录已经失效',
    overWhy: '可能等待太久，或已在另一个页面完成。没有任何内容被提交。请重新登录。',
    home: '返回首页',
  },
  en: {
    title: 'Sign in',
    ribbon: 'Demonstration: people, organisations and amounts are invented',
    demo: 'Choose as whom you enter; no password is needed.',
    own: 'Please sign in with the account that your organisation opened for you.',
    samples: 'Sample accounts',
    other: 'Another account',
    account: 'Account',
    password: 'Password',
    enter: 'Sign in',
    leave: 'Do not sign in, go back',
    REFUSED:
      'Account or password is wrong. Check both and try again; if it still fails, ask your administrator.',
    PAUSED: 'Too many wrong passwords: this account is paused for one minute. Then try again.',
    over: 'This sign-in is over',
    overWhy:
      'It may have waited too long, or was finished on another page. Nothing was sent. Please sign in again.',
    home: 'Home page',
  },
} as const

/** The page on which somebody says who they are. */
export function signInPage(shown: {
  readonly language: PageLanguage
  readonly accounts: readonly OfferedAccount[]
  readonly notice: PageNotice | null
  /** What was typed as the account, to be typed on. */
  readonly typed: string
}): string {
  const { language, accounts, notice, typed } = shown
  const texts = TEXTS[language]
  const warning = notice === null ? '' : `<p class="notice" role="alert">${texts[notice]}</p>`
  const samples =
    accounts.length === 0 ? '' : `<h2>${texts.samples}</h2>${accountList(accounts, language)}`
  const body = `<h1>${texts.title}</h1>
<p>${accounts.length > 0 ? texts.demo : texts.own}</p>
${warning}${samples}
${accounts.length > 0 ? `<h2>${texts.other}</h2>` : ''}
<form class="card" method="post">
<label>${texts.account}<input name="account" value="${escaped(typed)}" autocomplete="username" maxlength="64" required></label>
<label>${texts.password}<input name="password" type="password" autocomplete="current-password" maxlength="256" required></label>
<button class="main">${texts.enter}</button>
</form>
<form method="post"><button class="plain" name="leave" value="1">${texts.leave}</button></form>`
  const ribbon = accounts.length > 0 ? `<header class="ribbon">${texts.ribbon}</header>` : ''
  return page(language, texts.title, body, ribbon)
}

/** The page for a sign-in that cannot go on. */
export function overPage(language: PageLanguage): string {
  const { over, overWhy, home } = TEXTS[language]
  const body = `<h1>${over}</h1><p>${overWhy}</p><p><a href="/">${home}</a></p>`
  return page(language, over, body)
}

/** Language of a page by what the browser asks for; Chinese where it asks for neither. */
export function languageOf(asked: string | undefined): PageLanguage {
  const first = (asked ?? '').split(/[ ,;]/).find((tag) => /^(zh|en)\b/i.test(tag))
  return first?.toLowerCase().startsWith('en') === true ? 'en' : 'zh'
}

function accountList(accounts: readonly OfferedAccount[], language: PageLanguage): string {
  const byMember = new Map<string, OfferedAccount[]>()
  for (const account of accounts) {
    const name = account.memberName[language]
    byMember.set(name, [...(byMember.get(name) ?? []), account])
  }
  const groups = [...byMember].map(([member, own]) => {
    const buttons = own.map(
      ({ name, label }) =>
        `<button name="sample" value="${escaped(name)}">${escaped(label[language])}</button>`,
    )
    return `<h3>${escaped(member)}</h3>${buttons.join('')}`
  })
  return `<form class="card list" method="post">${groups.join('')}</form>`
}

function page(language: PageLanguage, title: string, body: string, ribbon = ''): string {
  const lang = language === 'zh' ? 'zh-CN' : 'en'
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${STYLE}</style></head>
<body>${ribbon}<main>${body}</main></body></html>
`
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
