import { migrate } from "@hearth/db/migrate"
import type { TestProject } from "vitest/node"
import type { Addresses } from "./addresses.ts"
import { startCassandra, startRedis, startS3, startTestPostgres } from "./parts/index.ts"

type PartName = "postgres" | "redis" | "cassandra" | "s3"

/** What the files of a project may use. */
const needs: Record<string, PartName[]> = {
  pg: ["postgres"],
  redis: ["postgres", "redis"],
  cassandra: ["postgres", "redis", "cassandra"],
  s3: ["s3"],
}

interface Bed {
  parts: Map<PartName, Promise<{ provides: Addresses; stop: () => Promise<void> }>>
  users: number
}

// Each project loads this file anew; the parts are one for all of them.
const shared = globalThis as typeof globalThis & { hearthTestBed?: Bed }

/** Boots what the project needs and no other project of this run has booted yet. The last one to end stops everything. */
export default async function setup(project: TestProject) {
  shared.hearthTestBed ??= { parts: new Map(), users: 0 }
  const bed = shared.hearthTestBed
  bed.users += 1
  const teardown = async () => {
    bed.users -= 1
    if (bed.users > 0) return
    const parts = await Promise.allSettled(bed.parts.values())
    bed.parts.clear()
    await Promise.all(parts.map((part) => (part.status === "fulfilled" ? part.value.stop() : null)))
  }
  try {
    const names = needs[project.name] ?? []
    const started = names.map((name) => {
      const part = bed.parts.get(name) ?? boot[name]()
      bed.parts.set(name, part)
      return part
    })
    const addresses = (await Promise.all(started)).map(({ provides }) => provides)
    project.provide("addresses", Object.assign({}, ...addresses) as Addresses)
  } catch (error) {
    await teardown()
    throw error
  }
  return teardown
}

const boot = {
  postgres: async () => {
    const server = await startTestPostgres()
    await migrate(server.url)
    return { provides: { postgresTemplate: server.url }, stop: () => server[Symbol.asyncDispose]() }
  },
  redis: async () => {
    const server = await startRedis()
    return { provides: { redis: server.url }, stop: () => server[Symbol.asyncDispose]() }
  },
  cassandra: async () => {
    const { contactPoints, localDc, ...server } = await startCassandra()
    return { provides: { cassandra: { contactPoints, localDc } }, stop: () => server[Symbol.asyncDispose]() }
  },
  s3: async () => {
    const server = await startS3()
    return { provides: { s3: server.access }, stop: () => server[Symbol.asyncDispose]() }
  },
} satisfies Record<PartName, () => Promise<{ provides: Addresses; stop: () => Promise<void> }>>
