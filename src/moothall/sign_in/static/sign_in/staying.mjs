// Keeps somebody signed in while they type, and warns before they are signed out. The server decides; this only asks.
// Without JavaScript the session ends all the same, and what was sent too late is kept.

const dialog = document.querySelector('[data-staying]')
const idle = dialog.dataset.idle * 1000
const end = Date.now() + dialog.dataset.left * 1000
const WARNING = { idle: Math.min(120_000, idle / 2), left: 300_000 }
const tabs = new BroadcastChannel('staying')

let used = Date.now()
let busy = false
let typed = false
let warned = ''

function show (when) {
  if (warned === when) return
  warned = when
  for (const each of dialog.querySelectorAll('[data-when]')) each.hidden = each.dataset.when !== when
  dialog.querySelector('[data-stay]').hidden = when !== 'idle'
  if (!dialog.open) dialog.showModal()
}

function seen () {
  used = Date.now()
  if (warned === 'idle') {
    warned = ''
    dialog.close()
  }
}

async function stay () {
  busy = false
  const answer = await fetch(dialog.dataset.ask, { headers: { Accept: 'application/json' } })
  if (answer.redirected || !answer.ok) return over()
  seen()
  tabs.postMessage('seen')
}

function over () {
  if (typed) show('over')
  else window.location.replace(dialog.dataset.over) // what was shown leaves the screen
}

function look () {
  const now = Date.now()
  if (warned === 'over') return
  if (now > used + idle || now > end) over()
  else if (busy && now > used + Math.min(60_000, idle / 4)) stay().catch(() => {}) // no network: it is tried again
  else if (now > used + idle - WARNING.idle) show('idle')
  else if (now > end - WARNING.left) show('left')
}

dialog.querySelector('[data-stay]').addEventListener('click', () => stay().catch(() => {}))
dialog.querySelector('[data-close]').addEventListener('click', () => dialog.close())
document.addEventListener('input', () => { busy = typed = true })
document.addEventListener('pointerdown', () => { busy = true })
document.addEventListener('scroll', () => { busy = true }, { passive: true })
document.addEventListener('visibilitychange', look)
tabs.addEventListener('message', seen)
setInterval(look, Math.min(5_000, idle / 20))
