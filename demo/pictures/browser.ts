import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from "@playwright/test"
import { Api } from "../../e2e/support/api.ts"
import type { Account, Stage } from "./stage.ts"

/** A Thursday evening, by the clock of who looks on. */
const EVENING = { year: 2026, month: 2, day: 12, hour: 20, minute: 42 }
const HOUR = 3_600_000

export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--font-render-hinting=none"],
      ...["--disable-font-subpixel-positioning", "--disable-lcd-text", "--force-color-profile=srgb"],
    ],
  })

export interface Look extends BrowserContextOptions {
  theme: "night" | "paper"
  language?: "en" | "de"
  viewport: { width: number; height: number }
  /** How sharp: dots to a pixel. */
  dots: number
}

/** A window of somebody, whose way to the gateway can be cut. */
export interface View {
  page: Page
  cut(): Promise<void>
  mend(): void
}

export const openView = async (
  stage: Stage,
  browser: Browser,
  who: Account | null,
  { theme, language = "en", dots, ...options }: Look,
): Promise<View> => {
  const url = stage.url
  const { zone, ...shown } = clockOf(stage.now)
  const context = await browser.newContext({
    ...options,
    baseURL: url,
    deviceScaleFactor: dots,
    timezoneId: zone,
    // Playwright hides the caret by a style that the app's policy refuses.
    bypassCSP: true,
  })
  await context.addCookies([
    { name: "hearth.look", value: `${theme}.normal.cosy.on`, url },
    { name: "hearth.locale", value: language, url },
  ])
  await context.addInitScript(showEvening, shown)
  if (who) {
    const api = new Api(url)
    if (!(await api.signIn(who.person.email, who.password))) throw new Error(`${who.person.name} could not sign in`)
    await context.addCookies(api.cookies())
    await context.addInitScript((id) => {
      if (location.protocol.startsWith("http")) localStorage.setItem(`hearth.tour.${id}`, '["seen"]')
    }, who.userId)
  }
  let whole = true
  const sockets = new Set<{ close(options: { code: number }): Promise<void> }>()
  await context.routeWebSocket(/\/socket\.io\//, (socket) => {
    if (!whole) return void socket.close({ code: 1013 })
    const server = socket.connectToServer()
    // What is new stays new: the next picture is of the same evening.
    socket.onMessage((frame) => {
      if (!String(frame).includes('"read:mark"')) server.send(frame)
    })
    sockets.add(socket)
  })
  return {
    page: await context.newPage(),
    cut: async () => {
      whole = false
      await Promise.all([...sockets].map((socket) => socket.close({ code: 1013 })))
      sockets.clear()
    },
    mend: () => {
      whole = true
    },
  }
}

/** A time zone in which it was evening at that moment, by how much later it is shown, and what is shown at most. */
export const clockOf = (now: number): { zone: string; shift: number; latest: number } => {
  const { year, month, day, hour, minute } = EVENING
  const east = ((hour - new Date(now).getUTCHours() + 36) % 24) - 12
  // Etc/GMT counts the other way.
  const zone = `Etc/GMT${east > 0 ? "-" : "+"}${Math.abs(east)}`
  const latest = Date.UTC(year, month, day, hour, minute) - east * HOUR
  return { zone, shift: latest - now, latest }
}

/** Runs in the page: every time is written as of that evening, which never ends. Only what is shown; the app's own clock goes on. */
const showEvening = ({ shift, latest }: { shift: number; latest: number }) => {
  const { get } = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, "format") ?? {}
  Object.defineProperty(Intl.DateTimeFormat.prototype, "format", {
    configurable: true,
    get(this: Intl.DateTimeFormat) {
      const format = get?.call(this) as (at: number) => string
      return (at: number | Date = Date.now()) => format(Math.min(Number(at) + shift, latest))
    },
  })
}

/** Nothing lies under the pointer, every letter and face is there, and what moved has arrived. */
export const shoot = async (page: Page): Promise<Buffer> => {
  await page.mouse.move(0, 0)
  await page.evaluate(async () => {
    await document.fonts.ready
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})))
  })
  return page.screenshot({ animations: "disabled", caret: "hide", style: ".connection .quiet { visibility: hidden }" })
}

export const composerOf = (page: Page, channel: string): Locator =>
  page.getByRole("textbox", { name: `Message #${channel}` })
export const message = (page: Page, text: string): Locator =>
  page.getByRole("log", { name: "Messages" }).getByRole("article").filter({ hasText: text })

export const enter = async ({ page }: View, stage: Stage, channel: string): Promise<void> => {
  const { guildId, channelId } = stage.channel(channel)
  await page.goto(`/s/${guildId}/${channelId}`)
  await composerOf(page, channel).waitFor()
  await page.getByRole("button", { name: / here: / }).waitFor()
}
