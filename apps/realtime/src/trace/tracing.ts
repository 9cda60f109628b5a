import { AppError, type NodeTrace, type Snowflake, TraceBody, TraceReply } from "@hearth/core"
import { schema } from "@hearth/db"
import { eq } from "drizzle-orm"
import type { Feature } from "../connection.ts"
import type { FeatureContext } from "../gateway.ts"
import type { InternalHandler } from "../internal-commands.ts"
import type { Forward } from "../ports.ts"
import type { Registration } from "../shared-state/registration.ts"
import type { Trail } from "./trail.ts"

export interface TracingDeps {
  trail: Trail
  registration: Pick<Registration, "nodes" | "healthy">
  forward: Forward
}

/** More nodes than this are not asked for one message. */
const MAX_NODES = 64

/** What another node asks. */
export const traceCommands = (trail: Trail): Record<string, InternalHandler> => ({
  trace: async (body) => {
    const { channelId, seq } = TraceBody.parse(body)
    return trail.of(channelId, seq)
  },
})

/** What all nodes remember of a message, for administrators of the instance. One that does not answer is named all the same. */
export const createTracing =
  ({ trail, registration, forward }: TracingDeps) =>
  ({ nodeId, db, log }: FeatureContext): Feature => {
    const requireAdministrator = async (userId: Snowflake): Promise<void> => {
      const { users } = schema
      const [user] = await db.select({ is: users.isInstanceAdmin }).from(users).where(eq(users.id, userId))
      if (!user?.is) throw new AppError("FORBIDDEN", "Only administrators of this Hearth may do that.")
    }
    const ofNodes = TraceReply.shape.nodes.element.omit({ nodeId: true })

    return {
      handlers: {
        async "message:trace"({ channelId, seq }, { userId }) {
          await requireAdministrator(userId)
          const others = registration.nodes().filter((node) => node.id !== nodeId)
          const told = await Promise.all(
            others.slice(0, MAX_NODES).map(async (node): Promise<NodeTrace> => {
              try {
                const answer = await forward<unknown>(node, { kind: "trace", body: { channelId, seq } })
                return { ...ofNodes.parse(answer), nodeId: node.id }
              } catch (error) {
                log.warn({ node: node.id, err: error instanceof Error ? error.message : error }, "a node does not tell")
                return { nodeId: node.id, ok: false, since: null, steps: [] }
              }
            }),
          )
          return {
            nodes: [{ ...trail.of(channelId, seq), nodeId }, ...told],
            all: registration.healthy() && others.length <= MAX_NODES,
          }
        },
      },
    }
  }
