import { clockJump, sameSeed } from "./faults/clocks.ts"
import { openers, storm, stormOfThousands, viewersByThousands } from "./faults/crowd.ts"
import { hostile } from "./faults/hostile.ts"
import { clientAway, clientAwayLong, clientCut, slowReader, slowReaderOfMuch, slowStore } from "./faults/network.ts"
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
  upgrade,
} from "./faults/parts.ts"
import { presenceCrash, presenceRedis, presenceRestart, presenceSleep, presenceSplit } from "./faults/presence.ts"
import { removed, removedWithoutPostgres, removedWithoutRedis } from "./faults/removed.ts"
import { oldNonce, sameNonce } from "./faults/same-nonce.ts"
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
  clientAway,
  clientAwayLong,
  sameNonce,
  oldNonce,
  clockJump,
  sameSeed,
  hostile,
  slowReader,
  slowReaderOfMuch,
  storm,
  stormOfThousands,
  openers,
  viewersByThousands,
  rollingDrain,
  upgrade,
  removed,
  removedWithoutRedis,
  removedWithoutPostgres,
  slowStore,
  presenceCrash,
  presenceSleep,
  presenceRestart,
  presenceRedis,
  presenceSplit,
  oneOfThree,
]
