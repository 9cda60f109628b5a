import { once } from "node:events"
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { type AckReply, AppError, isErrorCode, Previews, Snowflake, ThreadLine } from "@hearth/core"
import { deriveKey, equalSecrets } from "@hearth/db"
import { Contended } from "@hearth/db/message-store"
import { z } from "zod"
import type { ChannelLog } from "./channel-log/channel-log.ts"
import type { Logger } from "./logger.ts"
import { createPatience } from "./patience.ts"
import type { Forward } from "./ports.ts"

/** Answers one kind of command. An AppError is a definite answer and reaches the asker as such. */
export type InternalHandler = (body: unknown) => Promise<unknown>

const PATH = "/internal/commands"
/** HTTP's 102. What takes longer is acknowledged by it: whoever waits knows then that the node lives and is at work. */
const UNDER_WAY = 102
const UNDER_WAY_AFTER_MS = 100
// One message of 16 KB, escaped, is far below it.
const MAX_BYTES = 1_048_576
const Command = z.object({ kind: z.string(), body: z.unknown() })

const tokenOf = (secret: string) => `Bearer ${deriveKey(secret, "internal").toString("base64url")}`

const Seq = z.number().int().positive()
const Draft = z.object({
  authorId: Snowflake,
  nonce: z.string(),
  content: z.string(),
  replyTo: z.number().int().positive().nullable(),
})
const Op = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("edit"), seq: Seq, version: z.number().int(), content: z.string(), by: Snowflake }),
  z.object({ kind: z.literal("delete"), seq: Seq, by: Snowflake.nullable() }),
  z.object({ kind: z.literal("react"), seq: Seq, emoji: z.string(), userId: Snowflake, on: z.boolean() }),
  z.object({ kind: z.literal("thread"), seq: Seq, thread: ThreadLine }),
  z.object({ kind: z.literal("preview"), seq: Seq, previews: Previews }),
  z.object({ kind: z.literal("unpreview"), seq: Seq, by: Snowflake.nullable() }),
  z.object({ kind: z.literal("end"), seq: Seq, by: Snowflake.nullable() }),
])
const Append = z.object({ channelId: Snowflake, draft: Draft })
const Change = z.object({ channelId: Snowflake, op: Op })

/** What a node does for another: permissions and limits were seen to where the command came in. */
export const channelLogCommands = (
  log: Pick<ChannelLog, "appendHere" | "changeHere">,
): Record<string, InternalHandler> => ({
  append: async (body) => {
    const { channelId, draft } = Append.parse(body)
    return log.appendHere(channelId, draft)
  },
  change: async (body) => {
    const { channelId, op } = Change.parse(body)
    return log.changeHere(channelId, op)
  },
})

export interface InternalServer {
  /** Where other nodes of this machine reach it. */
  readonly url: string
  close(): Promise<void>
}

