import { SetupRequest } from "@hearth/core"
import { anyone, router } from "../trpc.ts"
import * as setup from "./service.ts"

export const setupRouter = router({
  status: anyone.query(({ ctx }) => setup.status(ctx)),
  create: anyone.input(SetupRequest).mutation(({ ctx, input }) => setup.create(ctx, input)),
})
