import { waitUntil } from "@hearth/testing"
import type { CassandraPart } from "@hearth/testing/parts"
import { answersCql } from "../cql.ts"
import type { HistoryEvent } from "../history.ts"
import type { Fault, Stage } from "../stage.ts"

/** The one that is named first to everybody. */
const lost = ({ deployment }: Stage): CassandraPart => {
  const [first] = deployment.ring
  if (!first) throw new Error("this deployment has no Cassandra")
  return first
}

/** Of what was written while it was away, as much has to be acked then: two of three are a quorum. */
const MOST = 0.5

export const ackedWhile = (events: readonly HistoryEvent[]): { said: number; acked: number } => {
  const at = (stage: "hit" | "healed") => events.find((e) => e.type === "fault" && e.stage === stage)?.at
  const [from = 0, to = Number.POSITIVE_INFINITY] = [at("hit"), at("healed")]
  const during = (type: HistoryEvent["type"]) => events.filter((e) => e.type === type && e.at > from && e.at < to)
  return { said: during("invoke").length, acked: during("ack").length }
}

export const oneOfThree: Fault = {
  name: "cassandra-one-of-three",
  modes: ["cluster"],
  about: "one of three Cassandra nodes is killed (-9), and started again: sends go on",
  cassandras: 3,
  // Three cold virtual machines on two cores answer a dozen appends a second, and are not to be measured.
  settings: { perSecond: 12, beforeMs: 20_000 },
  hit: (stage) => lost(stage).kill(),
  seen: async (stage) => !(await answersCql(lost(stage))),
  async heal(stage) {
    await lost(stage).start()
    await waitUntil("the node to answer", () => answersCql(lost(stage)), 60_000)
  },
  verify({ history }) {
    const { said, acked } = ackedWhile(history.events)
    if (said === 0 || acked < said * MOST) throw new Error(`${acked} of ${said} sends were acked without the node`)
  },
}