/** `POST /internal/commands` for other nodes: never behind the public front, and only with the deployment's secret. */
export const listenInternal = async (deps: {
  secret: string
  handlers: Record<string, InternalHandler>
  log: Logger
  /** 0: any free port. */
  port?: number
  host?: string
}): Promise<InternalServer> => {
  const { handlers, log, port = 0, host = "127.0.0.1" } = deps
  const token = tokenOf(deps.secret)

  const server = createServer((req, res) => {
    answer(req, res).catch((error: unknown) => {
      log.error({ err: error }, "an internal command failed")
      if (!res.headersSent) reply(res, 500, { ok: false, error: new AppError("INTERNAL", "It failed.").toWire() })
    })
  })
  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (req.method !== "POST" || req.url !== PATH) return reply(res, 404)
    if (!equalSecrets(req.headers.authorization ?? "", token)) return reply(res, 401)
    const chunks: Buffer[] = []
    let bytes = 0
    for await (const chunk of req) {
      bytes += (chunk as Buffer).length
      if (bytes > MAX_BYTES) {
        res.setHeader("connection", "close")
        return reply(res, 413)
      }
      chunks.push(chunk as Buffer)
    }
    const command = Command.safeParse(parseJson(Buffer.concat(chunks).toString()))
    const handler =
      command.success && Object.hasOwn(handlers, command.data.kind) ? handlers[command.data.kind] : undefined
    if (!command.success || !handler) return reply(res, 400)
    const underWay = setTimeout(() => res.writeProcessing(), UNDER_WAY_AFTER_MS)
    try {
      const data = await handler(command.data.body)
      clearTimeout(underWay)
      reply(res, 200, { ok: true, data })
    } catch (error) {
      clearTimeout(underWay)
      if (error instanceof z.ZodError) return reply(res, 400)
      if (!(error instanceof AppError)) throw error
      reply(res, 200, { ok: false, error: error.toWire(), contended: error instanceof Contended })
    }
  }
  server.keepAliveTimeout = 60_000
  server.listen(port, host)
  await once(server, "listening")
  const address = server.address() as AddressInfo
  return {
    url: `http://${host}:${address.port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
type InternalReply<T> = AckReply<T> & { contended?: boolean }
const reply = (res: ServerResponse, status: number, body?: InternalReply<unknown>) => {
  res.statusCode = status
  res.setHeader("content-type", "application/json")
  res.end(JSON.stringify(body ?? {}))
}

/** The owner did not answer, or not in time, or does not know us: it may have done it all the same. */
export class ForwardFailed extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = "ForwardFailed"
  }
}

/**
 * Passes commands on over connections that are kept. Rejects with the owner's AppError when it gave a definite answer, and with
 * ForwardFailed otherwise: after 500 ms when it was not heard of, later when it said that it is at work. A slow store must
 * not look like a dead owner: whoever else wrote then would only slow it down more.
 */
export const createForward = (deps: {
  secret: string
  options?: Partial<typeof forwardDefaults>
}): { forward: Forward; close(): void } => {
  const { timeoutMs, underWayMs } = { ...forwardDefaults, ...deps.options }
  const token = tokenOf(deps.secret)
  const agent = new Agent({ keepAlive: true, maxSockets: 64, scheduling: "lifo" })

  const post = (url: URL, body: string, deadline: number) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const headers = {
        authorization: token,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
      }
      const req = request(url, { method: "POST", agent, headers }, (res) => {
        const chunks: Buffer[] = []
        res.on("data", (chunk: Buffer) => chunks.push(chunk))
        res.on("end", () => {
          patience.end()
          resolve({ status: res.statusCode ?? 0, text: Buffer.concat(chunks).toString() })
        })
        res.on("error", reject)
      })
      const signMs = deadline - performance.now()
      const patience = createPatience({ signMs, allMs: signMs + underWayMs - timeoutMs }, () =>
        req.destroy(new Error("no answer in time")),
      )
      req.on("information", ({ statusCode }) => {
        if (statusCode === UNDER_WAY) patience.sign()
      })
      req.on("error", (error) => {
        patience.end()
        // The owner closed a quiet connection in the moment we used it: a new one tells.
        const stale = req.reusedSocket && (error as NodeJS.ErrnoException).code === "ECONNRESET"
        if (stale && performance.now() < deadline) post(url, body, deadline).then(resolve, reject)
        else reject(error)
      })
      req.end(body)
    })

  const forward: Forward = async <T>(
    node: { address: string },
    command: { kind: string; body: unknown },
  ): Promise<T> => {
    const answer = await post(
      new URL(PATH, node.address),
      JSON.stringify(command),
      performance.now() + timeoutMs,
    ).catch((error: unknown) => {
      throw new ForwardFailed("the owner did not answer", error)
    })
    const parsed = parseJson(answer.text) as InternalReply<T> | undefined
    if (answer.status !== 200 || parsed === undefined) throw new ForwardFailed(`the owner answered ${answer.status}`)
    if (parsed.ok) return parsed.data
    if (parsed.contended) throw new Contended(parsed.error.retryAfterMs)
    const { code, message, retryAfterMs } = parsed.error
    if (!isErrorCode(code)) throw new ForwardFailed("the owner answered in a way that this version does not know")
    throw new AppError(code, message, { retryAfterMs })
  }
  return { forward, close: () => agent.destroy() }
}
export const forwardDefaults = {
  /** Until the owner is heard of. */
  timeoutMs: 500,
  /** In all, for one that is at work: its own limit, and that of the write before. Clients wait for 5 s. */
  underWayMs: 2_000,
}
