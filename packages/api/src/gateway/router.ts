import { router, signedIn } from "../trpc.ts"
import * as gateway from "./service.ts"

export const gatewayRouter = router({
  // A mutation, since a ticket is made: POST, with its Origin checked.
  ticket: signedIn.mutation(({ ctx }) => gateway.ticket(ctx)),
})
