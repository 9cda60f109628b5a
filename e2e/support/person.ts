import AxeBuilder from "@axe-core/playwright"
import { type BrowserContext, expect, type Locator, type Page, type WebSocketRoute } from "@playwright/test"
import { Api } from "./api.ts"
import type { Hearth } from "./hearth.ts"

interface Identity {
  context: BrowserContext
  page: Page
  hearth: Hearth
  name: string
  email: string
  password: string
}

interface Snapshot {
  guild: { id: string }
  channels: { id: string }[]
}

/** Somebody in front of a browser. Verbs say what they do, `sees…` what they expect; everything is found by role and name. */
export class Person {
  readonly context: BrowserContext
  page: Page
  readonly hearth: Hearth
  readonly name: string
  email: string
  readonly password: string
  readonly #complaints: string[] = []
  readonly #sockets: WebSocketRoute[] = []
  #plugged = true

  constructor({ context, page, hearth, name, email, password }: Identity) {
    this.context = context
    this.page = page
    this.hearth = hearth
    this.name = name
    this.email = email
    this.password = password
    context.on("console", (message) => {
      if (/Content Security Policy|Refused to|hydrat/i.test(message.text())) this.#complaints.push(message.text())
    })
    context.on("weberror", (error) => this.#complaints.push(String(error.error())))
  }

  /** The end of a test: whatever the browser complained about is a failure. */
  async leaveTheRoom(): Promise<void> {
    await this.context.close()
    expect(this.#complaints, `${this.name}'s browser complained`).toEqual([])
  }

  // Accounts

  async signUp(): Promise<void> {
    await this.page.goto("/register")
    await this.fillsIn({ "Your name": this.name, Email: this.email, Password: this.password })
    await this.press("Make an account")
    await this.isIn()
  }

  async signIn(password = this.password): Promise<void> {
    await this.page.goto("/login")
    await this.fillsIn({ Email: this.email, Password: password })
    await this.press("Sign in")
  }

  /** Signs in over HTTP: for stories that are about something else. */
  async isSignedIn(): Promise<void> {
    const api = await this.api()
    await this.context.addCookies(api.cookies())
  }

  /** The browser remembers that this account was shown around. */
  async hasSeenTheTour(userId: string): Promise<void> {
    await this.context.addInitScript((id) => {
      if (location.protocol.startsWith("http")) localStorage.setItem(`hearth.tour.${id}`, '["seen"]')
    }, userId)
  }

  async signOut(): Promise<void> {
    await this.page.getByRole("button", { name: `You: ${this.name}` }).click()
    await this.page.getByRole("menuitem", { name: "Sign out" }).click()
    await this.isAtTheDoor()
  }

  /** The same account on another device. */
  async isAlso(other: Person): Promise<void> {
    this.email = other.email
  }

  /** The HTTP side, as this person. */
  async api(): Promise<Api> {
    const api = new Api(this.hearth.url)
    if (!(await api.signIn(this.email, this.password))) throw new Error(`${this.name} could not sign in`)
    return api
  }

  async isIn(): Promise<void> {
    await expect(this.page.getByRole("navigation", { name: "Servers" })).toBeVisible()
  }

  async isAtTheDoor(): Promise<void> {
    await expect(this.page.getByRole("button", { name: "Sign in" })).toBeVisible()
  }

  async fillsIn(fields: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(fields)) await this.field(label).fill(value)
  }

  field(label: string): Locator {
    return this.page.getByRole("textbox", { name: label, exact: true })
  }

  async press(button: string): Promise<void> {
    await this.page.getByRole("button", { name: button, exact: true }).click()
  }

  dialog(title: string): Locator {
    return this.page.getByRole("dialog", { name: title, exact: true })
  }

  async choosesOfServer(server: string, item: string): Promise<void> {
    await this.page.getByRole("button", { name: `${server}, server menu` }).click()
    await this.page.getByRole("menuitem", { name: item, exact: true }).click()
  }

  /** From the room to a page of the server's settings. */
  async opensServerSettings(server: string, page: string): Promise<void> {
    await this.choosesOfServer(server, "Server settings")
    await this.page.getByRole("link", { name: page, exact: true }).click()
    await expect(this.page.getByRole("heading", { level: 1, name: page })).toBeVisible()
  }

  async isTold(sentence: string | RegExp): Promise<void> {
    await expect(this.page.getByRole("alert").filter({ hasText: sentence })).toBeVisible()
  }

  // Servers and channels

  async createServer(name: string): Promise<void> {
    await this.page.goto("/")
    await this.page.getByRole("button", { name: "Add a server" }).click()
    await this.page.getByRole("menuitem", { name: "Create a server" }).click()
    await this.page.getByRole("dialog").getByRole("textbox", { name: "Server name" }).fill(name)
    await this.page.getByRole("dialog").getByRole("button", { name: "Create server" }).click()
    await expect(this.composer()).toBeVisible()
  }

  /** A server of one's own with a channel, over HTTP: for stories that are about something else. Opens it. */
  async hasServer(name: string): Promise<{ guildId: string; channelId: string }> {
    const api = await this.api()
    const { guild, channels } = await api.mutate<Snapshot>("guild.create", { name })
    const channelId = channels[0]?.id
    if (channelId === undefined) throw new Error("a new server has no channel")
    await this.goesTo(`/s/${guild.id}/${channelId}`)
    await expect(this.composer()).toBeVisible()
    return { guildId: guild.id, channelId }
  }

  /** The link of an invite, over HTTP. */
  async invite(guildId: string, options: { maxUses?: number; expiresInMs?: number } = {}): Promise<string> {
    const { maxUses = null, expiresInMs = null } = options
    const { code } = await (await this.api()).mutate<{ code: string }>("invite.create", {
      guildId,
      maxUses,
      expiresInMs,
    })
    return `/invite/${code}`
  }

  /** Comes in by an invite, the way people do. */
  async joins(link: string): Promise<void> {
    await this.goesTo(link)
    await this.page.getByRole("button", { name: /^Join / }).click()
    await expect(this.composer()).toBeVisible()
  }

  /** What was said up to there is written down for who comes: they begin behind it, and what is not yet is new to them. */
  async headIsKept(channelId: string, head: number): Promise<void> {
    const api = await this.api()
    const heads = async () => (await api.query<{ heads: Record<string, number> }>("app.bootstrap")).heads
    await expect.poll(async () => (await heads())[channelId]).toBe(head)
  }

  async goesTo(path: string): Promise<void> {
    await this.page.goto(path)
  }

  servers(): Locator {
    return this.page.getByRole("navigation", { name: "Servers" })
  }

  channels(): Locator {
    return this.page.getByRole("navigation", { name: "Channels" })
  }

  channel(name: string): Locator {
    return this.channels().getByRole("link", { name: new RegExp(`(^|[\\s#])${name}($|[\\s,])`) })
  }

  async opens(channel: string): Promise<void> {
    await this.channel(channel).click()
    await expect(this.composer(channel)).toBeVisible()
  }

  // Talking

  composer(channel = "general"): Locator {
    return this.page.getByRole("textbox", { name: new RegExp(`^(Message|Edit your message in) #${channel}`) })
  }

  messages(): Locator {
    return this.page.getByRole("log", { name: "Messages" })
  }

  /** By what it says alone: the time stands right behind it, and from midnight to ten "point 4" and "00:16" would make a "point 40". */
  message(text: string | RegExp): Locator {
    const says = this.page.locator(".body").filter({ hasText: text })
    return this.messages().getByRole("article").filter({ has: says })
  }

  async types(text: string, channel = "general"): Promise<void> {
    await this.composer(channel).fill(text)
    await this.composer(channel).press("Enter")
  }

  /** Says something, and waits until it is sent. */
  async say(text: string, channel = "general"): Promise<void> {
    await this.types(text, channel)
    await this.seesSent(text)
  }

  async sees(text: string | RegExp): Promise<void> {
    await expect(this.message(text).first()).toBeVisible()
  }

  /** The server knows: a page that unloads takes with it the mark that was not sent yet. */
  async hasRead(channelId: string, lastReadSeq: number): Promise<void> {
    const api = await this.api()
    const marks = async () => (await api.query<{ readStates: unknown[] }>("app.bootstrap")).readStates
    await expect.poll(marks).toContainEqual({ channelId, lastReadSeq })
  }

  async doesNotSee(text: string | RegExp): Promise<void> {
    await expect(this.message(text)).toHaveCount(0)
  }

  /** The message is there once, and nothing about it says that it is still on its way. */
  async seesSent(text: string): Promise<void> {
    await expect(this.message(text)).toHaveCount(1)
    await expect(this.message(text)).toHaveAccessibleName(/, \d\d:\d\d$/)
  }

  async seesNotSentYet(text: string): Promise<void> {
    await expect(this.message(text)).toHaveAccessibleName(/, (sending|not sent yet)$/)
  }

  async seesOnce(text: string): Promise<void> {
    await expect(this.message(text)).toHaveCount(1)
  }

  /** What stands in the log, in the order of the screen. */
  async reads(): Promise<string[]> {
    const names = await this.messages()
      .getByRole("article")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label") ?? ""))
    return names.map((name) => name.replace(/^[^:]*: /, "").replace(/, \d\d:\d\d(, [a-z ]+)?$/, ""))
  }

  /** From now on the way to the gateway can be cut, and frames held back, while pages still load. Before the first page. */
  async hasALooseCable(holdsBack?: (frame: string) => boolean): Promise<void> {
    await this.context.routeWebSocket(/\/socket\.io\//, (socket) => {
      if (!this.#plugged) return void socket.close({ code: 1013 })
      const server = socket.connectToServer()
      if (holdsBack)
        socket.onMessage((frame) => {
          if (!holdsBack(String(frame))) server.send(frame)
        })
      this.#sockets.push(socket)
    })
  }

  async pullsTheCable(): Promise<void> {
    this.#plugged = false
    for (const socket of this.#sockets.splice(0)) await socket.close({ code: 1013 })
    await expect(this.page.getByText(/No connection since/)).toBeVisible()
  }

  /** Cuts the way to the gateway once, and lets the next try through. */
  async jogsTheCable(): Promise<void> {
    const cut = this.#sockets.splice(0)
    if (cut.length === 0) throw new Error(`${this.name} had no connection`)
    for (const socket of cut) await socket.close({ code: 1013 })
    await expect.poll(() => this.#sockets.length).toBeGreaterThan(0)
  }

  /** From now on every word of a missing connection is noted, however short it stands there. */
  async watchesForTheBanner(): Promise<void> {
    await this.page.evaluate(() => {
      new MutationObserver(() => {
        if (document.body.innerText.includes("No connection since")) document.body.dataset["banner"] = "seen"
      }).observe(document.body, { childList: true, subtree: true, characterData: true })
    })
  }

  async hasSeenTheBanner(): Promise<boolean> {
    return this.page.evaluate(() => document.body.dataset["banner"] === "seen")
  }

  /** The next try may be half a minute away: a crowd must not come back all at once. */
  async plugsItIn(): Promise<void> {
    this.#plugged = true
    await expect(this.page.getByText(/No connection since/)).toHaveCount(0, { timeout: 45_000 })
  }

  /**
   * From the next page on it is noted whatever moves by itself: the Layout Instability API. Before the first page.
   * `closely`: also what follows one's own press, and less than a thousandth.
   */
  async watchesForShifts({ closely = false } = {}): Promise<void> {
    await this.context.addInitScript((all) => {
      const moved: string[] = []
      Object.assign(window, { moved })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & {
          value: number
          hadRecentInput: boolean
          sources: { node: Node | null }[]
        })[])
          if (all || (!entry.hadRecentInput && entry.value >= 0.001))
            moved.push(
              `${entry.value.toFixed(6)} ${entry.sources.map((s) => (s.node instanceof Element ? s.node.outerHTML.slice(0, 80) : s.node?.nodeName)).join(" | ")}`,
            )
      }).observe({ type: "layout-shift", buffered: true })
    }, closely)
  }

  /** What has moved by itself on this page, after all that is under way is drawn. */
  async hasSeenMove(): Promise<string[]> {
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    return this.page.evaluate(() => (window as unknown as { moved: string[] }).moved)
  }

  // Looking around

  async scrollsUp(): Promise<void> {
    await this.messages().evaluate((log) => log.scrollBy(0, -1500))
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  }

  async scrollsToTop(): Promise<void> {
    // By a wheel: what moves with nobody's hand on it, while rows come above, is taken for theirs.
    await this.messages().evaluate((log) => {
      log.dispatchEvent(new WheelEvent("wheel", { deltaY: -1 }))
      log.scrollTo(0, 0)
    })
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  }

  /** Where its lower edge is, in px from the top of the window: a header above it may come and go as its neighbours change. */
  async placeOf(text: string | RegExp): Promise<number> {
    return this.message(text)
      .first()
      .evaluate((row) => row.getBoundingClientRect().bottom)
  }

  /** Messages that are wholly in view: what each is called, where it lies, and how high it is. */
  async rowsInView(): Promise<string[]> {
    return this.messages().evaluate((log) => {
      const { top, bottom } = log.getBoundingClientRect()
      return [...log.querySelectorAll("[data-row]")].flatMap((row) => {
        const box = row.getBoundingClientRect()
        const name = row.querySelector("article")?.getAttribute("aria-label")
        return box.top >= top && box.bottom <= bottom
          ? [`${name} ${Math.round(box.top)}+${Math.round(box.height)}`]
          : []
      })
    })
  }

  /** The text of the first message that is wholly in view. */
  async firstInView(): Promise<string> {
    return this.messages().evaluate((log) => {
      const top = log.getBoundingClientRect().top
      const row = [...log.querySelectorAll("article")].find((a) => a.getBoundingClientRect().top >= top)
      return row?.querySelector("p")?.textContent ?? ""
    })
  }

  /** Presses Tab until it is there: whoever gets lost on the way is a failure. */
  async tabsTo(target: Locator): Promise<void> {
    for (let i = 0; i < 60; i++) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await this.page.keyboard.press("Tab")
    }
    throw new Error("60 times Tab did not lead there")
  }

  async seesNoRoom(): Promise<void> {
    await expect(this.page.getByRole("heading", { name: "There is nothing here" })).toBeVisible()
  }

  /** Which server and channel the address names. */
  here(): { guildId: string; channelId: string } {
    const [, , guildId = "", channelId = ""] = new URL(this.page.url()).pathname.split("/")
    return { guildId, channelId }
  }

  // What is true of every page

  async findsNoBarriers(where = this.page.url()): Promise<void> {
    const { violations } = await new AxeBuilder({ page: this.page }).analyze()
    const found = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`)
    expect(found, `barriers at ${where}`).toEqual([])
  }
}
