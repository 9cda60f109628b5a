import { FindMessageRequest, ListOfMessageRequest, MessageRequest } from "@hearth/core"
import { administrator, router } from "../trpc.ts"
import { find } from "./find.ts"
import { readers } from "./readers.ts"
import * as trace from "./service.ts"

export const traceRouter = router({
  message: administrator.input(MessageRequest).query(({ ctx, input }) => trace.message(ctx, input)),
  versions: administrator.input(ListOfMessageRequest).query(({ ctx, input }) => trace.versions(ctx, input)),
  readers: administrator.input(ListOfMessageRequest).query(({ ctx, input }) => readers(ctx, input)),
  find: administrator.input(FindMessageRequest).query(({ ctx, input }) => find(ctx, input)),
})
