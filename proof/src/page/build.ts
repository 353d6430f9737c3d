import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** Most bytes of the page without pins. @source ledger-bytes and portal/README.md section 12 */
const MOST_BYTES = 600 * 1024

/**
 * Bundles the verifier page and writes it as a TypeScript module, so that a product that has only
 * Node can write the page without a bundler.
 *
 * @returns the source of `verifier-page.gen.ts`
 * @throws RangeError if the page is too large or its script could end early
 */
export async function makeVerifierPage(): Promise<string> {
  const script = await bundleScript()
  const style = await minifyStyle()
  const html = frame(script, style)
  const size = Buffer.byteLength(html)
  if (size > MOST_BYTES) throw new RangeError(`the verifier page has ${size} bytes`)
  return [
    '// Made by build.ts from page.css and page.ts. Do not edit.',
    '',
    '/** The offline verifier as one HTML file; `@PINS@` stands where the pins go. */',
    `export const VERIFIER_PAGE: string =\n  ${JSON.stringify(html)}`,
    '',
  ].join('\n')
}

function frame(script: string, style: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(script, style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>凭证离线核验 · 人社链</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<noscript>本页要用脚本在您的设备上核验文件，请允许脚本。
This page checks files on your device with a script; please allow it.</noscript>
<div id="app"></div>
<script type="application/json" id="pins">@PINS@</script>
<script>${script}</script>
</body>
</html>
`
}

async function bundleScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [here('page.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    conditions: ['browser'],
    legalComments: 'none',
    logLevel: 'silent',
  })
  const script = outputFiles[0]!.text.trim()
  if (script.includes('</script') || script.includes('<!--')) {
    throw new RangeError('the script would end inside itself')
  }
  return script
}

async function minifyStyle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [here('page.css')],
    write: false,
    minify: true,
    charset: 'utf8',
    logLevel: 'silent',
  })
  return outputFiles[0]!.text.trim()
}

/** No network, no frames, no forms, no other script: the hashes admit this page's own two blocks. */
function policyOf(script: string, style: string): string {
  const hash = (text: string): string =>
    `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`
  return [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')
}
