import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { ALIVE, firstScript } from "./first-script.ts"

let paint: ((name: string) => void) | undefined
class Paints {
  constructor(told: (list: { getEntriesByName: (name: string) => string[] }) => void) {
    paint = (painted) => told({ getEntriesByName: (name) => (name === painted ? [name] : []) })
  }
  observe() {}
}

const hidden = (is: boolean) => vi.spyOn(document, "hidden", "get").mockReturnValue(is)
const scripts = () => [...document.scripts].map((script) => script.getAttribute("src"))

beforeEach(() => {
  vi.stubGlobal("PerformanceObserver", Paints)
  document.head.innerHTML = '<script data-src="/a.js"></script><script data-src="/b.js"></script>'
  document.body.innerHTML = ""
})
afterEach(() => {
  window.dispatchEvent(new Event(ALIVE))
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe("scripts that were put off", () => {
  it("come once something of it was painted, and those that the document brings after that, too", () => {
    hidden(false)
    firstScript(ALIVE)
    expect(scripts()).toEqual([null, null])
    // A background alone.
    paint?.("first-paint")
    expect(scripts()).toEqual([null, null])
    paint?.("first-contentful-paint")
    expect(scripts()).toEqual(["/a.js", "/b.js"])
    document.body.innerHTML = '<script data-src="/c.js"></script>'
    document.dispatchEvent(new Event("DOMContentLoaded"))
    expect(scripts()).toEqual(["/a.js", "/b.js", "/c.js"])
  })

  it("come at once in a tab that nobody looks at, or when it is left before it was painted", () => {
    const seen = hidden(true)
    firstScript(ALIVE)
    expect(scripts()).toEqual(["/a.js", "/b.js"])
    document.head.innerHTML = '<script data-src="/d.js"></script>'
    seen.mockReturnValue(false)
    firstScript(ALIVE)
    expect(scripts()).toEqual([null])
    document.dispatchEvent(new Event("visibilitychange"))
    expect(scripts()).toEqual(["/d.js"])
  })

  it("do not come because all else is there, but soon after it where a browser tells nothing of frames", () => {
    vi.useFakeTimers()
    hidden(false)
    firstScript(ALIVE)
    window.dispatchEvent(new Event("load"))
    expect(scripts()).toEqual([null, null])
    vi.advanceTimersByTime(1000)
    expect(scripts()).toEqual(["/a.js", "/b.js"])
    vi.useRealTimers()
  })
})

describe("what is pressed too early", () => {
  it("is pressed once somebody hears it, the last of it and once", () => {
    document.body.innerHTML = "<button>a</button><button><i>b</i></button>"
    const heard: string[] = []
    const hear = (event: Event) => void heard.push((event.target as HTMLElement).textContent ?? "")
    document.body.addEventListener("click", hear)
    firstScript(ALIVE)
    const [a, b] = document.querySelectorAll("button")
    a?.click()
    b?.querySelector("i")?.dispatchEvent(new MouseEvent("click", { bubbles: true }))
    expect(heard).toEqual([])
    window.dispatchEvent(new Event(ALIVE))
    expect(heard).toEqual(["b"])
    window.dispatchEvent(new Event(ALIVE))
    a?.click()
    expect(heard).toEqual(["b", "a"])
    document.body.removeEventListener("click", hear)
  })

  it("is no form that the browser sends by itself", () => {
    document.body.innerHTML = '<form><input name="password"><button>send</button></form>'
    firstScript(ALIVE)
    const submit = new Event("submit", { bubbles: true, cancelable: true })
    document.querySelector("form")?.dispatchEvent(submit)
    expect(submit.defaultPrevented).toBe(true)
  })

  it("is the browser's where Next itself says that all is lost", () => {
    document.body.innerHTML = "<form><button>Reload</button></form>"
    firstScript(ALIVE)
    document.documentElement.id = "__next_error__"
    const events = ["click", "submit"].map((type) => new Event(type, { bubbles: true, cancelable: true }))
    for (const event of events) document.querySelector("button")?.dispatchEvent(event)
    document.documentElement.removeAttribute("id")
    expect(events.map((event) => event.defaultPrevented)).toEqual([false, false])
  })

  it("leaves links alone", () => {
    document.body.innerHTML = '<a href="#x">x</a>'
    firstScript(ALIVE)
    const click = new MouseEvent("click", { bubbles: true, cancelable: true })
    document.querySelector("a")?.dispatchEvent(click)
    expect(click.defaultPrevented).toBe(false)
  })
})
