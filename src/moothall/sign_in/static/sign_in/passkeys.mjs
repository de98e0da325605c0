// Passkeys: the one thing here that needs JavaScript. A form says what it wants:
//   data-passkey="get|create"   use a passkey, or make one
//   data-options-in="id"        where on the page the options are, or
//   data-options-from="address" where they are to be asked for
// The answer goes into its field "credential", and the form is sent.

const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), each => each.charCodeAt(0))
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')

function withBytes (options) {
  const wanted = { ...options, challenge: bytes(options.challenge) }
  if (options.user) wanted.user = { ...options.user, id: bytes(options.user.id) }
  for (const list of ['allowCredentials', 'excludeCredentials']) {
    if (options[list]) wanted[list] = options[list].map(each => ({ ...each, id: bytes(each.id) }))
  }
  return wanted
}

function withTexts (credential) {
  const response = {}
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (credential.response[name]) response[name] = text(credential.response[name])
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports()
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
    authenticatorAttachment: credential.authenticatorAttachment
  }
}

async function optionsOf (form) {
  if (form.dataset.optionsIn) return JSON.parse(document.getElementById(form.dataset.optionsIn).textContent)
  const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: 'application/json' } })
  if (!answer.ok) throw new Error(`${answer.status}`)
  return answer.json()
}

async function credentialFor (form) {
  const all = await optionsOf(form)
  const options = (all.request_options || all.creation_options).publicKey
  if (form.dataset.passkey === 'get') return navigator.credentials.get({ publicKey: withBytes(options) })
  if (form.elements.passwordless) {
    const alone = form.elements.passwordless.checked
    options.authenticatorSelection = {
      ...options.authenticatorSelection,
      residentKey: alone ? 'required' : 'discouraged',
      requireResidentKey: alone,
      ...(alone ? { userVerification: 'required' } : {})
    }
  }
  return navigator.credentials.create({ publicKey: withBytes(options) })
}

function prepare (form) {
  form.hidden = false
  form.addEventListener('submit', async event => {
    event.preventDefault()
    const failed = document.querySelector('[data-passkey-failed]')
    failed.hidden = true
    try {
      form.elements.credential.value = JSON.stringify(withTexts(await credentialFor(form)))
      form.submit()
    } catch (error) {
      failed.hidden = false
    }
  })
}

if (window.PublicKeyCredential) document.querySelectorAll('form[data-passkey]').forEach(prepare)
