import { waitUntil } from "@hearth/testing"
import type { Part } from "@hearth/testing/parts"
import { answersCql } from "../cql.ts"
import { ROOT } from "../deployment.ts"
import { join } from "../place.ts"
import { addMember, type Fault, first, nodeUrls, readiness, type Stage } from "../stage.ts"

const both = ["embedded", "cluster"] as const
const cluster = ["cluster"] as const

const somebodyIsAway = ({ members }: Stage) => members.some((member) => !member.connected)
const degraded = (part: string) => async (stage: Stage) => {
  const answers = await Promise.all(nodeUrls(stage).map(readiness))
  return answers.some((answer) => answer?.degraded.includes(part))
}
/** What a second brings waits. */
const sendsWait = ({ load, settings }: Stage) => load.waiting() > settings.perSecond

const the = <P extends Part>(part: P | null): P => {
  if (!part) throw new Error("this deployment has no such part")
  return part
}

export const gatewayKill: Fault = {
  name: "gateway-kill",
  modes: both,
  about: "a gateway node is killed (-9), and started again",
  hit: (stage) => first(stage).program.kill(),
  seen: somebodyIsAway,
  heal: (stage) => first(stage).program.start(),
}

export const gatewayStop: Fault = {
  name: "gateway-stop",
  modes: both,
  about: "a gateway node stands still (SIGSTOP), and wakes",
  hit: (stage) => first(stage).program.pause(),
  seen: async (stage) => (await readiness(first(stage).url)) === null,
  heal: (stage) => first(stage).program.resume(),
}

export const redisKill: Fault = {
  name: "redis-kill",
  modes: cluster,
  about: "Redis is killed (-9), and comes back empty",
  hit: ({ deployment }) => the(deployment.redis).kill(),
  seen: degraded("redis"),
  heal: ({ deployment }) => the(deployment.redis).start(),
}

export const redisStop: Fault = {
  name: "redis-stop",
  modes: cluster,
  about: "Redis hangs (SIGSTOP), and wakes",
  hit: ({ deployment }) => the(deployment.redis).pause(),
  seen: degraded("redis"),
  heal: ({ deployment }) => the(deployment.redis).resume(),
}

/** From then on it is Hearth that has to come back. A virtual machine needs its time until it answers anybody. */
const cassandraAnswers = ({ deployment }: Stage) =>
  waitUntil("Cassandra to answer", () => answersCql(the(deployment.cassandra)), 60_000)

export const cassandraKill: Fault = {
  name: "cassandra-kill",
  modes: cluster,
  about: "Cassandra is killed (-9), and started again",
  hit: ({ deployment }) => the(deployment.cassandra).kill(),
  seen: sendsWait,
  async heal(stage) {
    await the(stage.deployment.cassandra).start()
    await cassandraAnswers(stage)
  },
}

export const cassandraStop: Fault = {
  name: "cassandra-stop",
  modes: cluster,
  about: "Cassandra hangs (SIGSTOP), and wakes",
  hit: ({ deployment }) => the(deployment.cassandra).pause(),
  seen: sendsWait,
  async heal(stage) {
    the(stage.deployment.cassandra).resume()
    await cassandraAnswers(stage)
  },
}

/** Newcomers use their invite all the while: whoever is in in the end has everything. */
export const postgresRestart: Fault = {
  name: "postgres-restart",
  modes: both,
  about: "PostgreSQL is stopped in the middle of joins, and started again",
  async hit(stage) {
    const { deployment, newcomers, place, history } = stage
    const joining = newcomers.map(async (account, index) => {
      let inside = false
      const getIn = () =>
        join(account, place).then(
          () => (inside = true),
          () => inside,
        )
      await waitUntil(`newcomer ${index} to get in`, getIn, 60_000)
      history.of(account.userId)({ type: "joined" })
      stage.members.push(addMember(stage, { account, first: index, nodes: () => nodeUrls(stage) }))
    })
    joiners.set(stage, Promise.all(joining))
    await deployment.postgres.stop()
  },
  seen: async ({ deployment }) => !(await readiness(deployment.url))?.ready,
  async heal(stage) {
    await stage.deployment.postgres.start()
    await joiners.get(stage)
  },
}
const joiners = new WeakMap<Stage, Promise<unknown>>()

export const rollingDrain: Fault = {
  name: "drain",
  modes: both,
  about: "one gateway node after the other is asked to leave (SIGTERM), and started again",
  async hit({ deployment }) {
    for (const { program } of deployment.nodes) {
      await program.stop()
      await program.start()
    }
  },
  seen: somebodyIsAway,
}

/** As the documents say: the stores first, then one program after the other. What is old and what is new live together meanwhile. */
export const upgrade: Fault = {
  name: "upgrade",
  modes: both,
  about: "an older checkout is brought up to this one while people write: the stores, then one program after the other",
  older: true,
  async hit({ deployment }) {
    await deployment.migrate()
    for (const program of [...deployment.nodes.map((node) => node.program), deployment.web]) {
      await program.stop()
      program.root = ROOT
      await program.start()
    }
  },
  seen: ({ deployment }) => deployment.nodes.some(({ program }) => program.root === ROOT),
  verify({ deployment }) {
    const programs = [...deployment.nodes.map(({ program }) => program), deployment.web]
    if (programs.some(({ root }) => root !== ROOT)) throw new Error("some of it is as old as before")
  },
}
