// Small improvements for browsers that run scripts; every page works without them.
import { initAll } from './built/govuk-frontend.min.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()

const PAUSE = 1500
const MOST_BYTES = 10 * 1024 * 1024
const MOST_IN_ALL = 30 * 1024 * 1024
const MOST_KEPT = 60 * 1024 // a browser sends no more than 64 KB for a page that was left
const TRANSIENT = [401, 503, 507] // what may have passed when it is tried again

// The forms of the page with words in them that would be lost with it: asked about before it is left.
const unsaved = new Set()

function guard (form) {
  form.addEventListener('submit', event => {
    const others = [...unsaved].some(each => each !== form)
    if (others && !confirm('What you wrote in another part of this page is not saved yet, and would be lost. Go on without it?')) event.preventDefault()
    else unsaved.clear()
  })
}

addEventListener('beforeunload', event => {
  if (unsaved.size) event.preventDefault()
})

// Take a new token, unless somebody else is signed in by now: their name must not stand under this.
async function renewToken () {
  const answer = await fetch(location.href, { credentials: 'same-origin' })
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const now = page.querySelector('form[data-autosave] input[name=csrf_token]')
  const name = each => each.querySelector('.hc-header__name')?.textContent
  if (!now || name(page) !== name(document)) return false
  for (const field of document.querySelectorAll('input[name=csrf_token]')) field.value = now.value
  return true
}

function autosave (form) {
  const shown = form.querySelector('[data-saved]')
  let timer = null
  let running = null

  function say (words, needsCare) {
    if (shown.textContent !== words) shown.textContent = words // said aloud once, not at every try
    shown.classList.toggle('hc-saved--care', Boolean(needsCare))
  }

  function fields () {
    const data = new FormData(form)
    for (const input of form.querySelectorAll('input[type=file]')) data.delete(input.name)
    return new URLSearchParams(data)
  }

  function take (saved) {
    for (const [id, revision] of Object.entries(saved.revisions)) {
      if (saved.clashes.includes(id)) continue
      const field = form.elements.namedItem(id + '.revision')
      if (field) field.value = revision
    }
    for (const section of form.querySelectorAll('[data-question]')) {
      section.hidden = !saved.visible.includes(section.dataset.question)
    }
    for (const panel of form.querySelectorAll('[data-offered]')) {
      panel.hidden = !saved.offered.some(id => panel.dataset.offered.split(' ').includes(id))
    }
    for (const [id, html] of Object.entries(saved.figures)) {
      const block = form.querySelector('[data-figure="' + id + '"]')
      const now = new DOMParser().parseFromString(html, 'text/html').querySelector('[data-figure]')
      if (block && block.textContent !== now.textContent) block.replaceChildren(...now.childNodes)
    }
    const progress = document.querySelector('[data-progress]')
    progress.textContent = saved.answered + ' of ' + saved.of + (saved.of === 1 ? ' question' : ' questions') + ' answered on this page.'
    if (saved.clashes.length) {
      say('Someone else, or you in another window, changed an answer here too. Choose “Save and continue” to compare the two.', true)
    } else {
      say('Saved ' + saved.saved_at)
    }
  }

  async function post () {
    const body = fields()
    // Sent whatever becomes of the page: it may be left while this is under way.
    const keepalive = String(body).length < MOST_KEPT
    return fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' }, credentials: 'same-origin', keepalive })
  }

  async function send () {
    if (!unsaved.has(form)) say('Saving…')
    try {
      let answer = await post()
      // After signing in again in another tab, this page's token is too old.
      if (answer.status === 400 && await renewToken()) answer = await post()
      const saved = await answer.json()
      if (answer.ok) {
        unsaved.delete(form)
        take(saved)
        return
      }
      unsaved.add(form)
      say('Not saved: ' + saved.problem.replace(/\.?$/, '. ') + saved.advice, true)
      if (TRANSIENT.includes(answer.status)) soon(10 * PAUSE)
    } catch {
      unsaved.add(form)
      say('Not saved yet: no connection. What you typed is still here. We will try again.', true)
      soon(10 * PAUSE)
    }
  }

  async function save () {
    clearTimeout(timer)
    timer = null
    if (running) await running
    running = send()
    await running
    running = null
  }

  function soon (pause) {
    clearTimeout(timer)
    timer = setTimeout(save, pause)
  }

  form.addEventListener('change', event => {
    if (event.target.type !== 'radio') return
    const clear = event.target.closest('[data-question]')?.querySelector('[data-clear]')
    if (clear) clear.hidden = false
  })
  form.addEventListener('change', event => {
    if (event.target.type !== 'file') return
    const large = [...event.target.files].filter(file => file.size > MOST_BYTES)
    const all = [...form.querySelectorAll('input[type=file]')].flatMap(input => [...input.files])
    if (large.length) say('“' + large[0].name + '” is over 10 MB, so it was not chosen. Choose a smaller file.', true)
    else if (all.reduce((sum, file) => sum + file.size, 0) > MOST_IN_ALL) say('That is over 30 MB at once, so it was not chosen. Save what you have, then choose it again.', true)
    else return
    event.target.value = ''
  })
  form.addEventListener('input', event => { if (event.target.type !== 'file') soon(PAUSE) })
  form.addEventListener('change', event => { if (event.target.type !== 'file') soon(100) })
  form.addEventListener('submit', event => {
    if (event.defaultPrevented) return
    clearTimeout(timer)
    timer = null
    if (!running) return
    // Let the save under way finish first, so that it is not taken for a colleague's.
    event.preventDefault()
    running.then(() => form.requestSubmit(event.submitter))
  })
  addEventListener('pagehide', () => { if (timer) save() })
}

async function watch (place) {
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'application/json' }, credentials: 'same-origin' })
    const job = await answer.json()
    if (job.state === 'ready' || job.state === 'failed') { location.reload(); return }
  } catch { /* the next look may succeed */ }
  setTimeout(() => watch(place), 700)
}

for (const form of document.querySelectorAll('form[data-autosave]:not([data-readonly])')) {
  guard(form) // before its own listener, which may send it a second time
  autosave(form)
}
for (const form of document.querySelectorAll('main form[method=post]:not([data-autosave])')) {
  guard(form)
  form.addEventListener('input', event => { if (event.target.type === 'textarea') unsaved.add(form) })
}
for (const place of document.querySelectorAll('[data-watch]')) watch(place)
if (location.hash && document.querySelector('.govuk-error-summary') === null) {
  // After loading, because going to the place named in the address takes the focus away.
  addEventListener('load', () => {
    const target = document.getElementById(location.hash.slice(1))
    const first = target && target.querySelector('input:not([type=hidden]), textarea')
    if (first) first.focus({ preventScroll: true })
  })
}
