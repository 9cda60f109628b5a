import { randomBytes } from "node:crypto"

/** A client of the HTTP side, written from packages/core/SPEC.md §2 alone. */
export class Api {
  readonly #cookies = new Map<string, string>()
  readonly origin: string

  constructor(origin: string) {
    this.origin = origin
  }

  async #fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(this.origin + path, {
      ...init,
      redirect: "manual",
      headers: {
        ...init.headers,
        origin: this.origin,
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      },
    })
    for (const line of response.headers.getSetCookie()) {
      const pair = line.split(";", 1)[0] ?? ""
      const cut = pair.indexOf("=")
      this.#cookies.set(pair.slice(0, cut), pair.slice(cut + 1))
    }
    return response
  }

  get signedIn(): boolean {
    return (this.#cookies.get("hearth.session") ?? "") !== ""
  }

  /** For a browser that is to be this client. */
  cookies(): { name: string; value: string; url: string }[] {
    return [...this.#cookies].map(([name, value]) => ({ name, value, url: this.origin }))
  }

  async signIn(email: string, password: string): Promise<boolean> {
    const { csrfToken } = (await (await this.#fetch("/api/auth/csrf")).json()) as { csrfToken: string }
    await this.#fetch("/api/auth/callback/credentials", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ csrfToken, email, password, json: "true" }).toString(),
    })
    return this.signedIn
  }

  async #answer<T>(response: Response): Promise<T> {
    const body = (await response.json()) as {
      result?: { data: T }
      error?: { data: { appError: { code: string; message: string } } }
    }
    if (body.result) return body.result.data
    throw new ApiError(body.error?.data.appError ?? { code: `HTTP ${response.status}`, message: "" })
  }

  async query<T>(name: string, input?: unknown): Promise<T> {
    const search = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`
    return this.#answer(await this.#fetch(`/api/trpc/${name}${search}`))
  }

  async mutate<T>(name: string, input?: unknown): Promise<T> {
    return this.#answer(
      await this.#fetch(`/api/trpc/${name}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        ...(input !== undefined && { body: JSON.stringify(input) }),
      }),
    )
  }
}

export class ApiError extends Error {
  readonly code: string
  constructor({ code, message }: { code: string; message: string }) {
    super(`${code}: ${message}`)
    this.code = code
  }
}

export const newEmail = (name: string): string =>
  `${name.toLowerCase().replaceAll(" ", "-")}-${randomBytes(6).toString("hex")}@example.org`
export const PASSWORD = "correct horse battery"
