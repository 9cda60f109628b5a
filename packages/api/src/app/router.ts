import { router, signedIn } from "../trpc.ts"
import * as app from "./service.ts"

export const openingRouter = router({
  bootstrap: signedIn.query(({ ctx }) => app.bootstrap(ctx)),
})
