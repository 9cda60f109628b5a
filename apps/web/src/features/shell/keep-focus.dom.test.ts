import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { keepFocus } from "./keep-focus.ts"

let ended: AbortController
beforeEach(() => {
  ended = new AbortController()
  document.body.innerHTML = `
    <main><div class="composer" data-composer="7"><textarea id="room"></textarea><button>Send</button></div></main>
    <aside class="people thread-pane">
      <div class="composer" data-composer="70"><textarea id="thread"></textarea><button>Send</button></div>
    </aside>`
  keepFocus(null, ended.signal)
})
afterEach(() => ended.abort())

const at = () => document.activeElement?.id || document.activeElement?.localName

it.each([
  ["7", "room"],
  ["70", "thread"],
])("whoever loses a button of composer %s goes on writing in the %s", async (channelId, field) => {
  const button = document.querySelector<HTMLElement>(`[data-composer="${channelId}"] button`)
  button?.focus()
  button?.setAttribute("disabled", "")
  // Browsers take the focus from what is off by themselves.
  button?.blur()
  await vi.waitFor(() => expect(at()).toBe(field))
})

it("whoever wrote in a thread that is closed is not put where the room writes", async () => {
  document.getElementById("thread")?.focus()
  document.querySelector(".thread-pane")?.remove()
  await vi.waitFor(() => expect(at()).toBe("main"))
})
