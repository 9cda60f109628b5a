import crypto from "node:crypto"
import { syncBuiltinESMExports } from "node:module"

/** A program that is started with `--import` of this draws the same random numbers as every other one that is: a clone's. */
let state = 0x9e3779b9
const next = (): number => {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), state | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return (t ^ (t >>> 14)) >>> 0
}
const fill = (bytes: Uint8Array): void => bytes.forEach((_, i) => (bytes[i] = next() & 255))

const randomBytes = (size: number): Buffer => {
  const bytes = Buffer.alloc(size)
  fill(bytes)
  return bytes
}
const randomUUID = () => {
  const hex = randomBytes(16).toString("hex")
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}` as const
}
const getRandomValues = <T extends ArrayBufferView>(array: T): T => {
  fill(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
  return array
}

Math.random = () => next() / 2 ** 32
Object.assign(crypto, { randomBytes, randomUUID })
Object.assign(crypto.webcrypto, { randomUUID, getRandomValues })
syncBuiltinESMExports()
