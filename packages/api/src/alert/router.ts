import { AlertRequest, ListAlertsRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import * as alert from "./service.ts"

export const alertRouter = router({
  add: signedIn.input(AlertRequest).mutation(({ ctx, input }) => alert.add(ctx, input)),
  remove: signedIn.input(AlertRequest).mutation(({ ctx, input }) => alert.remove(ctx, input)),
  list: signedIn.input(ListAlertsRequest).query(({ ctx, input }) => alert.list(ctx, input)),
})
