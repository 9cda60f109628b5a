import { clockJump, sameSeed } from "./faults/clocks.ts"
import { hostile } from "./faults/hostile.ts"
import { clientCut, slowReader, slowStore, storm } from "./faults/network.ts"
import { oneOfThree } from "./faults/one-of-three.ts"
import {
  cassandraKill,
  cassandraStop,
  gatewayKill,
  gatewayStop,
  postgresRestart,
  redisKill,
  redisStop,
  rollingDrain,
} from "./faults/parts.ts"
import { removed, removedWithoutRedis } from "./faults/removed.ts"
import { sameNonce } from "./faults/same-nonce.ts"
import type { Fault } from "./stage.ts"

const none: Fault = { name: "none", modes: ["embedded", "cluster"], about: "nothing happens" }

/** In this order of worth. */
export const catalogue: readonly Fault[] = [
  none,
  gatewayKill,
  gatewayStop,
  redisKill,
  redisStop,
  cassandraKill,
  cassandraStop,
  postgresRestart,
  clientCut,
  sameNonce,
  clockJump,
  sameSeed,
  hostile,
  slowReader,
  storm,
  rollingDrain,
  removed,
  removedWithoutRedis,
  slowStore,
  oneOfThree,
]
