// Copies the typeface and the licences of what is shipped.
import { copyFileSync, mkdirSync } from 'node:fs'

const to = '../static/moothall'
const fonts = 'node_modules/@fontsource/source-sans-3'

mkdirSync(`${to}/fonts`, { recursive: true })
for (const set of ['latin', 'latin-ext']) {
  for (const weight of [400, 700]) {
    const name = `source-sans-3-${set}-${weight}-normal.woff2`
    copyFileSync(`${fonts}/files/${name}`, `${to}/fonts/${name}`)
  }
}
copyFileSync(`${fonts}/LICENSE`, `${to}/fonts/LICENSE`)
