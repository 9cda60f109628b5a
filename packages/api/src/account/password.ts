import { argon2, randomBytes, timingSafeEqual } from "node:crypto"
import { AppError } from "@hearth/core"

/** argon2id with OWASP's second choice: 19 MiB, two passes, one lane. About 50 ms of one core. */
const MEMORY_KIB = 19_456
const PASSES = 2
const TAG_BYTES = 32
const SALT_BYTES = 16

const MAX_WAITING = 64
const MAX_RUNNING = 4

let running = 0
const waiting: (() => void)[] = []

/** Hashing is the costliest thing that a stranger can ask for: a bounded number at once, a bounded queue, then "not now". */
const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (running >= MAX_RUNNING) {
    if (waiting.length >= MAX_WAITING)
      throw new AppError("UNAVAILABLE", "Too many people are signing in. Please try again in a moment.", {
        retryAfterMs: 2000,
      })
    // Whoever ends hands its place over, so `running` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

interface Parameters {
  memory: number
  passes: number
  parallelism: number
  salt: Buffer
  tagLength: number
}

const derive = (password: string, { memory, passes, parallelism, salt, tagLength }: Parameters): Promise<Buffer> =>
  inTurn(
    () =>
      new Promise((resolve, reject) => {
        const message = Buffer.from(password.normalize("NFC"))
        argon2("argon2id", { message, nonce: salt, parallelism, tagLength, memory, passes }, (error, tag) =>
          error ? reject(error) : resolve(Buffer.from(tag)),
        )
      }),
  )

const base64 = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "")

/** A PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(SALT_BYTES)
  const tag = await derive(password, { memory: MEMORY_KIB, passes: PASSES, parallelism: 1, salt, tagLength: TAG_BYTES })
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=1$${base64(salt)}$${base64(tag)}`
}

const phc = /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{22,128})$/

// A well-formed hash that no password has been chosen for: checking against it costs what checking a real one does.
const NOBODY = `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=1$${base64(Buffer.alloc(SALT_BYTES, 7))}$${base64(Buffer.alloc(TAG_BYTES, 7))}`

/** Whether the password fits. No hash: false, after the same work, so that time does not tell who has an account. */
export const checkPassword = async (password: string, hash: string | null): Promise<boolean> => {
  const [, memory, passes, parallelism, salt, tag] = phc.exec(hash ?? NOBODY) ?? []
  if (!memory || !passes || !parallelism || !salt || !tag) throw new Error("a stored password hash is not argon2id PHC")
  const expected = Buffer.from(tag, "base64")
  const actual = await derive(password, {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, "base64"),
    tagLength: expected.length,
  })
  return timingSafeEqual(actual, expected) && hash !== null
}
